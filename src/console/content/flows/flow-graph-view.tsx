// The flow drawn: steps from top to bottom, ways between them with what leads along. Moved and zoomed by pointer, wheel or the keys of the
// controls; with the keyboard one walks along the ways and opens a step with Enter. The other view of a flow is its outline. Fetched only
// when it is looked at. Rendered by flow-editor-page.tsx.
import {
  ReactFlow,
  ReactFlowProvider,
  Controls,
  MiniMap,
  type AriaLabelConfig,
  type Edge,
  type EdgeTypes,
  type NodeTypes,
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { END } from './edited-flow.ts';
import { useEditor, useOpened } from './editor.ts';
import './graph.css';
import { layOut, type Layout } from './graph-layout.ts';
import { EndNode, StepNode, type EndNodeType, type StepNodeType } from './step-node.tsx';
import { useGraphWalk, WalkContext } from './use-graph-walk.ts';
import { WayEdge, type WayEdgeType } from './way-edge.tsx';

const NODE_TYPES: NodeTypes = { step: StepNode, end: EndNode };
const EDGE_TYPES: EdgeTypes = { way: WayEdge };
/** About as wide as a letter of a label is drawn. */
const LETTER_WIDTH = 6.6;
const LABEL_PADDING = 14;
const MAX_LABEL_CHARS = 28;
const NO_ATTRIBUTES = { 'aria-roledescription': undefined, 'aria-describedby': undefined };

export default function FlowGraphView(): ReactNode {
  return (
    <ReactFlowProvider>
      <Drawn />
    </ReactFlowProvider>
  );
}

function Drawn(): ReactNode {
  const { t, i18n } = useTranslation('flows');
  const { open } = useEditor();
  const opened = useOpened();
  const mirrored = i18n.dir() === 'rtl';
  const { nodes, edges } = useDrawing(mirrored);
  const walk = useGraphWalk(nodes, edges, opened);
  const aria: Partial<AriaLabelConfig> = {
    'controls.ariaLabel': t('graph.controls'),
    'controls.zoomIn.ariaLabel': t('graph.zoom_in'),
    'controls.zoomOut.ariaLabel': t('graph.zoom_out'),
    'controls.fitView.ariaLabel': t('graph.fit'),
    'minimap.ariaLabel': t('graph.map'),
  };
  return (
    <div className="graph-part">
      <p className="quiet small">{t('graph.help')}</p>
      <WalkContext value={walk}>
        <div className="graph" onKeyDown={walk.press}>
          <ReactFlow
            aria-label={t('graph.label')}
            nodes={nodes}
            edges={edges}
            nodeTypes={NODE_TYPES}
            edgeTypes={EDGE_TYPES}
            ariaLabelConfig={aria}
            onNodeClick={(_event, node) => node.id !== END && open(node.id)}
            onlyRenderVisibleElements
            nodesDraggable={false}
            nodesConnectable={false}
            nodesFocusable={false}
            edgesFocusable={false}
            elementsSelectable={false}
            disableKeyboardA11y
            deleteKeyCode={null}
            minZoom={0.1}
            maxZoom={1.5}
            onInit={walk.begin}
            // The library's licence asks for no sign; the page has no links that lead elsewhere.
            proOptions={{ hideAttribution: true }}
          >
            <Controls showInteractive={false} position={mirrored ? 'bottom-right' : 'bottom-left'} />
            <MiniMap pannable zoomable position={mirrored ? 'bottom-left' : 'bottom-right'} />
          </ReactFlow>
        </div>
      </WalkContext>
    </div>
  );
}

type DrawnNode = StepNodeType | EndNodeType;

/** Laid out once a change of the flow, its texts or the language. */
function useDrawing(mirrored: boolean): { nodes: DrawnNode[]; edges: WayEdgeType[] } {
  const { t } = useTranslation('flows');
  const { graph, words, flow } = useEditor();
  return useMemo(() => {
    if (graph === null) return { nodes: [], edges: [] };
    const labels = graph.ways.map(({ reasons }) =>
      shortened(
        reasons
          .filter(({ type }) => type !== 'next')
          .map(words.way)
          .join(', '),
      ),
    );
    const widths = labels.map((label) => (label === '' ? 0 : label.length * LETTER_WIDTH + LABEL_PADDING));
    const layout = layOut(graph, widths, mirrored);
    const steps = flow.steps.map(({ id }) => id);
    const nameOf = (id: string): string => (id === END ? words.option(END) : String(steps.indexOf(id) + 1));
    const told = graph.ways.map(({ from, to, reasons }) =>
      t('graph.edge', { from: nameOf(from), to: nameOf(to), reasons: reasons.map(words.way).join(', ') }),
    );
    return { nodes: nodesOf(layout, steps), edges: edgesOf(layout, labels, told) };
  }, [graph, words, flow, mirrored, t]);
}

function nodesOf({ nodes }: Layout, steps: readonly string[]): DrawnNode[] {
  return nodes.map(({ id, x, y, width, height }): DrawnNode => {
    const shared = { id, position: { x, y }, width, height, domAttributes: NO_ATTRIBUTES };
    return id === END ? { ...shared, type: 'end', data: {} } : { ...shared, type: 'step', data: { number: steps.indexOf(id) + 1 } };
  });
}

function edgesOf({ ways }: Layout, labels: readonly string[], told: readonly string[]): WayEdgeType[] {
  return ways.map(({ from, to, points, label }, index): Edge<WayEdgeType['data'] & object, 'way'> => ({
    id: `${from} ${to}`,
    type: 'way',
    source: from,
    target: to,
    ariaLabel: told[index] ?? '',
    domAttributes: NO_ATTRIBUTES,
    data: { points, place: label, text: labels[index] ?? '' },
  }));
}

function shortened(label: string): string {
  return label.length > MAX_LABEL_CHARS ? `${label.slice(0, MAX_LABEL_CHARS - 1).trimEnd()}…` : label;
}
