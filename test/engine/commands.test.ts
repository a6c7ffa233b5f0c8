// The words that work everywhere, and who answers them when people own the conversation.
import { describe, expect, it } from 'vitest';
import { converse, HOTLINE, programOf } from './test-program.ts';

const program = programOf(HOTLINE);
const OWNERS = ['flow', 'queue', 'staff', 'closed'] as const;
const atSchool = () => {
  const chat = converse(program, { flow: 'school' });
  chat.open();
  return chat;
};

describe('STOP and START', () => {
  it.each(OWNERS)('confirms once under %s, then nothing until START', (owner) => {
    const chat = atSchool();
    const stopped = chat.send('stop', { owner });
    expect(stopped.facts).toContainEqual({ type: 'stopped' });
    expect(stopped.says).toEqual(['system:stopped']);
    expect(stopped.events).toContainEqual(expect.objectContaining({ type: 'say', kind: 'system' }));
    for (const text of ['hola', 'stop', 'borrar', 'menu', '1', 'estado Q-482193', 'persona'])
      expect(chat.send(text, { owner: 'stopped' }).events).toEqual([]);
    expect(chat.take({ kind: 'opened' }, { owner: 'stopped' }).events).toEqual([]);
    const started = chat.send('start', { owner: 'stopped' });
    expect(started.facts).toContainEqual({ type: 'started' });
    expect(started.says).toEqual(['system:started', 'menu:need']);
  });

  it('as a first message: stops before anything was asked; START then begins with the limits', () => {
    const chat = converse(program);
    expect(chat.send('stop').says).toEqual(['system:stopped']);
    expect(chat.send('start', { owner: 'stopped' }).says).toEqual(['system:started', 'system:limits_no_number', 'welcome:keep']);
  });

  it('START as a first message begins', () => {
    expect(converse(program).send('start').says).toEqual(['system:language_list']);
    expect(converse(program).send('start', { languageHint: 'en' }).says).toEqual([
      'system:language_hint',
      'system:limits_no_number',
      'welcome:keep',
    ]);
  });
});

describe('DELETE', () => {
  it.each(OWNERS)('asks once and erases on yes under %s', (owner) => {
    const chat = atSchool();
    const asked = chat.send('borrar', { owner });
    expect(asked.says).toEqual(['system:delete_confirm']);
    expect(asked.choices).toEqual(['yes', 'no']);
    const erased = chat.send('1', { owner });
    expect(erased.facts).toContainEqual({ type: 'erase_confirmed' });
    expect(erased.says).toEqual(['system:deleted']);
    expect(erased.events.every((event) => event.type !== 'say' || event.kind === 'system')).toBe(true);
    expect(erased.session).toMatchObject({ language: 'es', pending: null, history: [], facts: { question: null, locality: null } });
    expect(JSON.stringify(erased.session.stack)).not.toContain('school');
  });

  it('does nothing on no, and asks again what was waiting', () => {
    const chat = atSchool();
    chat.send('borrar');
    const kept = chat.send('no');
    expect(kept.says).toEqual(['system:delete_cancelled', 'school:age']);
    expect(kept.facts).toEqual([]);
    chat.send('borrar', { owner: 'staff' });
    expect(chat.send('2', { owner: 'staff' }).says).toEqual(['system:delete_cancelled']);
  });

  it('erases nothing on anything else', () => {
    const chat = atSchool();
    chat.send('borrar');
    expect(chat.send('primary').says).toEqual(['school:place']);
  });
});

describe('STATUS', () => {
  it.each(OWNERS)('tells the state of a complaint by its number under %s', (owner) => {
    const { events, says } = atSchool().send('estado Q-482193', { owner });
    expect(says[0]).toBe('system:complaint_state.looking');
    expect(events[0]).toMatchObject({ kind: 'system' });
  });

  it('asks for a missing number, then repeats what was waiting', () => {
    const chat = atSchool();
    expect(chat.send('estado').says).toEqual(['system:ask_complaint_number']);
    expect(chat.send('q-482193').says).toEqual(['system:complaint_state.looking', 'school:age']);
    chat.send('estado');
    expect(chat.send('482193').says).toEqual(['system:complaint_state.looking', 'school:age']);
    chat.send('estado');
    expect(chat.send('999999').says).toEqual(['system:complaint_unknown', 'school:age']);
    chat.send('estado');
    expect(chat.send('primary').says).toEqual(['school:place']);
  });
});

describe('LANGUAGE', () => {
  it('shows the list and repeats the same step in the new language', () => {
    const chat = atSchool();
    const list = chat.send('idioma');
    expect(list.says).toEqual(['system:language_list']);
    const changed = chat.send('English');
    expect(changed.facts).toContainEqual({ type: 'language_set', language: 'en', chosen: true });
    expect(changed.says).toEqual(['system:language_switched', 'school:age']);
    expect(changed.session).toMatchObject({ language: 'en', languageChosen: true });
  });
});

describe('LANGUAGE with a name', () => {
  it('changes at once and repeats the same step', () => {
    const { says, session } = atSchool().send('in English');
    expect(says).toEqual(['system:language_switched', 'school:age']);
    expect(session).toMatchObject({ language: 'en', languageChosen: true });
  });

  it('before consent begins again, so that the limits are told in that language', () => {
    const chat = converse(program);
    chat.open({ languageHint: 'es' });
    const { says, session } = chat.send('in English');
    expect(says).toEqual(['system:language_switched', 'system:limits_no_number', 'welcome:keep']);
    expect(session).toMatchObject({ language: 'en', languageChosen: true });
  });

  it('as a first message begins in that language', () => {
    const { says, session } = converse(program).send('in English');
    expect(says).toEqual(['system:limits_no_number', 'welcome:keep']);
    expect(session).toMatchObject({ language: 'en', languageChosen: true, pending: null });
  });
});

describe('MENU, BACK, REPEAT, HELP, COMPLAINT, PERSON', () => {
  it('MENU goes to the menu, BACK returns question by question', () => {
    const chat = atSchool();
    chat.send('1');
    expect(chat.send('menu').says).toEqual(['menu:need']);
    expect(chat.send('atras').says).toEqual(['school:place']);
    expect(chat.send('atras').says).toEqual(['school:age']);
    expect(chat.send('atras').says).toEqual(['system:back_none', 'school:age']);
    expect(chat.send('2').session.stack[0]?.answers).toEqual({ age: 'primary' });
  });

  it('MENU shows the menu, not the flow of a keyword that was held', () => {
    const chat = converse(program);
    chat.send('escuela');
    expect(chat.send('menu').says).toEqual(['menu:need']);
  });

  it('REPEAT sends exactly the last lines, and what waits goes on waiting', () => {
    const chat = atSchool();
    const first = chat.send('1');
    const again = chat.send('repetir');
    expect(again.events).toEqual(first.events);
    expect(again.session.wait).toEqual(first.session.wait);
  });

  it('HELP answers the carrier word and the cry: what this is, the danger, a person', () => {
    const chat = atSchool();
    const help = chat.send('ayuda');
    expect(help.says).toEqual(['system:help', 'system:offer_person']);
    expect(chat.send('no').says).toEqual(['school:age']);
    chat.send('ayuda');
    expect(chat.send('sí').facts).toContainEqual(expect.objectContaining({ type: 'handoff', reason: 'asked' }));
    expect(converse(program).send('ayuda').says).toEqual(['system:help', 'system:offer_person']);
  });

  it('COMPLAINT begins the complaint; BACK returns from it', () => {
    const chat = atSchool();
    expect(chat.send('queja').says).toEqual(['complaint:about']);
    expect(chat.send('atras').says).toEqual(['school:age']);
  });

  it('PERSON hands over, at once and at any step', () => {
    const { facts, says } = atSchool().send('persona');
    expect(says).toEqual(['system:handoff_open']);
    expect(facts).toContainEqual({
      type: 'handoff',
      priority: 'normal',
      topic: 'EDU.ENR',
      reason: 'asked',
      private: false,
      callback: false,
    });
    expect(converse(program).send('persona').says).toEqual(['system:handoff_open']);
  });
});

describe('while people own the conversation', () => {
  it.each(['queue', 'staff'] as const)('%s: nothing but system matters is answered', (owner) => {
    const chat = atSchool();
    for (const text of ['hola', '1', 'ayuda', 'idioma', 'repetir', 'queja', 'escuela', '¿puedo ir al médico?'])
      expect(chat.send(text, { owner }).events).toEqual([]);
    expect(chat.take({ kind: 'message', text: '', media: true }, { owner }).events).toEqual([]);
    expect(chat.take({ kind: 'timeout', token: 1 }, { owner }).events).toEqual([]);
    expect(chat.session().wait).toMatchObject({ kind: 'ask' });
  });

  it('MENU in the queue opens the menu and keeps the place in line', () => {
    const { says, facts, events } = atSchool().send('menu', { owner: 'queue' });
    expect(says).toEqual(['system:queue_still', 'menu:need']);
    expect(facts).toContainEqual({ type: 'menu_opened' });
    expect(events.every((event) => event.type !== 'say' || event.kind === 'system')).toBe(true);
    expect(atSchool().send('menu', { owner: 'staff' }).events).toEqual([]);
  });

  it('BACK in the queue leaves the line', () => {
    const { says, facts } = atSchool().send('atras', { owner: 'queue' });
    expect(says).toEqual(['system:left_queue']);
    expect(facts).toEqual([{ type: 'left_queue' }]);
  });
});
