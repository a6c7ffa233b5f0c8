// Finds the answer that a question should have found: those that the search holds to be near, any other by its title, or a new one.
// Rendered by question-work.tsx; the phrasing is then typed in add-phrasing.tsx.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AddAnswer } from '../answers/add-answer.tsx';
import { AskResult } from '../answers/ask-result.tsx';
import { useAnswers } from '../answers/use-answers.ts';
import '../answers/answers.css';
import { useAct } from '../../api.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Select } from '../../ui/field.tsx';
import { Skeleton } from '../../ui/pieces.tsx';
import type { ContentPlace } from '../source.ts';
import { AddPhrasing } from './add-phrasing.tsx';
import { QuestionShown, type Question, type QuestionInDraft } from './question-shown.tsx';

export function ChooseAnswer({ place, hotline, question }: QuestionInDraft): ReactNode {
  const { t } = useTranslation('answers');
  const { answers, taken, error, retry } = useAnswers(place.source, hotline);
  const [id, setId] = useState('');
  const [isAdding, setAdding] = useState(false);
  if (answers === null) return error === null ? <Skeleton lines={3} /> : <ErrorNotice error={error} retry={retry} />;
  const chosen = answers.find(({ answer }) => answer.id === id);
  return (
    <section className="part">
      <h2>{t('questions.which')}</h2>
      <Nearest
        place={place}
        question={question}
        language={question.language === '' ? hotline.sourceLanguage : question.language}
        onChoose={setId}
      />
      <Select
        label={t('questions.answer')}
        value={id}
        options={[
          { value: '', label: t('questions.choose') },
          ...answers.map(({ answer, title }) => ({ value: answer.id, label: title })).sort((a, b) => a.label.localeCompare(b.label)),
        ]}
        onChange={setId}
      />
      <div className="row">
        <Button icon="plus" onPress={() => setAdding(true)}>
          {t('questions.new_answer')}
        </Button>
      </div>
      {chosen && <AddPhrasing key={id} shown={chosen} place={place} hotline={hotline} question={question} />}
      <AddAnswer
        isOpen={isAdding}
        onClose={() => setAdding(false)}
        place={place}
        hotline={hotline}
        answers={answers}
        taken={taken}
        general={null}
        onAdded={setId}
      >
        <QuestionShown question={question} />
      </AddAnswer>
    </section>
  );
}

/** Asks the search, which keeps nothing; only when somebody wants it. */
interface NearestProps {
  place: ContentPlace;
  question: Question;
  language: string;
  onChoose: (id: string) => void;
}

function Nearest({ place, question, language, onChoose }: NearestProps): ReactNode {
  const { t } = useTranslation('answers');
  const ask = useAct('askContent');
  return (
    <>
      <div className="row">
        <Button
          icon="search"
          isPending={ask.isPending}
          onPress={() =>
            ask.mutate([
              {
                params: { source: place.source },
                body: { question: question.text.slice(0, 500), language, locality: null },
              },
            ])
          }
        >
          {t('questions.nearest')}
        </Button>
      </div>
      <ErrorNotice error={ask.error} />
      <div role="status">
        {ask.data && (
          <AskResult view={ask.data} source={place.source} language={language} open={onChoose} openLabel={t('questions.take')} />
        )}
      </div>
    </>
  );
}
