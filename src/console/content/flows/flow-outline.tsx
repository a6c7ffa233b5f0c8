// The flow as a list: every step with what it is about and where it leads. Arrows walk, Enter opens, Alt with arrows moves a step, Delete
// removes it. One of the two views of a flow; the other is drawn. Rendered by flow-editor-page.tsx.
import { memo, useState, type KeyboardEvent, type ReactNode } from 'react';
import { GridList, GridListItem } from 'react-aria-components/GridList';
import { ListLayout, Virtualizer } from 'react-aria-components/Virtualizer';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Menu, type MenuEntry } from '../../ui/menu.tsx';
import { Badge, EmptyState } from '../../ui/pieces.tsx';
import { AddStepDialog } from './add-step-dialog.tsx';
import { END, type EditedStep } from './edited-flow.ts';
import { useEditor, useOpened } from './editor.ts';
import type { Way } from './flow-graph.ts';
import { StepWordsShown } from './step-words-shown.tsx';
import { useStable } from './use-stable.ts';
import { useStepMenu } from './use-step-menu.tsx';
import { NEW_STEP } from './working-step.ts';

export function FlowOutline(): ReactNode {
  const { t } = useTranslation('flows');
  const { flow, canEdit, open, unsaved } = useEditor();
  const opened = useOpened();
  const { entriesOf, dialog, actions } = useStepMenu();
  const menuOf = useStable(entriesOf);
  const [isAdding, setAdding] = useState(false);
  const last = flow.steps.at(-1)?.id ?? null;
  /** Before the list walks on by the arrows. */
  const press = (event: KeyboardEvent<HTMLElement>): void => {
    const id = event.target instanceof HTMLElement && event.target.role === 'row' ? event.target.dataset['key'] : undefined;
    if (!canEdit || id === undefined) return;
    if (event.altKey && event.key === 'ArrowUp') actions.move(id, -1);
    else if (event.altKey && event.key === 'ArrowDown') actions.move(id, 1);
    else if (event.key === 'Delete') actions.remove(id);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="outline" onKeyDownCapture={press}>
      {flow.steps.length === 0 ? (
        <EmptyState icon="edit" title={t('outline.empty')}>
          <p>{t('outline.empty_help')}</p>
        </EmptyState>
      ) : (
        <StepList menuOf={menuOf} />
      )}
      {unsaved.has(NEW_STEP) && opened !== NEW_STEP && (
        <Button icon="edit" onPress={() => open(NEW_STEP)}>
          {t('outline.go_on')}
        </Button>
      )}
      {canEdit && (
        <div className="row">
          <Button icon="plus" tone="primary" onPress={() => setAdding(true)}>
            {t('outline.add')}
          </Button>
        </div>
      )}
      {canEdit && flow.steps.length > 0 && <p className="quiet small keys-help">{t('outline.keys')}</p>}
      {dialog}
      <AddStepDialog isOpen={isAdding} after={last} onClose={() => setAdding(false)} />
    </div>
  );
}

type MenuOf = (id: string) => MenuEntry[];

/** Of a row with two lines, px. A row is measured once it is seen. */
const ROW = { estimatedRowSize: 76 };

/** The rows: only those on the screen, and not drawn anew while somebody types in a form. */
const StepList = memo(function StepList({ menuOf }: { menuOf: MenuOf }): ReactNode {
  const { t } = useTranslation('flows');
  const { flow, open, words } = useEditor();
  return (
    <Virtualizer layout={ListLayout} layoutOptions={ROW}>
      <GridList aria-label={t('outline.label')} className="steps" items={flow.steps} dependencies={[words, menuOf, open]}>
        {(step) => (
          <GridListItem id={step.id} className="step-row" textValue={words.option(step.id)} onAction={() => open(step.id)}>
            <StepRow step={step} menuOf={menuOf} />
          </GridListItem>
        )}
      </GridList>
    </Virtualizer>
  );
});

const StepRow = memo(function StepRow({ step, menuOf }: { step: EditedStep; menuOf: MenuOf }): ReactNode {
  const { t } = useTranslation('flows');
  const { flow, graph, faults, words, unsaved } = useEditor();
  const number = flow.steps.indexOf(step) + 1;
  const ways = graph?.ways.filter(({ from }) => from === step.id) ?? [];
  const wrong = faults.filter((fault) => fault.step === step.id).length;
  return (
    <>
      <OpenedMark id={step.id} />
      <Icon name={words.icon(step)} />
      <div className="about">
        <span className="kind small">
          <span>
            {t('graph.number', { number, kind: words.kind(step) })}
            {step.raw['when'] !== undefined && <> · {t('outline.when')}</>}
          </span>
          {wrong > 0 && (
            <Badge tone="bad" icon="alert">
              {t('badge.faults', { count: wrong })}
            </Badge>
          )}
          {unsaved.has(step.id) && <Badge tone="warn">{t('badge.unsaved')}</Badge>}
          {step.change !== null && <Badge>{t(`badge.${step.change}`)}</Badge>}
        </span>
        <StepWordsShown step={step} />
        <Ways ways={ways} number={number} />
      </div>
      <Menu label={t('outline.menu', { number })} entries={menuOf(step.id)} />
    </>
  );
});

/** Marks the row whose form is open, by flows.css. The rows themselves are not drawn anew for it. */
function OpenedMark({ id }: { id: string }): ReactNode {
  return useOpened() === id && <span className="opened-mark" hidden />;
}

/** Where a step leads; that the following one is next goes without saying. */
function Ways({ ways, number }: { ways: readonly Way[]; number: number }): ReactNode {
  const { t } = useTranslation('flows');
  const { flow, words } = useEditor();
  const numberOf = (id: string): number => flow.steps.findIndex((step) => step.id === id) + 1;
  const told = ways.filter(({ to, reasons }) => to === END || numberOf(to) !== number + 1 || reasons.some(({ type }) => type !== 'next'));
  if (told.length === 0) return null;
  return (
    <ul className="ways small">
      {told.map(({ to, reasons }) => {
        const why = reasons.filter(({ type }) => type !== 'next').map(words.way);
        return (
          <li key={to}>
            {why.length > 0 && <span dir="auto">{why.join(', ')}</span>}
            <Icon name="refer" size={14} />
            <span>{to === END ? t('step.end') : t('outline.to', { number: numberOf(to) })}</span>
          </li>
        );
      })}
    </ul>
  );
}
