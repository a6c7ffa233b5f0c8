// Asks before the content of an earlier release is put back, and says what happens to conversations that are under way. Rendered by release-list.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReleaseView } from '../../../api/content-shapes.ts';
import { useAct } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { CONTENT_READS } from '../use-edits.ts';
import { isolated } from '../isolated.ts';

export function RollBackDialog({ release, onClose }: { release: ReleaseView | null; onClose: () => void }): ReactNode {
  const { t } = useTranslation('content');
  const format = useFormat();
  const { tell } = useToasts();
  const put = useAct('rollBack', {
    changes: [...CONTENT_READS, 'listReleases'],
    onSuccess({ number }) {
      tell(t('roll_back.done', { number }));
      onClose();
    },
  });
  const old = release?.number ?? 0;
  return (
    <Dialog title={t('roll_back.title', { number: old })} isOpen={release !== null} onClose={onClose}>
      {release !== null && (
        <>
          <p>{t('roll_back.what', { number: old, when: isolated(format.dateTime(release.publishedAt)) })}</p>
          <ul className="bullets">
            <li>{t('roll_back.running')}</li>
            <li>{t('roll_back.drafts')}</li>
            <li>{t('roll_back.nothing_lost')}</li>
          </ul>
          <ErrorNotice error={put.error} />
          <div className="actions">
            <Button onPress={onClose}>{t('roll_back.leave')}</Button>
            <Button tone="danger" isPending={put.isPending} onPress={() => put.mutate([{ params: { number: old } }])}>
              {t('roll_back.do')}
            </Button>
          </div>
        </>
      )}
    </Dialog>
  );
}
