// A question as somebody wrote it, to read, with why it is not copied. Used by the work on a question and where a new answer is written for it.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContentPlace } from '../source.ts';
import { useFormat } from '../../format.ts';
import { Badge } from '../../ui/pieces.tsx';
import type { Hotline } from '../settings/use-hotline.ts';
import { useQuestionLanguage } from './question-language.ts';

export interface Question {
  id: string;
  at: number;
  /** Empty where it is not known. */
  language: string;
  text: string;
}

/** What the work on a question in a draft is given. */
export interface QuestionInDraft {
  place: ContentPlace;
  hotline: Hotline;
  question: Question;
}

export function QuestionShown({ question }: { question: Question }): ReactNode {
  const { t } = useTranslation('answers');
  const format = useFormat();
  const nameOf = useQuestionLanguage();
  return (
    <section className="question-shown" aria-label={t('questions.asked')}>
      <span className="row">
        <Badge icon="language">{nameOf(question.language)}</Badge>
        <span className="quiet small">{format.dateTime(question.at)}</span>
      </span>
      <blockquote lang={question.language} dir="auto">
        {question.text}
      </blockquote>
      <p className="quiet small">{t('questions.why_not_copied')}</p>
    </section>
  );
}
