// One draft: what it changes, what colleagues say about it, and its way to being published. Rendered by changes-page.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useAct, useRead, type Answer } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { Section } from '../../layout/page.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { EmptyState, Notice, Skeleton } from '../../ui/pieces.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { ContentFrame } from '../content-frame.tsx';
import { CONTENT_READS } from '../use-edits.ts';
import { CommentsPart } from './comments-part.tsx';
import { DifferenceList } from './difference-list.tsx';
import { DraftConflicts } from './draft-conflicts.tsx';
import { DraftMenu } from './draft-menu.tsx';
import { WayOut } from './way-out.tsx';
import { isolated } from '../isolated.ts';

type Draft = Answer<'readDraft'>;

export function DraftChanges({ id }: { id: string }): ReactNode {
  const { t } = useTranslation('content');
  const format = useFormat();
  const read = useRead('readDraft', [{ params: { id } }]);
  const draft = read.data;
  return (
    <ContentFrame
      tab="changes"
      title={draft?.title ?? t('tab.changes')}
      {...(draft && {
        intro: t('changes.draft_intro', {
          alias: isolated(draft.createdBy),
          when: isolated(format.dateTime(draft.createdAt)),
          number: draft.base,
        }),
      })}
      actions={draft?.state === 'open' && draft.can.edit && <DraftMenu draft={draft} />}
    >
      {read.isPending && <Skeleton />}
      {draft && <Opened draft={draft} />}
    </ContentFrame>
  );
}

function Opened({ draft }: { draft: Draft }): ReactNode {
  const { t } = useTranslation('content');
  const isOpen = draft.state === 'open';
  return (
    <>
      {draft.publishedAs !== null && (
        <Notice tone="good" title={t('publish.done', { number: draft.publishedAs })}>
          <p>{t('publish.done_help')}</p>
          <Link href={`/content/${String(draft.publishedAs)}/changes`}>{t('publish.see', { number: draft.publishedAs })}</Link>
        </Notice>
      )}
      {draft.state === 'discarded' && <Notice title={t('draft.state.discarded')}>{t('frame.discarded_help')}</Notice>}
      {isOpen && <DraftConflicts draft={draft} />}
      {isOpen && (
        <Section title={t('way.title')}>
          <WayOut draft={draft} />
        </Section>
      )}
      <Section title={t('changes.title')}>
        <Differences draft={draft} />
      </Section>
      <Section title={t('comment.title')}>
        <CommentsPart draft={draft} />
      </Section>
    </>
  );
}

function Differences({ draft }: { draft: Draft }): ReactNode {
  const { t } = useTranslation('content');
  const { tell } = useToasts();
  const params = { id: draft.id };
  const undo = useAct('undoEdit', { changes: CONTENT_READS });
  const revert = useAct('revertEntry', {
    changes: CONTENT_READS,
    onSuccess: () => tell(t('difference.reverted'), () => undo.mutate([{ params }])),
  });
  const canEdit = draft.state === 'open' && draft.can.edit;
  if (draft.differences.length === 0) {
    return (
      <EmptyState icon="edit" title={t('changes.none')}>
        <p>{t(canEdit ? 'changes.none_help' : 'changes.same_help')}</p>
        {canEdit && <Link href={`/content/${draft.id}/texts`}>{t('changes.to_texts')}</Link>}
      </EmptyState>
    );
  }
  return (
    <>
      <ErrorNotice error={revert.error ?? undo.error} />
      <DifferenceList
        differences={draft.differences}
        source={draft.id}
        comments={draft.comments}
        draftId={draft.state === 'open' ? draft.id : undefined}
        {...(canEdit && { onRevert: (address: string) => revert.mutate([{ params, body: { addresses: [address] } }]) })}
      />
    </>
  );
}
