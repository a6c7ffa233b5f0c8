// Questions that found no answer, the newest first, with their language; how long they are here, and what is never here.
// Rendered by questions-page.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ApiError } from '../../../api/client.ts';
import type { Answer } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Select } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Badge, EmptyState, Notice, Skeleton } from '../../ui/pieces.tsx';
import { useHotline } from '../settings/use-hotline.ts';
import { useQuestionLanguage } from './question-language.ts';

export interface QuestionListProps {
  read: UseQueryResult<Answer<'listQuestions'>, ApiError>;
  open: string | null;
  language: string;
  setLanguage: (language: string) => void;
  isFirst: boolean;
  setAfter: (after: string | undefined) => void;
}

export function QuestionList({ read, open, language, setLanguage, isFirst, setAfter }: QuestionListProps): ReactNode {
  const { t } = useTranslation('answers');
  const format = useFormat();
  const nameOf = useQuestionLanguage();
  const { hotline } = useHotline('current');
  const days = hotline?.settings.retention?.messages_days;
  const known = hotline?.knownLanguages ?? [];
  return (
    <div className="box-list">
      <div className="box-head">
        <Link href="/content" className="small row">
          <Icon name="back" size={16} />
          {t('questions.to_content')}
        </Link>
        <h1>{t('questions.title')}</h1>
        <p className="quiet">{t('questions.intro')}</p>
        <Notice>
          <p>{days === undefined ? t('questions.kept') : t('questions.kept_days', { count: days })}</p>
          <p>{t('questions.never_private')}</p>
        </Notice>
        <Select
          label={t('questions.language')}
          value={language}
          options={[
            { value: '', label: t('questions.all_languages') },
            ...known.map(({ tag }) => ({ value: tag, label: format.language(tag) })).sort((a, b) => a.label.localeCompare(b.label)),
          ]}
          onChange={setLanguage}
        />
      </div>
      <ErrorNotice error={read.error} retry={() => void read.refetch()} />
      {read.isPending && <Skeleton />}
      {read.data?.questions.length === 0 && (
        <EmptyState icon="check" title={t('questions.empty')}>
          <p>{t('questions.empty_help')}</p>
        </EmptyState>
      )}
      {read.data && read.data.questions.length > 0 && (
        <ul aria-label={t('questions.title')}>
          {read.data.questions.map((question) => (
            <li key={question.id}>
              <Link
                href={`/content/questions?question=${encodeURIComponent(question.id)}`}
                className="box-line"
                aria-current={question.id === open ? 'page' : undefined}
              >
                <span className="first">
                  <Badge icon="language">{nameOf(question.language)}</Badge>
                  <time className="quiet small" dateTime={new Date(question.at).toISOString()}>
                    {format.relative(question.at)}
                  </time>
                </span>
                <span className="question-start" lang={question.language} dir="auto">
                  {question.text}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      <div className="row box-foot">
        {!isFirst && <Button onPress={() => setAfter(undefined)}>{t('questions.first_page')}</Button>}
        {read.data?.next != null && <Button onPress={() => setAfter(read.data?.next ?? undefined)}>{t('questions.more')}</Button>}
      </div>
    </div>
  );
}
