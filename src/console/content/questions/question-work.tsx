// One question that found no answer: to read, while an editor looks for the answer that fits and types a phrasing for it in a draft.
// The words are never copied: they belong to whoever wrote them, and go when their message goes. Rendered by questions-page.tsx.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { DraftView } from '../../../api/content-shapes.ts';
import { BackLink } from '../../layout/page.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice, Skeleton } from '../../ui/pieces.tsx';
import { useHotline } from '../settings/use-hotline.ts';
import type { ContentPlace } from '../source.ts';
import { ChooseAnswer } from './choose-answer.tsx';
import { ChooseDraft } from './choose-draft.tsx';
import { QuestionShown, type Question } from './question-shown.tsx';

export function QuestionWork({ question, next }: { question: Question; next: string | null }): ReactNode {
  const { t } = useTranslation('answers');
  const [draft, setDraft] = useState<DraftView | null>(null);
  return (
    <article className="detail">
      <div className="detail-head">
        <div className="titles">
          <BackLink href="/content/questions" label={t('questions.back')} />
          <h1>{t('questions.find')}</h1>
          {next !== null && (
            <Link href={`/content/questions?question=${encodeURIComponent(next)}`} className="button plain">
              {t('questions.next')}
            </Link>
          )}
        </div>
      </div>
      <div className="detail-body">
        <QuestionShown question={question} />
        <ChooseDraft draft={draft} onChoose={setDraft} />
        {draft !== null && <InDraft key={draft.id} draft={draft} question={question} />}
      </div>
    </article>
  );
}

function InDraft({ draft, question }: { draft: DraftView; question: Question }): ReactNode {
  const { t } = useTranslation('answers');
  const place: ContentPlace = { source: draft.id, draftId: draft.id, draft, canEdit: draft.state === 'open' && draft.can.edit };
  const { hotline, error, retry } = useHotline(draft.id);
  if (hotline === null) return error === null ? <Skeleton lines={3} /> : <ErrorNotice error={error} retry={retry} />;
  const isSpoken = question.language === '' || hotline.languages.some(({ tag }) => tag === question.language);
  return (
    <>
      {!isSpoken && (
        <Notice tone="warn" title={t('questions.not_spoken')}>
          <p>{t('questions.not_spoken_help')}</p>
        </Notice>
      )}
      <ChooseAnswer place={place} hotline={hotline} question={question} />
    </>
  );
}
