// What goes wrong inside: a safe line that offers a person and an error event, never an exception, never silence.
import { describe, expect, it } from 'vitest';
import { compileYaml, converse, HOTLINE, programOf } from './test-program.ts';
import { takeTurn } from '../../src/engine/engine.ts';
import { newSession } from '../../src/engine/new-session.ts';
import { testEnv } from './test-env.ts';

const program = programOf(HOTLINE);

describe('faults', () => {
  it('a turn of more than 100 steps ends in a safe line that offers a person', () => {
    const { program: looping } = compileYaml({ welcome: { steps: [{ say: 'a', next: 'a' }] }, menu: { steps: [{ say: 'a', next: 'a' }] } });
    const chat = converse(looping, { flow: 'menu' });
    const failed = chat.open();
    expect(failed.events).toEqual([
      { type: 'error', code: 'engine.turn_too_long', flow: 'menu', step: 'a' },
      { type: 'say', kind: 'flow', line: { text: { key: 'system:fault' }, choices: expect.any(Array) } },
    ]);
    expect(chat.send('sí').facts).toContainEqual(expect.objectContaining({ type: 'handoff', reason: 'fault' }));
  });

  it('flows that call each other too deep are a fault', () => {
    const { program: deep } = compileYaml({ welcome: { steps: [{ call: 'welcome' }] }, menu: { steps: [{ say: 'x' }] } });
    expect(converse(deep, { language: 'es' }).open().facts).toContainEqual(expect.objectContaining({ code: 'engine.call_too_deep' }));
  });

  it('a broken look-up is a fault, told to staff; the person is offered somebody', () => {
    const broken = {
      findPlaces: () => {
        throw new Error('a name and a number');
      },
    };
    const chat = converse(program, { flow: 'school', env: broken });
    chat.open();
    chat.send('primary');
    const failed = chat.send('Madrid');
    expect(failed.says).toEqual(['system:fault']);
    expect(failed.facts).toEqual([{ type: 'error', code: 'engine.failed', flow: 'school', step: 'directory_4' }]);
  });

  it('never throws, even when nothing can be understood', () => {
    const boom = (): never => {
      throw new TypeError('boom');
    };
    const env = testEnv({ understand: boom, guessLanguage: boom, findAnswers: boom, topicIsPrivate: boom });
    for (const owner of ['flow', 'queue', 'staff', 'stopped', 'closed'] as const) {
      const { events } = takeTurn(program, newSession(program, { now: env.now }), { kind: 'message', text: 'hola' }, { ...env, owner });
      expect(events).toContainEqual(expect.objectContaining({ type: 'error' }));
      expect(events.some(({ type }) => type === 'say')).toBe(owner === 'flow' || owner === 'closed');
    }
  });

  it('restarts politely at the menu when the release no longer has the flow or step', () => {
    const chat = converse(program, { flow: 'school' });
    chat.open();
    const other = programOf(HOTLINE.replaceAll('school', 'schools').replaceAll('to_schools', 'to_school'));
    const moved = converse(other, { session: chat.session() }).send('1');
    expect(moved.says).toEqual(['menu:need']);
    expect(moved.facts.some(({ type }) => type === 'error')).toBe(false);
  });
});
