// In which draft an editor works on questions: one that is open, or a new one. Rendered by question-work.tsx.
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DraftView } from '../../../api/content-shapes.ts';
import { useAct, useRead } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Select, TextField } from '../../ui/field.tsx';
import { Skeleton } from '../../ui/pieces.tsx';
import { isolated } from '../isolated.ts';

export interface ChooseDraftProps {
  draft: DraftView | null;
  onChoose: (draft: DraftView | null) => void;
}

export function ChooseDraft({ draft, onChoose }: ChooseDraftProps): ReactNode {
  const { t } = useTranslation('answers');
  const format = useFormat();
  const read = useRead('listDrafts', []);
  const [title, setTitle] = useState<string | null>(null);
  const create = useAct('createDraft', {
    changes: ['listDrafts'],
    onSuccess(made) {
      setTitle(null);
      onChoose(made);
    },
  });
  const open = (read.data?.drafts ?? []).filter(({ state, can }) => state === 'open' && can.edit).sort((a, b) => b.updatedAt - a.updatedAt);
  useFirst(draft, open, onChoose);
  if (read.isPending) return <Skeleton lines={2} />;
  const isNew = draft === null || title !== null;
  return (
    <section className="part">
      <h2>{t('questions.draft')}</h2>
      <ErrorNotice error={read.error ?? create.error} retry={() => void read.refetch()} />
      {open.length > 0 && (
        <Select
          label={t('questions.in_draft')}
          value={isNew ? '' : draft.id}
          options={[
            ...open.map((one) => ({ value: one.id, label: `${isolated(one.title)} · ${format.day(one.updatedAt)}` })),
            { value: '', label: t('questions.new_draft') },
          ]}
          onChange={(id) => {
            const chosen = open.find((one) => one.id === id);
            setTitle(chosen === undefined ? t('questions.draft_title') : null);
            if (chosen !== undefined) onChoose(chosen);
          }}
        />
      )}
      {isNew && (
        <div className="form">
          {open.length === 0 && <p>{t('questions.no_draft')}</p>}
          <TextField label={t('questions.draft_name')} maxLength={120} value={title ?? t('questions.draft_title')} onChange={setTitle} />
          <div className="row">
            <Button
              tone="primary"
              icon="plus"
              isPending={create.isPending}
              onPress={() => create.mutate([{ body: { title: (title ?? '').trim() || t('questions.draft_title') } }])}
            >
              {t('questions.begin_draft')}
            </Button>
          </div>
        </div>
      )}
    </section>
  );
}

/** The draft that was worked on last is taken where nobody has chosen. */
function useFirst(draft: DraftView | null, open: readonly DraftView[], choose: (draft: DraftView) => void): void {
  const [first] = open;
  useEffect(() => {
    if (draft === null && first !== undefined) choose(first);
  }, [draft, first, choose]);
}
