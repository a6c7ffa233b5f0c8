// One step of a drawn flow: a button that opens its form. Only one of them can be reached with Tab; from it arrows lead along the ways
// (use-graph-walk.ts). Drawn by flow-graph-view.tsx.
import { Handle, Position, type Node, type NodeProps } from '@xyflow/react';
import { memo, use, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/icon.tsx';
import { stepOf } from './edited-flow.ts';
import { useEditor, useOpened } from './editor.ts';
import { StepWordsShown } from './step-words-shown.tsx';
import { WalkContext } from './use-graph-walk.ts';

export type StepNodeType = Node<{ number: number }, 'step'>;
export type EndNodeType = Node<Record<string, never>, 'end'>;

export const StepNode = memo(function StepNode({ id, data }: NodeProps<StepNodeType>): ReactNode {
  const { t, i18n } = useTranslation('flows');
  const { flow, words, faults, unsaved, graph } = useEditor();
  const opened = useOpened();
  const walk = use(WalkContext);
  const step = stepOf(flow, id);
  if (step === undefined) return null;
  const wrong = faults.filter((fault) => fault.step === id).length;
  const marks = [
    ...(wrong > 0 ? [t('badge.faults', { count: wrong })] : []),
    ...(unsaved.has(id) ? [t('badge.unsaved')] : []),
    ...(step.change === null ? [] : [t(`badge.${step.change}`)]),
  ];
  const ways = (graph?.ways ?? []).filter(({ from }) => from === id);
  const told = ways.map(({ to, reasons }) => t('graph.way', { reasons: reasons.map(words.way).join(', '), step: words.option(to) }));
  return (
    <>
      <Anchors />
      <button
        type="button"
        dir={i18n.dir()}
        className={['step-node', ...(wrong > 0 ? ['wrong'] : []), ...(opened === id ? ['opened'] : [])].join(' ')}
        data-step={id}
        tabIndex={walk.at === id ? 0 : -1}
        onFocus={() => walk.enter(id)}
      >
        <span className="head">
          <Icon name={words.icon(step)} size={16} />
          <span className="small">{t('graph.number', { number: data.number, kind: words.kind(step) })}</span>
          {step.raw['when'] !== undefined && <span className="small">{t('outline.when')}</span>}
        </span>
        <StepWordsShown step={step} />
        {marks.length > 0 && <span className="small marks">{marks.join(' · ')}</span>}
        <span className="only-heard">{told.join('. ')}</span>
      </button>
    </>
  );
});

export const EndNode = memo(function EndNode(): ReactNode {
  const { t } = useTranslation('flows');
  return (
    <>
      <Anchors />
      <div className="end-node">{t('step.end')}</div>
    </>
  );
});

/** The library draws no way without them; ours run along the layout's points. */
function Anchors(): ReactNode {
  return (
    <>
      <Handle type="target" position={Position.Top} isConnectable={false} />
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </>
  );
}
