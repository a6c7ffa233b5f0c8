// The chosen answer with the ways in which people ask for it, and a new one that an editor types. Rendered by choose-answer.tsx.
import { useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components/Form';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useFormat } from '../../format.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Select } from '../../ui/field.tsx';
import { Skeleton } from '../../ui/pieces.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { answerKeys } from '../answers/answer-keys.ts';
import type { AnswerEntry } from '../answers/use-answers.ts';
import { ConflictDialog } from '../conflict-dialog.tsx';
import { listOf, shownText } from '../settings/lines.ts';
import { SpokenField } from '../settings/spoken-field.tsx';
import { cellOf, useTextsOf, type TextsOf } from '../settings/texts-of.ts';
import { tagDirection } from '../tag-direction.ts';
import { TextShown } from '../text-shown.tsx';
import { useEdits } from '../use-edits.ts';
import { faultOfPhrasing } from './own-words.ts';
import type { QuestionInDraft } from './question-shown.tsx';

export interface AddPhrasingProps extends QuestionInDraft {
  shown: AnswerEntry;
}

export function AddPhrasing(props: AddPhrasingProps): ReactNode {
  const { shown, place, hotline, question } = props;
  const { t } = useTranslation('answers');
  const format = useFormat();
  const tags = hotline.languages.map(({ tag }) => tag);
  const [language, setLanguage] = useState(tags.find((tag) => tag === question.language) ?? hotline.sourceLanguage);
  const read = useTextsOf(place.source, { namespace: 'answers', q: shown.answer.id, languages: tags });
  if (read.error !== null) return <ErrorNotice error={read.error} retry={() => void read.refetch()} />;
  if (read.data === undefined) return <Skeleton lines={3} />;
  return (
    <section className="content-card" aria-label={shown.title}>
      <Select
        label={t('questions.phrasing_language')}
        value={language}
        options={tags.map((tag) => ({ value: tag, label: format.language(tag) }))}
        onChange={setLanguage}
      />
      <AnswerShown id={shown.answer.id} texts={read.data} language={language} />
      <PhrasingForm {...props} texts={read.data} language={language} />
      <Link href={`/content/${place.source}/answers/${shown.answer.id}?language=${language}`}>{t('questions.open_answer')}</Link>
    </section>
  );
}

function AnswerShown({ id, texts, language }: { id: string; texts: TextsOf; language: string }): ReactNode {
  const { t } = useTranslation('answers');
  const keys = answerKeys(id);
  const shared = { language, rtl: tagDirection(language) === 'rtl' };
  const said = (key: string): string => shownText(cellOf(texts, key, language).value);
  if (said(keys.text) === '') return <p className="quiet">{t('questions.not_translated')}</p>;
  return (
    <>
      <strong>
        <TextShown text={said(keys.title)} {...shared} />
      </strong>
      <TextShown text={said(keys.text)} {...shared} />
    </>
  );
}

function PhrasingForm({ shown, place, question, texts, language }: AddPhrasingProps & { texts: TextsOf; language: string }): ReactNode {
  const { t } = useTranslation('answers');
  const { tell } = useToasts();
  const edits = useEdits(place.draftId);
  const [typed, setTyped] = useState('');
  const [isTried, setTried] = useState(false);
  const cell = cellOf(texts, answerKeys(shown.answer.id).phrasings, language);
  const written = listOf(shownText(cell.value));
  const spoken = { lang: language, dir: tagDirection(language) };
  const fault = typed.trim() === '' ? 'empty' : faultOfPhrasing(typed, question.text, written);
  const isMine = texts.languages.find(({ tag }) => tag === language)?.mine === true;
  const add = async (): Promise<void> => {
    setTried(true);
    if (fault !== null) return;
    if (!(await edits.save([{ address: cell.address, value: [...written, typed.trim()], expects: cell.revision }]))) return;
    setTyped('');
    setTried(false);
    tell(t('questions.phrasing_added'));
  };
  return (
    <>
      <h3>{t('phrasings.label')}</h3>
      {written.length === 0 ? (
        <p className="quiet">{t('questions.no_phrasings')}</p>
      ) : (
        <ul className="phrasing-list" {...spoken}>
          {written.map((phrasing) => (
            <li key={phrasing}>{phrasing}</li>
          ))}
        </ul>
      )}
      <ErrorNotice error={edits.error} />
      {isMine ? (
        <Form
          className="form"
          onSubmit={(event) => {
            event.preventDefault();
            void add();
          }}
        >
          <SpokenField
            language={language}
            label={t('questions.phrasing')}
            hint={t('questions.phrasing_hint')}
            maxLength={300}
            wrong={isTried && fault !== null ? t(`questions.fault_${fault}`) : null}
            value={typed}
            onChange={setTyped}
          />
          <div className="row">
            <Button type="submit" tone="primary" icon="plus" isPending={edits.isPending}>
              {t('questions.add_phrasing')}
            </Button>
          </div>
        </Form>
      ) : (
        <p className="quiet">{t('texts.not_yours')}</p>
      )}
      <ConflictDialog edits={edits} />
    </>
  );
}
