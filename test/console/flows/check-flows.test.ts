// Flows are checked in the page as the engine checks them: on the hotline's own flows, and on what an editor may do to them.
import { describe, expect, it } from 'vitest';
import { checkFlows, faultsOfStep } from '../../../src/console/content/flows/check-flows.ts';
import { flowOf, KNOWN, ownFlows } from './flows.ts';

describe('checking in the page', () => {
  it('finds nothing wrong with the flows that are there', () => {
    const { program, faults } = checkFlows(ownFlows().values(), { ...KNOWN, entryFlow: 'welcome', menuFlow: 'menu' });
    expect(faults).toEqual([]);
    expect(program.flows.get('school')?.steps.length).toBeGreaterThan(10);
  });

  it('tells a step that leads nowhere, one that nothing leads to, and an expression that cannot be, each with its step and field', () => {
    const flow = flowOf('one', [
      { ask: 'age', choices: ['young', 'old'], next: { young: 'gone', default: 'last' } },
      { id: 'lost', say: 'lost' },
      { id: 'last', say: 'last', when: 'answers.age == "middle"' },
    ]);
    const { faults } = checkFlows([flow], KNOWN);
    expect(faults.map(({ code, flow: id, step, path: at }) => [code, id, step, at])).toEqual(
      expect.arrayContaining([
        ['dangling_next', 'one', 'age', ['next', 'young']],
        ['unreachable_step', 'one', 'lost', []],
        ['expression', 'one', 'last', ['when']],
      ]),
    );
  });

  it('goes on checking where a step cannot be read, and tells what its schema misses', () => {
    const flow = flowOf('one', [{ say: 'hello' }, { id: 'bad', wait: { seconds: 1 } }, { id: 'off', say: 'bye', next: 'nowhere' }]);
    const { faults } = checkFlows([flow], KNOWN);
    expect(faults).toContainEqual(
      expect.objectContaining({ code: 'schema', step: 'bad', path: ['wait', 'seconds'], rule: 'too_small', limit: 5 }),
    );
    expect(faults).toContainEqual(expect.objectContaining({ code: 'dangling_next', step: 'off' }));
  });

  it('takes a flow without steps, and says so', () => {
    expect(checkFlows([flowOf('empty', [])], KNOWN).faults).toContainEqual(expect.objectContaining({ code: 'empty_flow', step: null }));
  });

  it('knows a step by its own id wherever it stands', () => {
    const moved = flowOf('one', [{ say: 'first' }, { log: { outcome: 'answered' } }], ['first', 'log_7']);
    expect(
      checkFlows([moved], KNOWN)
        .program.flows.get('one')
        ?.steps.map(({ id }) => id),
    ).toEqual(['first', 'log_7']);
  });

  it('tells a missing text, and what a step lacks before anything is compiled', () => {
    const { faults } = checkFlows([flowOf('one', [{ say: 'unsaid' }])], { ...KNOWN, texts: (key) => key !== 'one:unsaid' });
    expect(faults).toContainEqual(expect.objectContaining({ code: 'missing_text', step: 'unsaid', path: ['say'] }));
    expect(faultsOfStep('one', 'x', { directory: {} })).toContainEqual(
      expect.objectContaining({ path: ['directory', 'topic'], rule: 'missing' }),
    );
  });
});
