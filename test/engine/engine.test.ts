// The beginning of a session, as a person meets it: language, limits, the first question, consent, menu.
import { describe, expect, it } from 'vitest';
import { canMigrate } from '../../src/engine/can-migrate.ts';
import { converse, HOTLINE, programOf } from './test-program.ts';

const program = programOf(HOTLINE);

describe('first message', () => {
  it('greets a certain language with limits and consent in one turn, all lines of the flow', () => {
    const { says, session, facts, events, choices } = converse(program).send('hola');
    expect(says).toEqual(['system:limits_no_number', 'welcome:keep']);
    expect(choices).toEqual(['ok', 'no', 'more']);
    expect(events.every((event) => event.type !== 'say' || event.kind === 'flow')).toBe(true);
    expect(session.language).toBe('es');
    expect(facts).toContainEqual({ type: 'language_set', language: 'es', chosen: false });
  });

  it('answers a question after the limits and asks for consent afterwards', () => {
    const { says, facts } = converse(program).send('¿puedo ir al médico sin papeles?');
    expect(says).toEqual(['system:limits_no_number', 'answers:Q06', 'system:answer_source', 'welcome:keep']);
    expect(facts).toContainEqual({ type: 'answer_shown', entry: 'Q06', topic: 'HEA.URG' });
  });

  it('keeps a keyword until consent is given, then begins its flow instead of the menu', () => {
    const chat = converse(program);
    expect(chat.send('escuela').says).toEqual(['system:limits_no_number', 'welcome:keep']);
    expect(chat.send('1').says).toEqual(['school:age']);
  });

  it('says honestly that a first question has no answer, and notes the gap', () => {
    const { says, facts } = converse(program).send('¿dónde está mi primo ahora?');
    expect(says).toEqual(['system:limits_no_number', 'system:no_answer', 'welcome:keep']);
    expect(facts).toContainEqual({ type: 'gap', topic: null, locality: null });
  });

  it('accepts a likely language with one line on how to switch', () => {
    const { says, session } = converse(program).send('quizas si');
    expect(says[0]).toBe('system:language_hint');
    expect(session.language).toBe('es');
  });

  it('begins again in the language of the first words where the page was in another', () => {
    const chat = converse(program);
    expect(chat.open({ languageHint: 'es' }).says).toEqual(['system:language_hint', 'system:limits_no_number', 'welcome:keep']);
    const greeted = chat.send('مرحبا');
    expect(greeted.says).toEqual(['system:limits_no_number', 'welcome:keep']);
    expect(greeted.session).toMatchObject({ language: 'ar', languageChosen: false, pending: null });
    const asked = chat.send('¿puedo ir al médico sin papeles?');
    expect(asked.session.language).toBe('es');
    expect(asked.says).toEqual(['system:limits_no_number', 'answers:Q06', 'system:answer_source', 'welcome:keep']);
  });

  it('leaves a language that was chosen as it is', () => {
    const chat = converse(program);
    chat.open({ languageHint: 'es' });
    chat.send('in English');
    expect(chat.send('مرحبا').session.language).toBe('en');
  });

  it('shows the languages by their own names when unsure, and keeps the message', () => {
    const chat = converse(program);
    const first = chat.send('xyzzy');
    expect(first.says).toEqual(['system:language_list']);
    expect(first.choices).toEqual(['es', 'en', 'ar']);
    expect(first.session.pending).toBe('xyzzy');
    const second = chat.send('3');
    expect(second.says).toEqual(['system:limits_no_number', 'welcome:keep']);
    expect(second.session).toMatchObject({ language: 'ar', languageChosen: true });
  });

  it('does not show the list for ever', () => {
    const chat = converse(program);
    chat.send('xyzzy');
    expect(chat.send('blah').says).toEqual(['system:language_list']);
    expect(chat.send('foo').says).toEqual(['system:language_hint', 'system:limits_no_number', 'welcome:keep']);
  });

  it('takes a later sure message instead of a choice from the list', () => {
    const chat = converse(program);
    chat.send('xyzzy');
    expect(chat.send('¿puedo ir al médico?').says).toContain('answers:Q06');
  });

  it('begins in the language of the page when a chat is opened without a word', () => {
    const { says, session } = converse(program).open({ languageHint: 'ar' });
    expect(says).toEqual(['system:language_hint', 'system:limits_no_number', 'welcome:keep']);
    expect(session.language).toBe('ar');
    expect(converse(program).open({ languageHint: 'xx' }).says).toEqual(['system:language_list']);
  });

  it('names an emergency number only where one is signed', () => {
    const { events } = converse(program).send('hola', { emergencyNumber: () => '112' });
    expect(events).toContainEqual({ type: 'say', kind: 'flow', line: { text: { key: 'system:limits', params: { number: '112' } } } });
  });
});

describe('consent', () => {
  it('records it with the text that was shown, and how long messages are kept', () => {
    const chat = converse(program);
    chat.send('hola');
    const { facts, says } = chat.send('1');
    expect(facts).toContainEqual({ type: 'consent_recorded', purpose: 'keep_messages', given: true, textKey: 'welcome:keep' });
    expect(facts).toContainEqual({ type: 'keeping_set', keeping: 'standard' });
    expect(says).toEqual(['menu:need']);
  });

  it('explains more and asks again; no keeps messages only for the session', () => {
    const chat = converse(program);
    chat.send('hola');
    expect(chat.send('3').says).toEqual(['welcome:keep.more_text', 'welcome:keep']);
    expect(chat.send('2').facts).toContainEqual({ type: 'keeping_set', keeping: 'session' });
  });
});

describe('a walk through a flow', () => {
  it('asks, answers, lists places, and ends with a hint', () => {
    const chat = converse(program, { flow: 'menu' });
    chat.open();
    expect(chat.send('1').says).toEqual(['school:age']);
    expect(chat.send('primary').says).toEqual(['school:place']);
    const places = chat.send('Madrid');
    expect(places.says).toEqual([
      'answers:Q04',
      'system:answer_source',
      expect.stringContaining('Oficina escolar'),
      'system:place_papers_no',
      'system:confirm_locally',
      'system:helped',
    ]);
    expect(places.facts).toContainEqual({ type: 'places_shown', places: ['school_office'], topic: 'EDU.ENR' });
    expect(places.session.facts.locality).toBe('ES');
    const end = chat.send('yes');
    expect(end.says).toEqual(['system:menu_hint']);
    expect(end.facts).toContainEqual({ type: 'log', fields: { helpful: true, outcome: 'answered' } });
    expect(end.session).toMatchObject({ stack: [], wait: null });
  });

  it('asks which place is meant when a name fits several', () => {
    const chat = converse(program, { flow: 'school' });
    chat.open();
    chat.send('1');
    const asked = chat.send('valencia');
    expect(asked.says).toEqual(['school:place']);
    expect(asked.choices).toEqual(['ES-VC', 'VE-CA', 'none']);
    expect(chat.send('1').session.facts.locality).toBe('ES-VC');
  });

  it('lets an optional question be skipped', () => {
    const chat = converse(program, { flow: 'school' });
    chat.open();
    const { events } = chat.send('1');
    expect(events.at(-1)).toMatchObject({ line: { choices: [{ id: 'skip', label: { key: 'system:skip' } }] } });
    const skipped = chat.send('saltar');
    expect(skipped.session.stack.at(-1)?.answers['place'] ?? null).toBe(null);
    expect(skipped.says).toContain('system:no_service');
  });

  it('carries the number of the release, and may move to a newer one only at the menu or when nothing runs', () => {
    const chat = converse(program, { flow: 'menu' });
    expect(canMigrate(chat.session())).toBe(true);
    expect(chat.open().session.release).toBe(7);
    expect(canMigrate(chat.session())).toBe(true);
    chat.send('1');
    expect(canMigrate(chat.session())).toBe(false);
    chat.send('menu');
    expect(canMigrate(chat.session())).toBe(true);
  });
});
