// The drawn flow shows the ways that the engine goes, each with what leads along it.
import { describe, expect, it } from 'vitest';
import { checkFlows } from '../../../src/console/content/flows/check-flows.ts';
import { graphOf, type FlowGraph } from '../../../src/console/content/flows/flow-graph.ts';
import type { JsonRecord } from '../../../src/console/content/flows/json-path.ts';
import { flowOf, KNOWN, ownFlows } from './flows.ts';

function draw(steps: readonly JsonRecord[]): FlowGraph {
  const flow = checkFlows([flowOf('one', steps)], KNOWN).program.flows.get('one');
  if (flow === undefined) throw new RangeError('No flow was compiled.');
  return graphOf(flow);
}
const told = ({ ways }: FlowGraph): string[] =>
  ways.map(
    ({ from, to, reasons }) =>
      `${from} → ${to}: ${reasons.map((reason) => ('choice' in reason ? reason.choice : 'source' in reason ? reason.source : reason.type)).join(', ')}`,
  );

describe('the graph of a flow', () => {
  it('follows the order, and ends', () => {
    const graph = draw([{ say: 'a' }, { say: 'b' }]);
    expect(told(graph)).toEqual(['a → b: next', 'b → end: next']);
    expect(graph.hasEnd).toBe(true);
  });

  it('joins choices that lead to the same step, and says where all others go', () => {
    expect(told(draw([{ ask: 'a', choices: ['x', 'y', 'z'], next: { x: 'c', y: 'c' } }, { say: 'b', next: 'end' }, { say: 'c' }]))).toEqual(
      ['a → c: x, y', 'a → b: z', 'b → end: next', 'c → end: next'],
    );
    expect(told(draw([{ ask: 'a', choices: ['x', 'y', 'z'], next: { x: 'c', default: 'end' } }, { say: 'b' }, { say: 'c' }]))[1]).toBe(
      'a → end: otherwise',
    );
    expect(told(draw([{ ask: 'a', choices: ['x', 'y', 'z'], next: { x: 'c' } }, { say: 'b' }, { say: 'c' }]))[1]).toBe('a → b: otherwise');
  });

  it('shows conditions, waiting times and what was not understood', () => {
    expect(
      told(
        draw([
          {
            ask: 'a',
            type: 'number',
            next: [{ if: 'answers.a > 3', to: 'c' }],
            timeout: { seconds: 60, next: 'c' },
            on_misunderstood: 'b',
          },
          { say: 'b' },
          { say: 'c' },
        ]),
      ).slice(0, 2),
    ).toEqual(['a → c: answers.a > 3, timeout', 'a → b: misunderstood']);
    expect(told(draw([{ id: 'p', directory: { topic: 'EDU' }, found: 'end' }, { say: 'none' }]))).toEqual([
      'p → end: found',
      'p → none: otherwise',
      'none → end: next',
    ]);
    expect(told(draw([{ id: 'w', ask: 'w', type: 'text', timeout: { seconds: 60, next: 'end' } }, { say: 'b' }]))).toEqual([
      'w → end: timeout',
      'w → b: next',
      'b → end: next',
    ]);
  });

  it('names the texts of choices, and goes nowhere from what leaves the flow', () => {
    const graph = draw([
      { ask: 'a', choices: ['x'], next: { x: 'g' } },
      { id: 'g', goto: 'one' },
    ]);
    expect(graph.ways).toEqual([{ from: 'a', to: 'g', reasons: [{ type: 'choice', choice: 'x', key: 'a.x' }] }]);
    expect(graph.hasEnd).toBe(false);
  });

  it('draws every flow of the hotline with all its steps', () => {
    const flows = ownFlows();
    const { program } = checkFlows(flows.values(), KNOWN);
    for (const flow of program.flows.values()) expect(graphOf(flow).steps).toEqual(flows.get(flow.id)?.steps.map(({ id }) => id));
  });
});
