// Which step a key leads to in a drawn flow. Used by use-graph-walk.ts. Pure.

export interface WalkNode {
  id: string;
  position: { x: number; y: number };
  width?: number;
  height?: number;
}

export interface WalkWay {
  source: string;
  target: string;
}

export type WalkKey = 'ArrowDown' | 'ArrowUp' | 'ArrowLeft' | 'ArrowRight' | 'Home' | 'End';

/** Id of the step that a key leads to from another; null where it leads nowhere. */
export function nextOnWalk(nodes: readonly WalkNode[], ways: readonly WalkWay[], from: string, key: WalkKey): string | null {
  const here = nodes.find(({ id }) => id === from);
  if (here === undefined) return null;
  if (key === 'Home') return nodes[0]?.id ?? null;
  if (key === 'End') return nodes.at(-1)?.id ?? null;
  if (key === 'ArrowDown')
    return closest(
      here,
      along(nodes, ways, (way) => way.source === from, 'target'),
    );
  if (key === 'ArrowUp')
    return closest(
      here,
      along(nodes, ways, (way) => way.target === from, 'source'),
    );
  const side = key === 'ArrowLeft' ? -1 : 1;
  const height = here.height ?? 1;
  const beside = nodes.filter(({ position: { x, y } }) => Math.abs(y - here.position.y) < height && (x - here.position.x) * side > 0);
  return closest(here, beside);
}

function along(nodes: readonly WalkNode[], ways: readonly WalkWay[], chosen: (way: WalkWay) => boolean, end: keyof WalkWay): WalkNode[] {
  const ids = new Set(ways.filter(chosen).map((way) => way[end]));
  return nodes.filter(({ id }) => ids.has(id));
}

function closest({ id: from, position: here }: WalkNode, nodes: readonly WalkNode[]): string | null {
  const others = nodes.filter(({ id }) => id !== from);
  const distance = ({ position: { x, y } }: WalkNode): number => Math.hypot(x - here.x, y - here.y);
  return others.toSorted((one, other) => distance(one) - distance(other))[0]?.id ?? null;
}
