// The pinned alert of a crisis: before the first words of a session and before the menu, once, in the language that the person reads,
// and never in the private lane.
import { describe, expect, it } from 'vitest';
import { converse, HOTLINE, programOf } from './test-program.ts';

const ALERT = 'system:alert';
const pinned = { alert: '2026-11-25T20:00:00Z' };
const program = programOf(HOTLINE);
const count = (says: string[]): number => says.filter((key) => key === ALERT).length;

describe('while an alert stands', () => {
  it('a new session begins with it, before the language hint and the limits', () => {
    const { says } = converse(program, { env: pinned }).send('quizas');
    expect(says.slice(0, 3)).toEqual([ALERT, 'system:language_hint', 'system:limits_no_number']);
  });

  it('it is not shown with the list of languages, but with the first words that the person can read', () => {
    const talk = converse(program, { env: pinned });
    expect(talk.send('xyzzy').says).toEqual(['system:language_list']);
    expect(talk.send('Español').says[0]).toBe(ALERT);
  });

  it('it is not said again in the same session, at the menu or elsewhere', () => {
    const talk = converse(program, { env: pinned });
    talk.send('hola');
    const later = ['1', '1', 'menu', '2', '8', 'menu'].flatMap((text) => talk.send(text).says);
    expect(later).toContain('menu:need');
    expect(count(later)).toBe(0);
  });

  it('it comes before the menu in a session that began without it', () => {
    const talk = converse(program);
    talk.send('hola');
    talk.send('1');
    expect(talk.send('1', pinned).says).not.toContain(ALERT);
    expect(talk.send('menu', pinned).says).toEqual([ALERT, 'menu:need']);
    expect(talk.send('menu', pinned).says).toEqual(['menu:need']);
  });

  it('another alert is told anew', () => {
    const talk = converse(program, { env: pinned });
    talk.send('hola');
    talk.send('1');
    expect(talk.send('menu', { alert: '2026-11-30T20:00:00Z' }).says).toEqual([ALERT, 'menu:need']);
  });

  it('it is told again in the language that the person turns to', () => {
    const early = converse(program, { env: pinned });
    early.send('hola');
    expect(early.send('in english').says.slice(0, 3)).toEqual([ALERT, 'system:language_switched', 'system:limits_no_number']);
    expect(early.send('1').says).not.toContain(ALERT);
    const late = converse(program, { env: pinned });
    for (const text of ['hola', '1', 'in english']) late.send(text);
    expect(late.send('menu').says).toEqual([ALERT, 'menu:need']);
  });

  it('a session that begins again after a day begins with it', () => {
    const talk = converse(program, { env: pinned });
    for (const text of ['hola', '1', '1']) talk.send(text);
    const tomorrow = { ...pinned, now: Date.UTC(2026, 10, 24, 11) };
    expect(talk.send('hola', tomorrow).says).toEqual(['system:continue_or_restart']);
    expect(talk.send('restart', tomorrow).says[0]).toBe(ALERT);
  });

  it('what tells of danger still comes first and alone', () => {
    expect(converse(program, { env: pinned }).send('peligro').says[0]).toBe('system:emergency_no_number');
  });
});

describe('the private lane', () => {
  it('is not given the alert by its keyword, and is told it by nothing afterwards', () => {
    const talk = converse(program, { env: { ...pinned, privateLaneServed: () => true }, language: 'es' });
    const first = talk.send('violencia');
    expect(first.session.facts.private).toBe(true);
    expect(count([...first.says, ...talk.send('sí').says, ...talk.send('menu').says])).toBe(0);
  });

  it('is not given it where its texts are not signed either', () => {
    const { says, session } = converse(program, { env: pinned, language: 'es' }).send('violencia');
    expect(says).toContain('system:private_offer');
    expect(count(says)).toBe(0);
    expect(session).not.toHaveProperty('alerted');
  });

  it('is not given it after words of violence', () => {
    const talk = converse(program, { env: pinned });
    const says = ['me pega', 'safe', 'no', 'menu'].flatMap((text) => talk.send(text).says);
    expect(count(says)).toBe(0);
  });
});

it('without an alert nothing is said', () => {
  const talk = converse(program);
  expect(count(['hola', '1', 'menu'].flatMap((text) => talk.send(text).says))).toBe(0);
});
