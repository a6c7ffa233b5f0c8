// Tries a question on the answer search: what a person who writes it would get, and how near each answer comes to the two bars.
// Nothing of it is kept. Used by the page of answers and by that of questions.
import { useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components/Form';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Select } from '../../ui/field.tsx';
import { localityOptions } from '../settings/code-options.ts';
import { SpokenField } from '../settings/spoken-field.tsx';
import type { Hotline } from '../settings/use-hotline.ts';
import { AskResult } from './ask-result.tsx';

export interface TryQuestionProps {
  source: string;
  hotline: Hotline;
  open: (id: string) => void;
}

export function TryQuestion({ source, hotline, open }: TryQuestionProps): ReactNode {
  const { t, i18n } = useTranslation('answers');
  const format = useFormat();
  const tags = hotline.languages.map(({ tag }) => tag);
  const [question, setQuestion] = useState('');
  const [language, setLanguage] = useState(tags.find((tag) => tag === i18n.language) ?? hotline.sourceLanguage);
  const [locality, setLocality] = useState('');
  const ask = useAct('askContent');
  return (
    <div className="stack">
      <p>{t('try.intro')}</p>
      <Form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (question.trim() === '') return;
          ask.mutate([{ params: { source }, body: { question: question.trim(), language, locality: locality === '' ? null : locality } }]);
        }}
      >
        <div className="two">
          <Select
            label={t('try.language')}
            value={language}
            options={tags.map((tag) => ({ value: tag, label: format.language(tag) }))}
            onChange={setLanguage}
          />
          <Select
            label={t('try.place')}
            value={locality}
            options={[{ value: '', label: t('try.place_unknown') }, ...localityOptions(hotline)]}
            onChange={setLocality}
          />
        </div>
        <SpokenField
          label={t('try.question')}
          rows={2}
          maxLength={500}
          isRequired
          value={question}
          onChange={setQuestion}
          language={language}
        />
        <div className="row">
          <Button type="submit" tone="primary" icon="search" isPending={ask.isPending}>
            {t('try.ask')}
          </Button>
        </div>
      </Form>
      <ErrorNotice error={ask.error} />
      <div role="status">{ask.data && <AskResult view={ask.data} source={source} language={language} open={open} />}</div>
    </div>
  );
}
