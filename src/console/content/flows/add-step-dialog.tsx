// Adds steps behind a step: one of any type, a ready piece, or copies from another flow. Opened from the menu of a step and above the outline.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { StepKind } from '../../../engine/steps/index.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { CopyFromFlow } from './copy-from-flow.tsx';
import { STEP_KINDS } from './edited-flow.ts';
import { useEditor, useEditorWork } from './editor.ts';
import { TemplateForm } from './template-form.tsx';
import { useStepActions } from './use-step-actions.ts';

export interface AddStepDialogProps {
  isOpen: boolean;
  /** Behind which step; null before all others. */
  after: string | null;
  onClose: () => void;
}

/** In the order in which they are needed most. */
const GROUPS: readonly { name: 'talk' | 'help' | 'way' | 'note'; kinds: readonly StepKind[] }[] = [
  { name: 'talk', kinds: ['say', 'ask', 'answer', 'consent', 'remind'] },
  { name: 'help', kinds: ['directory', 'offer_person', 'handoff', 'complaint'] },
  { name: 'way', kinds: ['branch', 'call', 'goto', 'wait', 'end'] },
];

export function AddStepDialog({ isOpen, after, onClose }: AddStepDialogProps): ReactNode {
  const { t } = useTranslation('flows');
  return (
    <Dialog title={t('add.title')} size="wide" isOpen={isOpen} onClose={onClose}>
      <AddStep after={after} onDone={onClose} />
    </Dialog>
  );
}

interface AddStepProps {
  after: string | null;
  onDone: () => void;
}

function AddStep(props: AddStepProps): ReactNode {
  const { t } = useTranslation('flows');
  const { words } = useEditor();
  const { after } = props;
  return (
    <div className="stack in-dialog">
      <p className="quiet">{after === null ? t('add.first') : t('add.after', { step: words.option(after) })}</p>
      <Tabs
        label={t('add.ways')}
        tabs={[
          { id: 'kind', label: t('add.one'), content: () => <OneStep {...props} /> },
          { id: 'template', label: t('add.template'), content: () => <Piece {...props} /> },
          { id: 'copy', label: t('add.copy'), content: () => <FromFlow {...props} /> },
        ]}
      />
    </div>
  );
}

function OneStep({ after, onDone }: AddStepProps): ReactNode {
  const actions = useStepActions(useEditorWork());
  return (
    <Kinds
      onChoose={(kind) => {
        actions.add(kind, after);
        onDone();
      }}
    />
  );
}

function Piece({ after, onDone }: AddStepProps): ReactNode {
  const { t } = useTranslation('flows');
  const editor = useEditorWork();
  const actions = useStepActions(editor);
  return (
    <TemplateForm
      hotline={editor.content.hotline}
      flows={editor.content.flows}
      language={editor.texts.language}
      submit={t('add.submit')}
      isPending={actions.isPending}
      onMake={(template) => {
        actions.addTemplate(template, after);
        onDone();
      }}
    />
  );
}

function FromFlow({ after, onDone }: AddStepProps): ReactNode {
  const editor = useEditorWork();
  const actions = useStepActions(editor);
  return (
    <CopyFromFlow
      flows={[...editor.content.flows.values()].filter(({ id }) => id !== editor.flow.id)}
      isPending={actions.isPending}
      onCopy={(from, steps) => {
        actions.copy(from, steps, after);
        onDone();
      }}
    />
  );
}

function Kinds({ onChoose }: { onChoose: (kind: StepKind) => void }): ReactNode {
  const { t } = useTranslation('flows');
  const { words } = useEditor();
  const placed = new Set(GROUPS.flatMap(({ kinds }) => kinds));
  const groups = [...GROUPS, { name: 'note' as const, kinds: STEP_KINDS.filter((kind) => !placed.has(kind)) }];
  const [explained, setExplained] = useState(true);
  return (
    <div className="stack">
      {groups.map(({ name, kinds }) => (
        <section key={name} className="stack tight" aria-label={t(`add.group.${name}`)}>
          <h3>{t(`add.group.${name}`)}</h3>
          <ul className="kinds">
            {kinds.map((kind) => (
              <li key={kind}>
                <Button tone="plain" onPress={() => onChoose(kind)}>
                  <Icon name={words.icon({ kind })} />
                  <span className="words">
                    <strong>{words.kind({ kind })}</strong>
                    {explained && <span className="small quiet">{t(`kind_help.${kind}`)}</span>}
                  </span>
                </Button>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <div className="row">
        <Button tone="plain" onPress={() => setExplained(!explained)}>
          {t(explained ? 'add.shorter' : 'add.longer')}
        </Button>
      </div>
    </div>
  );
}
