// A drawn flow is laid out from top to bottom without steps upon each other, also where it has hundreds of them.
import { describe, expect, it } from 'vitest';
import { checkFlows } from '../../../src/console/content/flows/check-flows.ts';
import { graphOf, type FlowGraph } from '../../../src/console/content/flows/flow-graph.ts';
import { layOut, NODE_HEIGHT, NODE_WIDTH, pathThrough, type Layout } from '../../../src/console/content/flows/graph-layout.ts';
import type { JsonRecord } from '../../../src/console/content/flows/json-path.ts';
import { flowOf, KNOWN, ownFlows } from './flows.ts';

function graph(steps: readonly JsonRecord[]): FlowGraph {
  const flow = checkFlows([flowOf('one', steps)], KNOWN).program.flows.get('one');
  if (flow === undefined) throw new RangeError('No flow was compiled.');
  return graphOf(flow);
}
const widths = ({ ways }: FlowGraph): number[] => ways.map(({ reasons }) => (reasons[0]?.type === 'next' ? 0 : 80));
const place = (layout: Layout, id: string) => {
  const node = layout.nodes.find((one) => one.id === id);
  if (node === undefined) throw new RangeError(`${id} was not placed.`);
  return node;
};

describe('the layout', () => {
  const asked = graph([{ ask: 'a', choices: ['x', 'y'], next: { x: 'b', y: 'c' } }, { say: 'b', next: 'end' }, { say: 'c' }]);

  it('puts what follows below, and labels between', () => {
    const layout = layOut(asked, widths(asked), false);
    expect(place(layout, 'b').y).toBeGreaterThan(place(layout, 'a').y + NODE_HEIGHT);
    expect(place(layout, 'end').y).toBeGreaterThan(place(layout, 'c').y);
    const [first] = layout.ways;
    expect(first?.label?.y).toBeGreaterThan(place(layout, 'a').y + NODE_HEIGHT);
    expect(first?.label?.y).toBeLessThan(place(layout, 'b').y);
    expect(layout.ways.find(({ from }) => from === 'b')?.label).toBeNull();
  });

  it('is mirrored for readers from right to left', () => {
    const [ltr, rtl] = [layOut(asked, widths(asked), false), layOut(asked, widths(asked), true)];
    const isFirst = (layout: Layout): boolean => place(layout, 'b').x < place(layout, 'c').x;
    expect(isFirst(rtl)).toBe(!isFirst(ltr));
    expect(place(rtl, 'b').x).toBe(-place(ltr, 'b').x - NODE_WIDTH);
  });

  it('takes ways back up, ways to itself, and several ways between two steps', () => {
    const loop = graph([
      { ask: 'a', choices: ['x', 'y', 'z'], next: { x: 'a', y: 'b', z: 'b' }, timeout: { seconds: 60, next: 'b' } },
      { ask: 'b', type: 'yes_no', next: { yes: 'a', no: 'end' } },
    ]);
    for (const { points } of layOut(loop, widths(loop), false).ways) expect(points.length).toBeGreaterThan(1);
  });

  it.each([...ownFlows().keys()])('puts no two steps of %s upon each other', (id) => {
    const flow = checkFlows(ownFlows().values(), KNOWN).program.flows.get(id);
    const drawn = flow === undefined ? graph([]) : graphOf(flow);
    expect(overlaps(layOut(drawn, widths(drawn), false))).toEqual([]);
  });

  it('lays out three hundred steps', () => {
    const many = graph(
      Array.from({ length: 300 }, (_, index): JsonRecord =>
        index % 5 === 0 && index < 290
          ? { ask: `s${index}`, choices: ['x', 'y'], next: { x: `s${index + 3}`, y: `s${index + 7}` } }
          : { say: `s${index}` },
      ),
    );
    const layout = layOut(many, widths(many), false);
    expect(layout.nodes).toHaveLength(301);
    expect(overlaps(layout)).toEqual([]);
  });
});

it('a way is drawn through its corners', () => {
  expect(pathThrough([])).toBe('');
  expect(
    pathThrough([
      { x: 0, y: 0 },
      { x: 0, y: 10 },
    ]),
  ).toBe('M 0 0 L 0 10');
  expect(
    pathThrough([
      { x: 0, y: 0 },
      { x: 4, y: 10 },
      { x: 8, y: 20 },
    ]),
  ).toBe('M 0 0 Q 4 10 6 15 L 8 20');
});

function overlaps({ nodes }: Layout): string[] {
  return nodes.flatMap((one, index) =>
    nodes
      .slice(index + 1)
      .filter(
        (other) =>
          one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height,
      )
      .map((other) => `${one.id} and ${other.id}`),
  );
}
