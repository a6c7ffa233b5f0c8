// Calling a person: what is said in hours, out of hours, and where nobody is on duty.
import { describe, expect, it } from 'vitest';
import type { DeskState } from '../../src/engine/env.ts';
import { testEnv } from './test-env.ts';
import { converse, HOTLINE, programOf } from './test-program.ts';

const program = programOf(HOTLINE);
const desk = (own: Partial<DeskState>): { desk: DeskState } => ({ desk: { ...testEnv().desk, ...own } });
const call = (own: Partial<DeskState>) => {
  const chat = converse(program, { flow: 'school', env: desk(own) });
  chat.open();
  chat.send('primary');
  return { chat, called: chat.send('persona') };
};

describe('asking for a person', () => {
  it('in hours: says the minutes; the flow falls silent, and the answers stay for the one who takes over', () => {
    const { called } = call({});
    expect(called.events).toContainEqual({
      type: 'say',
      kind: 'system',
      line: { text: { key: 'system:handoff_open', params: { minutes: 20 } } },
    });
    expect(called.facts).toContainEqual({ type: 'log', fields: { outcome: 'handed_over' } });
    expect(called.session.wait).toBe(null);
    expect(called.session.stack[0]?.answers).toEqual({ age: 'primary' });
  });

  it('out of hours: says the opening and asks about a call-back; the wish is made at once, and the flow goes on', () => {
    const { chat, called } = call({ open: false });
    expect(called.events).toContainEqual(
      expect.objectContaining({
        line: expect.objectContaining({ text: { key: 'system:handoff_closed', params: { hours: 'martes, 09:00' } } }),
      }),
    );
    expect(called.choices).toEqual(['yes', 'no']);
    expect(called.facts).toContainEqual(expect.objectContaining({ type: 'handoff', callback: false }));
    const wanted = chat.send('1');
    expect(wanted.facts).toEqual([
      { type: 'handoff', priority: 'normal', topic: 'EDU.ENR', reason: 'asked', private: false, callback: true },
    ]);
    expect(wanted.says).toEqual(['school:place']);
  });

  it('out of hours: without a call-back, or with an answer to the earlier question, the flow simply goes on', () => {
    const { chat } = call({ open: false });
    const declined = chat.send('no');
    expect(declined.facts).toEqual([]);
    expect(declined.says).toEqual(['school:place']);
    expect(call({ open: false }).chat.send('Madrid').says).toContain('answers:Q04');
  });

  it('unstaffed, or with no known opening: promises no time, and the flow goes on', () => {
    for (const own of [{ staffed: false }, { open: false, opensAt: null }]) {
      const { called } = call(own);
      expect(called.says).toEqual(['system:handoff_unstaffed', 'school:place']);
      expect(called.facts).toContainEqual(expect.objectContaining({ type: 'handoff' }));
    }
  });

  it('while already in line: only says so', () => {
    const { called } = call({ queued: true });
    expect(called.says).toEqual(['system:queue_still', 'school:place']);
    expect(called.facts).toEqual([]);
  });

  it('makes all lines of the turn system lines, so that the change of owner cancels none', () => {
    const chat = converse(program, { flow: 'menu' });
    chat.open();
    const { events } = chat.send('person');
    expect(events.every((event) => event.type !== 'say' || event.kind === 'system')).toBe(true);
  });

  it('is free again for greetings when the desk gives the conversation back', () => {
    const { chat } = call({});
    expect(chat.send('hola').says).toEqual(['menu:need']);
  });
});

describe('complaints', () => {
  const file = (about: string, text: string) => {
    const chat = converse(program, { flow: 'complaint' });
    chat.open();
    chat.send(about);
    chat.send(text);
    return chat.send('sí');
  };

  it('are filed with a number and the days to an answer', () => {
    const { events, facts } = file('service', 'Me gritaron');
    expect(facts).toContainEqual({
      type: 'complaint_filed',
      number: 'Q-482193',
      about: 'service',
      text: 'Me gritaron',
      place: null,
      wantsContact: true,
      private: false,
    });
    expect(events).toContainEqual({
      type: 'say',
      kind: 'flow',
      line: { text: { key: 'system:complaint_received', params: { number: 'Q-482193', days: 15 } } },
    });
  });

  it('about staff are private; what happened may be left out', () => {
    expect(file('staff', 'saltar').facts).toContainEqual(expect.objectContaining({ type: 'complaint_filed', private: true, text: null }));
  });
});
