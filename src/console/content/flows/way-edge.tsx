// One way of a drawn flow, along the corners that the layout gave it, with an arrow and its label. Drawn by flow-graph-view.tsx.
import { BaseEdge, EdgeLabelRenderer, type Edge, type EdgeProps } from '@xyflow/react';
import { memo, type ReactNode } from 'react';
import { pathThrough, type Point } from './graph-layout.ts';

export type WayEdgeType = Edge<{ points: readonly Point[]; place: Point | null; text: string }, 'way'>;

export const WayEdge = memo(function WayEdge({ data }: EdgeProps<WayEdgeType>): ReactNode {
  if (data === undefined) return null;
  const { points, place, text } = data;
  const [before, end] = points.slice(-2);
  return (
    <>
      <BaseEdge path={pathThrough(points)} className="way" interactionWidth={0} />
      {before && end && <path className="way-arrow" d={arrowTo(before, end)} />}
      {place !== null && (
        <EdgeLabelRenderer>
          {/* React sets this through the style object: the policy allows it. */}
          <span className="way-label" dir="auto" style={{ transform: `translate(-50%, -50%) translate(${place.x}px, ${place.y}px)` }}>
            {text}
          </span>
        </EdgeLabelRenderer>
      )}
    </>
  );
});

const LENGTH = 9;
const HALF_WIDTH = 4.5;

/** A small triangle at the end of a line. */
function arrowTo(from: Point, to: Point): string {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const [x, y] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const foot = { x: to.x - x * LENGTH, y: to.y - y * LENGTH };
  const side = (sign: number): string => `${foot.x - sign * y * HALF_WIDTH} ${foot.y + sign * x * HALF_WIDTH}`;
  return `M ${to.x} ${to.y} L ${side(1)} L ${side(-1)} Z`;
}
