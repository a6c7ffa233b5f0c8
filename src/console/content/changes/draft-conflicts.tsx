// What a newer release changed as well: for each entry one says whose stands, then the draft moves onto that release. Rendered by draft-changes.tsx.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct, type Answer } from '../../api.ts';
import { Button } from '../../ui/button.tsx';
import { OneOf } from '../../ui/choice.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/pieces.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { ConflictVersions } from '../conflict-versions.tsx';
import { CONTENT_READS } from '../use-edits.ts';

type Take = 'mine' | 'theirs';

export function DraftConflicts({ draft }: { draft: Answer<'readDraft'> }): ReactNode {
  const { t } = useTranslation('content');
  const { tell } = useToasts();
  const [takes, setTakes] = useState<Readonly<Record<string, Take>>>({});
  const resolve = useAct('resolveConflicts', {
    changes: CONTENT_READS,
    onSuccess({ base }) {
      tell(t('behind.done', { number: base }));
      setTakes({});
    },
  });
  if (!draft.behind && draft.conflicts.length === 0) return null;
  const resolutions = draft.conflicts.flatMap(({ address }) => {
    const take = takes[address];
    return take === undefined ? [] : [{ address, take }];
  });
  const left = draft.conflicts.length - resolutions.length;
  return (
    <Notice tone="warn" title={t(draft.conflicts.length === 0 ? 'behind.title' : 'behind.conflicts', { count: draft.conflicts.length })}>
      <p>{t(draft.conflicts.length === 0 ? 'behind.help' : 'behind.conflicts_help')}</p>
      {draft.conflicts.map((conflict) => (
        <ConflictVersions key={conflict.address} conflict={conflict} mine={t('behind.mine')} theirs={t('behind.theirs')}>
          <OneOf
            label={t('behind.take')}
            value={takes[conflict.address] ?? null}
            options={(['mine', 'theirs'] as const).map((value) => ({ value, label: t(`behind.take_${value}`) }))}
            onChange={(take) => setTakes((current) => ({ ...current, [conflict.address]: take }))}
          />
        </ConflictVersions>
      ))}
      <ErrorNotice error={resolve.error} />
      {draft.can.edit && (
        <>
          <Button
            isPending={resolve.isPending}
            isDisabled={left > 0}
            onPress={() => resolve.mutate([{ params: { id: draft.id }, body: { resolutions } }])}
          >
            {t('behind.move')}
          </Button>
          {left > 0 && <p className="small">{t('behind.left', { count: left })}</p>}
        </>
      )}
    </Notice>
  );
}
