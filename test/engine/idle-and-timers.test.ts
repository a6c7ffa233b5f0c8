// What time does: timers of a question, stale timers, waits, and the return after a day.
import { describe, expect, it } from 'vitest';
import { NOON } from './test-env.ts';
import { converse, HOTLINE, programOf } from './test-program.ts';

const program = programOf(HOTLINE);
const DAY = 24 * 3_600_000;
const at = (flow: string, from = program) => {
  const chat = converse(from, { flow });
  chat.open();
  return chat;
};

describe('timers', () => {
  it('lead to the step that the question names', () => {
    const chat = converse(program, { flow: 'work' });
    const asked = chat.open();
    const token = asked.session.wait!.token;
    expect(asked.facts).toContainEqual({ type: 'timer_set', token, seconds: 3600 });
    expect(token).toBe(asked.session.turn);
    expect(chat.take({ kind: 'timeout', token }).says).toEqual(['work:still_there', 'system:menu_hint']);
  });

  it('do nothing when they are stale', () => {
    const chat = at('work');
    const { token } = chat.session().wait!;
    chat.send('zzz');
    const before = chat.session();
    expect(chat.take({ kind: 'timeout', token }).events).toEqual([]);
    expect(chat.session()).toEqual(before);
    expect(chat.take({ kind: 'timeout', token: 999 }).events).toEqual([]);
  });

  it('rest while an emergency is met, and are set anew when the question is asked again', () => {
    const chat = at('work');
    const { token } = chat.session().wait!;
    chat.send('peligro');
    expect(chat.take({ kind: 'timeout', token }).events).toEqual([]);
    const again = chat.send('1');
    expect(again.facts).toContainEqual({ type: 'timer_set', token: again.session.turn, seconds: 3600 });
  });

  it('end a wait; a message meanwhile is answered', () => {
    const waiting = programOf({
      welcome: { steps: [{ say: 'hello' }] },
      menu: { steps: [{ ask: 'need', choices: ['a'] }] },
      pause: { steps: [{ say: 'first' }, { wait: { seconds: 600 } }, { say: 'second' }] },
    });
    const chat = at('pause', waiting);
    const { token } = chat.session().wait!;
    expect(chat.send('zzz').says.length).toBeGreaterThan(0);
    const chat2 = at('pause', waiting);
    expect(chat2.take({ kind: 'timeout', token }).says).toEqual(['pause:second', 'system:menu_hint']);
  });
});

describe('the return after a day', () => {
  it('asks whether to go on, in the middle of something', () => {
    const chat = at('school');
    chat.send('primary');
    expect(chat.send('hola', { now: NOON + DAY - 1 }).says).not.toContain('system:continue_or_restart');
    const back = chat.send('hola', { now: NOON + 2 * DAY });
    expect(back.says).toEqual(['system:continue_or_restart']);
    expect(back.choices).toEqual(['continue', 'restart']);
    expect(chat.send('1', { now: NOON + 2 * DAY }).says).toEqual(['school:place']);
    expect(chat.session().stack[0]?.answers).toEqual({ age: 'primary' });
  });

  it('starts again with what was written on return', () => {
    const chat = at('school');
    chat.send('¿puedo ir al médico?', { now: NOON + DAY });
    const again = chat.send('2', { now: NOON + DAY });
    expect(again.says).toEqual(['system:limits_no_number', 'answers:Q06', 'system:answer_source', 'welcome:keep']);
    expect(again.session.facts.topic).toBe('HEA.URG');
  });

  it('answers emergencies and commands first', () => {
    const chat = at('school');
    expect(chat.send('peligro', { now: NOON + DAY }).says).toEqual(['system:emergency_no_number']);
    expect(at('school').send('stop', { now: NOON + DAY }).says).toEqual(['system:stopped']);
  });

  it('begins anew, silently, from the menu or when nothing runs', () => {
    const { says, session } = at('menu').send('1', { now: NOON + DAY });
    expect(says).toEqual(['system:limits_no_number', 'welcome:keep']);
    expect(session.language).toBe('es');
  });

  it('takes a reply to the old question as going on', () => {
    const chat = at('school');
    chat.send('hola', { now: NOON + DAY });
    expect(chat.send('primary', { now: NOON + DAY }).says).toEqual(['school:place']);
  });
});
