// Free text where something else was asked: keyword, search, another language, media, and two misunderstandings.
import { describe, expect, it } from 'vitest';
import { converse, HOTLINE, programOf } from './test-program.ts';

const program = programOf(HOTLINE);
const at = (flow: string) => {
  const chat = converse(program, { flow });
  chat.open();
  return chat;
};

describe('free text', () => {
  it('begins the flow of a keyword from any question; BACK returns', () => {
    const chat = at('menu');
    expect(chat.send('quiero inscribir a mi hija en la escuela').says).toEqual(['school:age']);
    expect(chat.send('trabajo').says).toEqual(['work:weeks']);
    expect(chat.send('atras').says).toEqual(['school:age']);
  });

  it('is answered at the menu, then asks whether it helped', () => {
    const chat = at('menu');
    const answered = chat.send('¿puedo ir al médico?');
    expect(answered.says).toEqual(['answers:Q06', 'system:answer_source', 'system:helped']);
    expect(answered.facts).toContainEqual({ type: 'answer_shown', entry: 'Q06', topic: 'HEA.URG' });
    const yes = chat.send('1');
    expect(yes.facts).toContainEqual({ type: 'log', fields: { helpful: true, outcome: 'answered' } });
    expect(yes.says).toEqual(['system:goodbye', 'system:menu_hint']);
    expect(chat.send('1').says).toEqual(['school:age']);
  });

  it('offers a person when the answer did not help, and calls one who is asked for', () => {
    const chat = at('menu');
    chat.send('¿puedo ir al médico?');
    expect(chat.send('2').says).toEqual(['system:offer_person']);
    chat.send('¿puedo ir al médico?');
    expect(chat.send('3').facts).toContainEqual(expect.objectContaining({ type: 'handoff' }));
  });

  it('is answered within a flow, which then asks again what it had asked', () => {
    const { says } = at('school').send('¿puedo ir al médico?');
    expect(says).toEqual(['answers:Q06', 'system:answer_source', 'school:age']);
  });

  it('asks which of up to three answers is meant', () => {
    const chat = at('menu');
    const asked = chat.send('una cosa de niños');
    expect(asked.says).toEqual(['system:is_it_about']);
    expect(asked.events[0]).toMatchObject({
      line: { choices: [{ id: 'Q04', label: { key: 'answers:Q04.title' } }, { id: 'Q06' }, { id: 'none' }] },
    });
    expect(chat.send('1').says).toEqual(['answers:Q04', 'system:answer_source', 'system:helped']);
    chat.send('una cosa de niños');
    const none = chat.send('none');
    expect(none.says).toEqual(['system:no_answer', 'system:offer_person']);
    expect(none.facts).toContainEqual(expect.objectContaining({ type: 'gap' }));
  });

  it('leads on to the further flow of an answer', () => {
    const chat = at('menu');
    const entry = {
      id: 'Q04',
      topic: 'EDU.ENR',
      locality: '*',
      kind: 'law',
      source: 'CRC',
      reviewed_by: null,
      reviewed_on: null,
      review_by: '2027-01-01',
      flow: 'school',
    } as const;
    const { says } = chat.send('sobre la enseñanza', { findAnswers: () => ({ kind: 'answer', entry, score: 1 }) });
    expect(says).toEqual(['answers:Q04', 'system:answer_source_unreviewed', 'school:age']);
  });

  it('says honestly that a question has no answer, notes the gap and offers a person', () => {
    const { says, facts } = at('menu').send('zzz yyy xxx www');
    expect(says).toEqual(['system:no_answer', 'system:offer_person']);
    expect(facts).toContainEqual({ type: 'gap', topic: null, locality: null });
  });

  it('offers a person after two misunderstandings in a row, and counts anew after a reply', () => {
    const chat = at('school');
    expect(chat.send('zzz').says).toEqual(['system:not_understood', 'school:age']);
    const second = chat.send('zzz');
    expect(second.says).toEqual(['system:misunderstood_person']);
    expect(second.facts).toContainEqual({ type: 'log', fields: { outcome: 'not_understood' } });
    expect(chat.send('no').says).toEqual(['school:age']);
    expect(chat.send('1').session.misses).toBe(0);
    expect(chat.send('zzz').says).toEqual(['system:try_again_locality', 'school:place']);
    chat.send('zzz');
    expect(chat.send('sí').facts).toContainEqual(expect.objectContaining({ type: 'handoff', reason: 'misunderstood' }));
  });

  it('shows the menu to a greeting when nothing runs any more', () => {
    const chat = at('work');
    chat.send('3');
    expect(chat.send('hola').says).toEqual(['menu:need']);
  });

  it('follows on_misunderstood of a step', () => {
    const detour = programOf({
      welcome: { steps: [{ say: 'system:limits' }] },
      menu: {
        steps: [
          { ask: 'need', choices: ['a'], on_misunderstood: 'explain' },
          { say: 'end_words', next: 'end' },
          { id: 'explain', say: 'explain', next: 'need' },
        ],
      },
    });
    const chat = converse(detour, { flow: 'menu' });
    chat.open();
    expect(chat.send('zzz').says).toEqual(['menu:explain', 'menu:need']);
  });
});

describe('another language', () => {
  it('is offered when a message is clearly in it, and the message is then read', () => {
    const chat = at('menu');
    const offered = chat.send('where is the school here');
    expect(offered.says).toEqual(['system:offer_switch']);
    expect(offered.events[0]).toMatchObject({ line: { text: { params: { name: 'English' } } } });
    const switched = chat.send('sí');
    expect(switched.session).toMatchObject({ language: 'en', languageChosen: true });
    expect(switched.says).toEqual(['system:no_answer', 'system:offer_person']);
  });

  it('is not offered again once declined, nor for fewer than three words', () => {
    const chat = at('menu');
    expect(chat.send('my school').says).not.toContain('system:offer_switch');
    chat.send('where is the school here');
    expect(chat.send('no').says).toEqual(['system:no_answer', 'system:offer_person']);
    expect(chat.send('where is the school here').says).not.toContain('system:offer_switch');
  });

  it('does not interrupt a reply that was understood', () => {
    const chat = at('complaint');
    chat.send('1');
    expect(chat.send('they shouted at the door of my school').says).toEqual(['complaint:contact']);
  });
});

describe('media and places', () => {
  it('a voice note or picture offers a person; nothing of it is kept', () => {
    const chat = at('school');
    const sent = chat.take({ kind: 'message', text: '', media: true });
    expect(sent.says).toEqual(['system:handoff_media']);
    expect(chat.send('no').says).toEqual(['school:age']);
    chat.take({ kind: 'message', text: '', media: true });
    expect(chat.send('sí').facts).toContainEqual(expect.objectContaining({ type: 'handoff', reason: 'media' }));
  });

  it('words beside a picture are heard', () => {
    expect(at('school').take({ kind: 'message', text: 'primary', media: true }).says).toEqual(['school:place']);
    expect(at('school').take({ kind: 'message', text: 'zzz', media: true }).says).toEqual([
      'system:media_not_kept',
      'system:not_understood',
      'school:age',
    ]);
    expect(at('school').take({ kind: 'message', text: 'peligro', media: true }).says).toEqual(['system:emergency_no_number']);
  });

  it('as a first message begins the session and says that nothing is kept', () => {
    const { says } = converse(program, { env: { languageHint: 'es' } }).take({ kind: 'message', text: '', media: true });
    expect(says).toEqual(['system:language_hint', 'system:media_not_kept', 'system:limits_no_number', 'welcome:keep']);
  });
});
