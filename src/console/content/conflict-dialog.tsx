// Somebody else changed the same thing meanwhile: both versions are shown, and whoever saves decides. Opens by itself where `edits` holds conflicts.
// Used by every editor of content. Closing it leaves theirs as it is; what was typed stays in its field.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { ConflictVersions } from './conflict-versions.tsx';
import type { Edits } from './use-edits.ts';

export function ConflictDialog({ edits }: { edits: Edits }): ReactNode {
  const { t } = useTranslation('content');
  const { conflicts } = edits;
  return (
    <Dialog title={t('conflict.title')} size="wide" isOpen={conflicts.length > 0} onClose={edits.takeTheirs}>
      <p>{t('conflict.intro', { count: conflicts.length })}</p>
      {conflicts.map((conflict) => (
        <ConflictVersions key={conflict.address} conflict={conflict} />
      ))}
      <ErrorNotice error={edits.error} />
      <div className="actions">
        <Button onPress={edits.takeTheirs}>{t('conflict.take_theirs')}</Button>
        <Button tone="primary" isPending={edits.isPending} onPress={() => void edits.takeMine()}>
          {t('conflict.take_mine')}
        </Button>
      </div>
    </Dialog>
  );
}
