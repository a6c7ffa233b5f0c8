// The private lane where it is not signed: a person is offered, the way out is given, nothing is asked or kept.
import { describe, expect, it } from 'vitest';
import { NOON } from './test-env.ts';
import { converse, HOTLINE, programOf, type Played } from './test-program.ts';

const program = programOf(HOTLINE);
const DAY = 24 * 3_600_000;

function expectOffer({ says, choices, session, facts }: Played): void {
  expect(says.slice(-2)).toEqual(['system:private_offer', 'system:private_exit']);
  expect(choices).toEqual(['yes', 'no']);
  expect(session.facts.private).toBe(true);
  expect(session.stack).toEqual([]);
  expect(session.pending).toBe(null);
  expect(session.facts.question).toBe(null);
  expect(facts).toContainEqual({ type: 'keeping_set', keeping: 'session' });
  expect(facts).toContainEqual({ type: 'log', fields: { sensitive: true, topic: expect.stringMatching(/^SAF/) } });
}

const menu = () => {
  const chat = converse(program, { flow: 'menu' });
  chat.open();
  return chat;
};

describe('a private flow or topic in a language that is not signed', () => {
  it('is reached by menu, keyword, or a search that finds a private topic', () => {
    expectOffer(menu().send('private'));
    expectOffer(menu().send('sufro violencia'));
    expectOffer(menu().send('mi jefe me da golpes'));
  });

  it('as a first question: limits, then the offer, and no consent question', () => {
    const first = converse(program).send('mi marido me da golpes');
    expect(first.says).toEqual(['system:limits_no_number', 'system:private_offer', 'system:private_exit']);
    expectOffer(first);
  });

  it('as a first keyword: no consent question either', () => {
    const first = converse(program, { env: { languageHint: 'es' } }).send('violencia');
    expect(first.says).toEqual(['system:language_hint', 'system:limits_no_number', 'system:private_offer', 'system:private_exit']);
    expectOffer(first);
  });

  it('yes calls a person privately, no gives the way out', () => {
    const chat = menu();
    chat.send('private');
    const person = chat.send('sí');
    expect(person.facts).toContainEqual({
      type: 'handoff',
      priority: 'urgent',
      topic: 'SAF',
      reason: 'private',
      private: true,
      callback: false,
    });
    const other = menu();
    other.send('private');
    expect(other.send('no').says).toEqual(['system:private_exit']);
  });

  it('never says that it did not understand, and never asks to tell more', () => {
    const chat = menu();
    chat.send('private');
    for (const text of ['bla bla', 'otra cosa muy larga que pasó ayer', 'xyz'])
      expect(chat.send(text).says).toEqual(['system:private_offer', 'system:private_exit']);
  });

  it('never offers to continue later', () => {
    const chat = menu();
    chat.send('private');
    const later = chat.send('hola', { now: NOON + DAY });
    expect(later.says).toEqual(['system:limits_no_number', 'welcome:keep']);
    expect(later.session.facts).toMatchObject({ private: false, topic: null });
  });

  it('resends nothing private after a day', () => {
    const chat = menu();
    chat.send('private');
    expect(chat.send('repetir', { now: NOON + DAY }).says).toEqual(['system:limits_no_number', 'welcome:keep']);
    const web = menu();
    web.send('private');
    expect(web.open({ now: NOON + DAY }).says).toEqual(['system:limits_no_number', 'welcome:keep']);
  });

  it('shows no private title among the choices of a search', () => {
    const { choices } = menu().send('algo sobre niños');
    expect(choices).toEqual(['Q04', 'Q06', 'none']);
  });

  it('MENU leads out of it again', () => {
    const chat = menu();
    chat.send('private');
    expect(chat.send('menu').says).toEqual(['menu:need']);
  });
});

describe('where it is signed', () => {
  it('the flow is served, the session is private and kept only while it lives', () => {
    const chat = converse(program, { flow: 'menu', env: { privateLaneServed: () => true } });
    chat.open();
    const begun = chat.send('private');
    expect(begun.says).toEqual(['private:safe']);
    expect(begun.session.facts.private).toBe(true);
    expect(begun.facts).toContainEqual({ type: 'keeping_set', keeping: 'session' });
    expect(chat.send('sí').says).toEqual(['private:private_words', 'system:menu_hint']);
    expect(chat.send('persona').facts).toContainEqual(expect.objectContaining({ type: 'handoff', private: true, reason: 'private' }));
  });
});
