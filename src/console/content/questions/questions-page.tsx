// Questions that found no answer: the list, and the work on one of them, which ends in a phrasing that an editor types anew.
// Opened by /content/questions; `?question=` says which one is open. Its words never stand in the address. Looking is recorded.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'wouter';
import { useRead } from '../../api.ts';
import { Columns } from '../../layout/columns.tsx';
import { usePageTitle } from '../../layout/page.tsx';
import { EmptyState } from '../../ui/pieces.tsx';
import { QuestionList } from './question-list.tsx';
import { QuestionWork } from './question-work.tsx';
import '../../referrals/referrals.css';
import './questions.css';

export function QuestionsPage(): ReactNode {
  const { t } = useTranslation('answers');
  const [search] = useSearchParams();
  const [language, setLanguage] = useState('');
  const [after, setAfter] = useState<string | undefined>(undefined);
  const read = useRead(
    'listQuestions',
    [{ query: { ...(language === '' ? {} : { language }), ...(after === undefined ? {} : { after }) } }],
    // Every look is written down: none that nobody asked for.
    { refetchOnWindowFocus: false, staleTime: Number.POSITIVE_INFINITY },
  );
  usePageTitle(t('questions.title'));
  const questions = read.data?.questions ?? [];
  const at = questions.findIndex(({ id }) => id === search.get('question'));
  const opened = questions[at];
  return (
    <Columns
      show={opened === undefined ? 'list' : 'detail'}
      listLabel={t('questions.title')}
      list={
        <QuestionList
          read={read}
          open={opened?.id ?? null}
          language={language}
          setLanguage={(next) => {
            setLanguage(next);
            setAfter(undefined);
          }}
          isFirst={after === undefined}
          setAfter={setAfter}
        />
      }
      detailLabel={t('questions.one')}
      detail={
        opened === undefined ? (
          <EmptyState icon="help" title={t('questions.none_open')}>
            <p>{t('questions.none_open_help')}</p>
          </EmptyState>
        ) : (
          <QuestionWork key={opened.id} question={opened} next={questions[at + 1]?.id ?? null} />
        )
      }
    />
  );
}
