// Takes back the last thing that one did in a draft, whatever it was; also by Ctrl and Z outside of a field. Rendered by source-bar.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../api.ts';
import { useFormat } from '../format.ts';
import { useShortcut } from '../shortcuts.tsx';
import { Button } from '../ui/button.tsx';
import { useFaultText } from '../ui/error-notice.tsx';
import { useToasts } from '../ui/toast.tsx';
import { useEntryName } from './entry-name.ts';
import { CONTENT_READS } from './use-edits.ts';

const NAMED = 3;

export function UndoButton({ draftId }: { draftId: string }): ReactNode {
  const { t } = useTranslation('content');
  const format = useFormat();
  const { tell } = useToasts();
  const faultText = useFaultText();
  const nameOf = useEntryName();
  const undo = useAct('undoEdit', {
    changes: CONTENT_READS,
    onSuccess({ undone }) {
      if (undone.length === 0) tell(t('undo.nothing'));
      else if (undone.length > NAMED) tell(t('undo.done_many', { count: undone.length }));
      else tell(t('undo.done', { entries: format.list(undone.map(nameOf)) }));
    },
    onError: (error) => tell(faultText(error)),
  });
  const run = (): void => undo.mutate([{ params: { id: draftId } }]);
  useShortcut({ keys: 'mod+z', label: t('undo.label'), group: t('frame.keys'), run });
  return (
    <Button icon="undo" isPending={undo.isPending} onPress={run}>
      {t('undo.label')}
    </Button>
  );
}
