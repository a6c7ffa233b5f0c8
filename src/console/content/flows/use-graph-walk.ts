// Walking a drawn flow with the keyboard: down and up along the ways, sideways to the neighbour, Home and End to the first and the last step.
// The step that one is at is brought into view. Used by flow-graph-view.tsx.
import { useReactFlow } from '@xyflow/react';
import { createContext, useState, type KeyboardEvent } from 'react';
import { END } from './edited-flow.ts';
import { nextOnWalk, type WalkKey, type WalkNode, type WalkWay } from './graph-walk.ts';

export interface GraphWalk {
  /** The step that Tab leads to. */
  at: string | null;
  enter(id: string): void;
  press(event: KeyboardEvent<HTMLElement>): void;
  /** Shows the beginning of the flow, or the step that is open, as large as it can be read. */
  begin(): void;
}

export const WalkContext = createContext<GraphWalk>({ at: null, enter: () => undefined, press: () => undefined, begin: () => undefined });

/** The first step stands near the upper edge. */
const FIRST_VIEW = 240;
const FIRST_ZOOM = 0.9;
const KEYS: ReadonlySet<string> = new Set(['ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight', 'Home', 'End']);

export function useGraphWalk(nodes: readonly WalkNode[], edges: readonly WalkWay[], opened: string | null): GraphWalk {
  const { setCenter, getZoom } = useReactFlow();
  const [entered, setEntered] = useState<string | null>(null);
  const steps = nodes.filter(({ id }) => id !== END);
  const isThere = (id: string | null): boolean => id !== null && steps.some((node) => node.id === id);
  const at = isThere(entered) ? entered : isThere(opened) ? opened : (steps[0]?.id ?? null);
  const go = (id: string, place: HTMLElement): void => {
    const node = steps.find((one) => one.id === id);
    if (node === undefined) return;
    setEntered(id);
    const { x, y } = node.position;
    void setCenter(x + (node.width ?? 0) / 2, y + (node.height ?? 0) / 2, { zoom: Math.max(0.6, getZoom()) });
    focusWhenDrawn(place, id);
  };
  return {
    at,
    enter: setEntered,
    begin() {
      const node = steps.find(({ id }) => id === at);
      if (node) void setCenter(node.position.x + (node.width ?? 0) / 2, node.position.y + FIRST_VIEW, { zoom: FIRST_ZOOM });
    },
    press(event) {
      const { target, currentTarget } = event;
      const id = target instanceof HTMLElement ? target.dataset['step'] : undefined;
      if (id === undefined || !KEYS.has(event.key)) return;
      event.preventDefault();
      const next = nextOnWalk(steps, edges, id, event.key as WalkKey);
      if (next !== null) go(next, currentTarget);
    },
  };
}

const MAX_FRAMES = 20;

/** A step outside of the view is drawn only when the view has moved. */
function focusWhenDrawn(place: HTMLElement, id: string, frames = 0): void {
  const button = place.querySelector<HTMLElement>(`[data-step="${CSS.escape(id)}"]`);
  if (button) button.focus({ preventScroll: true });
  else if (frames < MAX_FRAMES) requestAnimationFrame(() => focusWhenDrawn(place, id, frames + 1));
}
