// The menu of a step, the same in the outline and in its panel: add behind, copy, move, rename, remove, play. With the dialogs that some of
// them need. Called once for all steps of a list. What each does is use-step-actions.ts' business.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { MenuEntry } from '../../ui/menu.tsx';
import { AddStepDialog } from './add-step-dialog.tsx';
import { useEditorWork } from './editor.ts';
import { RenameStepDialog } from './rename-step-dialog.tsx';
import { useStable } from './use-stable.ts';
import { useStepActions, type StepActions } from './use-step-actions.ts';

export interface StepMenu {
  entriesOf(id: string): MenuEntry[];
  /** To be drawn somewhere: what an entry opened. */
  dialog: ReactNode;
  actions: StepActions;
}

export function useStepMenu(): StepMenu {
  const { t } = useTranslation('flows');
  const editor = useEditorWork();
  const actions = useStepActions(editor);
  const [, go] = useLocation();
  const [asks, setAsks] = useState<{ what: 'add' | 'rename'; id: string } | null>(null);
  const { flow, canEdit, source } = editor;
  const last = flow.steps.length - 1;
  // A row that was drawn before does what is right now.
  const copy = useStable((id: string) => actions.copy(flow, [id], id));
  const move = useStable(actions.move);
  const remove = useStable(actions.remove);
  const close = (): void => setAsks(null);

  const playOf = (id: string): MenuEntry => ({
    id: 'play',
    label: t('panel.play'),
    icon: 'next',
    run: () => go(`/content/${source}/preview?${new URLSearchParams({ flow: flow.id, step: id })}`),
  });
  const changingOf = (id: string): MenuEntry[] => {
    const index = flow.steps.findIndex((step) => step.id === id);
    return [
      { id: 'add', label: t('menu.add'), icon: 'plus', run: () => setAsks({ what: 'add', id }) },
      { id: 'copy', label: t('menu.copy'), icon: 'copy', run: () => copy(id) },
      { id: 'up', label: t('menu.up'), isDisabled: index <= 0, run: () => move(id, -1) },
      { id: 'down', label: t('menu.down'), isDisabled: index === last, run: () => move(id, 1) },
      { id: 'rename', label: t('menu.rename'), icon: 'edit', run: () => setAsks({ what: 'rename', id }) },
      { id: 'remove', label: t('menu.remove'), icon: 'close', tone: 'danger', run: () => remove(id) },
    ];
  };
  return {
    actions,
    entriesOf: (id) => (canEdit ? [playOf(id), ...changingOf(id)] : [playOf(id)]),
    dialog: (
      <>
        <AddStepDialog isOpen={asks?.what === 'add'} after={asks?.id ?? null} onClose={close} />
        <RenameStepDialog isOpen={asks?.what === 'rename'} id={asks?.id ?? ''} onClose={close} />
      </>
    ),
  };
}
