// Where each step of a drawn flow stands and how its ways run: layers from top to bottom, few crossings. Used by flow-graph-view.tsx, once a
// change. Sizes are given, not measured, so that nothing has to be drawn first. Pure.
import { Graph, layout } from '@dagrejs/dagre';
import { END } from './edited-flow.ts';
import type { FlowGraph } from './flow-graph.ts';

export const NODE_WIDTH = 232;
export const NODE_HEIGHT = 92;
export const END_HEIGHT = 40;
const LABEL_HEIGHT = 22;
/** Beyond so many steps the quickest way of ranking is taken. */
const MANY_STEPS = 150;

export interface Point {
  x: number;
  y: number;
}

export interface PlacedNode extends Point {
  id: string;
  width: number;
  height: number;
}

export interface PlacedWay {
  from: string;
  to: string;
  /** From border to border, over the corners between. */
  points: readonly Point[];
  /** Middle of its label; null where it has none. */
  label: Point | null;
}

export interface Layout {
  nodes: readonly PlacedNode[];
  ways: readonly PlacedWay[];
}

/**
 * Lays a graph out. x and y of nodes are their upper corner.
 * @param labelWidths by the index of the way; 0 for a way without a label
 * @param mirrored for readers from right to left: the first way out stands to the right
 */
export function layOut(graph: FlowGraph, labelWidths: readonly number[], mirrored: boolean): Layout {
  const drawn = new Graph({ multigraph: true });
  drawn.setGraph({
    rankdir: 'TB',
    nodesep: 28,
    edgesep: 16,
    ranksep: 34,
    ranker: graph.steps.length > MANY_STEPS ? 'longest-path' : 'network-simplex',
  });
  const ids = graph.hasEnd ? [...graph.steps, END] : graph.steps;
  for (const id of ids) drawn.setNode(id, { width: NODE_WIDTH, height: id === END ? END_HEIGHT : NODE_HEIGHT });
  for (const [index, { from, to }] of graph.ways.entries()) {
    const width = labelWidths[index] ?? 0;
    drawn.setEdge(from, to, { width, height: width === 0 ? 0 : LABEL_HEIGHT, labelpos: 'c' }, String(index));
  }
  layout(drawn);
  return readLayout(drawn, graph, ids, labelWidths, mirrored);
}

function readLayout(drawn: Graph, graph: FlowGraph, ids: readonly string[], labelWidths: readonly number[], mirrored: boolean): Layout {
  const turn = (x: number): number => (mirrored ? -x : x);
  const nodes = ids.map((id): PlacedNode => {
    const { x, y, width, height } = drawn.node(id) as Point & { width: number; height: number };
    return { id, width, height, x: turn(x) - width / 2, y: y - height / 2 };
  });
  const places = new Map(nodes.map((node) => [node.id, node]));
  return {
    nodes,
    ways: graph.ways.map(({ from, to }, index) => {
      const edge = drawn.edge({ v: from, w: to, name: String(index) }) as Partial<Point> & { points?: Point[] };
      const points = joined(
        (edge.points ?? []).map(({ x, y }) => ({ x: turn(x), y })),
        places.get(from),
        places.get(to),
      );
      const hasLabel = (labelWidths[index] ?? 0) > 0 && edge.x !== undefined && edge.y !== undefined;
      return { from, to, points, label: hasLabel ? { x: turn(edge.x ?? 0), y: edge.y ?? 0 } : null };
    }),
  };
}

/** A way down leaves a step below and comes to the next one from above: at its side it would run behind the neighbours. */
function joined(points: Point[], from: PlacedNode | undefined, to: PlacedNode | undefined): Point[] {
  const [second, secondLast] = [points[1], points.at(-2)];
  if (!from || !to || !second || !secondLast || to.y <= from.y) return points;
  const start = { x: within(second.x, from), y: from.y + from.height };
  const end = { x: within(secondLast.x, to), y: to.y };
  return [start, ...points.slice(1, -1), end];
}

const CORNER = 20;

function within(x: number, { x: left, width }: PlacedNode): number {
  return Math.min(Math.max(x, left + CORNER), left + width - CORNER);
}

/** An SVG path through points, with round corners. */
export function pathThrough(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  let path = `M ${first.x} ${first.y}`;
  for (const [index, point] of rest.entries()) {
    const after = rest[index + 1];
    if (after === undefined) path += ` L ${point.x} ${point.y}`;
    else path += ` Q ${point.x} ${point.y} ${(point.x + after.x) / 2} ${(point.y + after.y) / 2}`;
  }
  return path;
}
