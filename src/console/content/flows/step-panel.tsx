// One step beside the flow: what it is, its form, and what can be done with it as a whole. Opened from the outline or the drawn flow.
// Focus goes to its heading, so that the keyboard goes on from there; closing leads back.
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { StepKind } from '../../../engine/steps/index.ts';
import { useShortcut } from '../../shortcuts.tsx';
import { IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Menu } from '../../ui/menu.tsx';
import { Badge, EmptyState, Notice } from '../../ui/pieces.tsx';
import { faultsOfStep } from './check-flows.ts';
import { kindOfStep, stepOf } from './edited-flow.ts';
import { useEditor, useEditorWork } from './editor.ts';
import { isRecord } from './json-path.ts';
import { WrittenValue } from './raw-field.tsx';
import { StepForm } from './step-form.tsx';
import { useStepMenu } from './use-step-menu.tsx';
import { isChanged, NEW_STEP, type WorkingStep } from './working-step.ts';

export function StepPanel({ id }: { id: string }): ReactNode {
  const { t } = useTranslation('flows');
  const { working, open } = useEditorWork();
  const step = working.of(id);
  useShortcut({ keys: 'Escape', label: t('panel.close'), group: t('keys'), run: () => open(null), whileTyping: true });
  return (
    <aside className="step-panel" aria-label={t('panel.label')}>
      {step === null ? (
        <EmptyState icon="alert" title={t('panel.gone')}>
          <p>{t('panel.gone_help')}</p>
          <IconButton icon="close" label={t('panel.close')} onPress={() => open(null)} />
        </EmptyState>
      ) : (
        <Opened key={id} step={step} />
      )}
    </aside>
  );
}

function Opened({ step }: { step: WorkingStep }): ReactNode {
  const { t } = useTranslation('flows');
  const { open, canEdit } = useEditor();
  const [isWritten, setWritten] = useState(false);
  const kind = kindOfStep(step.raw);
  return (
    <>
      <Head step={step} kind={kind} isWritten={isWritten} onWritten={setWritten} />
      {kind !== null && !isWritten && <p className="quiet">{t(`kind_help.${kind}`)}</p>}
      {!canEdit && <Notice>{t('panel.read_only')}</Notice>}
      {kind === null || isWritten ? (
        <WrittenStep step={step} onTaken={() => setWritten(false)} />
      ) : (
        <StepForm step={step} kind={kind} onSaved={open} />
      )}
    </>
  );
}

interface HeadProps {
  step: WorkingStep;
  kind: StepKind | null;
  isWritten: boolean;
  onWritten: (written: boolean) => void;
}

function Head({ step, kind, isWritten, onWritten }: HeadProps): ReactNode {
  const { t } = useTranslation('flows');
  const { flow, source, words, open } = useEditor();
  const heading = useRef<HTMLHeadingElement>(null);
  const isNew = step.id === NEW_STEP;
  const change = stepOf(flow, step.id)?.change;
  const { entriesOf, dialog } = useStepMenu();
  useEffect(() => heading.current?.focus({ preventScroll: false }), []);
  const written = {
    id: 'written',
    label: t(isWritten ? 'panel.as_form' : 'panel.as_text'),
    icon: 'edit' as const,
    run: () => onWritten(!isWritten),
  };
  return (
    <div className="panel-head">
      <Icon name={words.icon({ kind })} />
      <div className="titles">
        <h2 ref={heading} tabIndex={-1}>
          {isNew ? t('panel.new', { kind: words.kind({ kind }) }) : words.kind({ kind })}
        </h2>
        <div className="row small">
          {!isNew && <code>{step.id}</code>}
          {isChanged(step) && <Badge tone="warn">{t('badge.unsaved')}</Badge>}
          {change === 'added' && <Badge>{t('badge.added')}</Badge>}
          {change === 'changed' && <Badge>{t('badge.changed')}</Badge>}
          {!isNew && (
            <Link href={`/content/${source}/preview?${new URLSearchParams({ flow: flow.id, step: step.id })}`}>{t('panel.play')}</Link>
          )}
        </div>
      </div>
      <Menu label={t('panel.menu')} entries={isNew ? [written] : [written, ...entriesOf(step.id)]} />
      <IconButton icon="close" label={t('panel.close')} onPress={() => open(null)} />
      {dialog}
    </div>
  );
}

/** The step as its file writes it. */
function WrittenStep({ step, onTaken }: { step: WorkingStep; onTaken: () => void }): ReactNode {
  const { t } = useTranslation('flows');
  const { flow, working, canEdit } = useEditorWork();
  return (
    <WrittenValue
      label={t('panel.written')}
      hint={t('panel.written_hint')}
      value={step.raw}
      isReadOnly={!canEdit}
      check={(value) => {
        if (!isRecord(value)) return t('panel.no_step');
        if (value['id'] !== undefined && value['id'] !== step.id) return t('panel.other_id');
        return faultsOfStep(flow.id, step.id, value)[0]?.message ?? null;
      }}
      onTake={(value) => {
        if (!isRecord(value)) return;
        working.replace(step.id, value);
        onTaken();
      }}
    />
  );
}
