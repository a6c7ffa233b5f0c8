// What colleagues said about a draft and its changes, and saying more. Rendered by draft-changes.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api.ts';
import { CommentForm } from './comment-form.tsx';
import { CommentLines } from './comment-lines.tsx';

export function CommentsPart({ draft }: { draft: Answer<'readDraft'> }): ReactNode {
  const { t } = useTranslation('content');
  return (
    <>
      {draft.comments.length === 0 && <p className="quiet">{t('comment.none')}</p>}
      <CommentLines comments={draft.comments} source={draft.id} />
      {draft.state === 'open' && <CommentForm draftId={draft.id} address={null} />}
    </>
  );
}
