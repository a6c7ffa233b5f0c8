// Adds an answer, or the version of one for a place: what is known about it, then its question and its words in the source language.
// Its id is made from the topic. Opened from the pages of answers and of questions, in a dialog.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Answer } from '../../../domain/content.ts';
import { partsOf } from '../../../release/entry.ts';
import { EVERYWHERE } from '../../../release/locality-tree.ts';
import { addDays } from '../../../util/local-time.ts';
import { useFormat } from '../../format.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Select, TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/pieces.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { AddForm } from '../add-form.tsx';
import { linkTo } from '../link-to.ts';
import { localityOptions, topicOptions } from '../settings/code-options.ts';
import { SpokenField } from '../settings/spoken-field.tsx';
import type { Hotline } from '../settings/use-hotline.ts';
import type { ContentPlace } from '../source.ts';
import { useEdits } from '../use-edits.ts';
import { FlowSelect, KindSelect } from './answer-form.tsx';
import { fileOfNewAnswer, localAnswerId, newAnswerId } from './answer-id.ts';
import { answerEdits, type NewAnswer } from './new-answer.ts';
import type { AnswerEntry } from './use-answers.ts';
import { isolated } from '../isolated.ts';

export interface AddAnswerProps {
  isOpen: boolean;
  onClose: () => void;
  place: ContentPlace;
  hotline: Hotline;
  answers: readonly AnswerEntry[];
  taken: ReadonlySet<string>;
  /** The answer whose local version is added; null for a new one. */
  general: AnswerEntry | null;
  /** What happens instead of opening it. */
  onAdded?: (id: string) => void;
  /** What is shown above the form. */
  children?: ReactNode;
}

export function AddAnswer({ isOpen, ...props }: AddAnswerProps): ReactNode {
  const { t } = useTranslation('answers');
  // What was typed is there again when the dialog was closed by mistake.
  const [typed, setTyped] = useState<NewAnswer | null>(null);
  return (
    <Dialog title={t(props.general === null ? 'add.title' : 'add.local_title')} isOpen={isOpen} onClose={props.onClose}>
      {isOpen && <AnswerForm {...props} fields={typed ?? beginWith(props.general, props.hotline)} setFields={setTyped} />}
    </Dialog>
  );
}

const NEW_FOR_DAYS = 90;

interface AnswerFormProps extends Omit<AddAnswerProps, 'isOpen'> {
  fields: NewAnswer;
  setFields: (fields: NewAnswer | null) => void;
}

function AnswerForm(props: AnswerFormProps): ReactNode {
  const { fields, setFields, onClose, place, hotline, answers, taken, general, children } = props;
  const { t } = useTranslation('answers');
  const [isTried, setTried] = useState(false);
  const set = (change: Partial<NewAnswer>): void => setFields({ ...fields, ...change });
  const edits = useEdits(place.draftId);
  const done = useAdded(props);
  const id =
    general === null
      ? newAnswerId(fields.topic, taken)
      : localAnswerId(general.answer.replaces ?? general.answer.id, fields.locality, taken);
  const file = fileOfNewAnswer(
    fields.topic,
    answers.map(({ answer, entry }) => ({ file: partsOf(entry.address).file, topic: answer.topic })),
  );
  const same = answers.find(({ answer }) => general !== null && isVersionFor(answer, general.answer, fields.locality));
  const add = async (): Promise<void> => {
    setTried(true);
    if (isIncomplete(fields) || same !== undefined) return;
    if (!(await edits.save(answerEdits({ ...fields, id, file }, hotline.sourceLanguage)))) return;
    setFields(null);
    done(id, file);
  };
  return (
    <AddForm
      edits={edits}
      label={t('add.confirm')}
      onAdd={add}
      onCancel={() => {
        setFields(null);
        onClose();
      }}
      intro={
        <>
          {children}
          <p>{t(general === null ? 'add.intro' : 'add.local_intro', { title: isolated(general?.title ?? '') })}</p>
        </>
      }
    >
      {edits.conflicts.length > 0 && <Notice tone="bad" title={t('add.taken')} />}
      <KnownFields fields={fields} set={set} hotline={hotline} place={place} isLocal={general !== null} isTried={isTried} />
      {same !== undefined && <Notice tone="bad" title={t('add.same_place', { title: isolated(same.title) })} />}
      <WordFields fields={fields} set={set} language={hotline.sourceLanguage} isTried={isTried} />
      <p className="quiet small">
        {t('add.id')} <code>{id}</code>
      </p>
    </AddForm>
  );
}

function useAdded({ place, onAdded, onClose }: Pick<AddAnswerProps, 'place' | 'onAdded' | 'onClose'>): (id: string, file: string) => void {
  const { t } = useTranslation('answers');
  const { tell } = useToasts();
  const [, go] = useLocation();
  return (id, file) => {
    tell(t('add.done'));
    onClose();
    if (onAdded) onAdded(id);
    else go(linkTo(`${file}#${id}`, place.source));
  };
}

interface FieldsProps {
  fields: NewAnswer;
  set: (change: Partial<NewAnswer>) => void;
  isTried: boolean;
}

function KnownFields({
  fields,
  set,
  hotline,
  place,
  isLocal,
  isTried,
}: FieldsProps & { hotline: Hotline; place: ContentPlace; isLocal: boolean }): ReactNode {
  const { t } = useTranslation('answers');
  const places = localityOptions(hotline).filter(({ value }) => !isLocal || value !== EVERYWHERE);
  return (
    <div className="form">
      {!isLocal && (
        <Select label={t('answers.topic')} value={fields.topic} options={topicOptions(hotline)} onChange={(topic) => set({ topic })} />
      )}
      <Select
        label={t('answers.place')}
        hint={t('facts.place_hint')}
        value={fields.locality}
        options={places}
        onChange={(locality) => set({ locality })}
      />
      <KindSelect value={fields.kind} onChange={(kind) => set({ kind })} />
      <TextField
        label={t('facts.source')}
        hint={t('facts.source_hint')}
        wrong={isTried && fields.source.trim().length < 3 ? t('facts.source_missing') : null}
        value={fields.source}
        onChange={(source) => set({ source })}
      />
      <TextField
        label={t('facts.review_by')}
        hint={t('facts.review_by_hint')}
        type="date"
        ltr
        wrong={isTried && fields.reviewBy === '' ? t('facts.no_day') : null}
        value={fields.reviewBy}
        onChange={(reviewBy) => set({ reviewBy })}
      />
      <FlowSelect place={place} hotline={hotline} value={fields.flow} onChange={(flow) => set({ flow })} />
    </div>
  );
}

function WordFields({ fields, set, language, isTried }: FieldsProps & { language: string }): ReactNode {
  const { t } = useTranslation('answers');
  const format = useFormat();
  const need = (text: string): string | null => (isTried && text.trim() === '' ? t('add.missing') : null);
  return (
    <fieldset className="form">
      <legend className="quiet">{t('add.words_in', { language: format.language(language) })}</legend>
      <SpokenField
        label={t('texts.question')}
        language={language}
        wrong={need(fields.title)}
        value={fields.title}
        onChange={(title) => set({ title })}
      />
      <SpokenField
        label={t('texts.answer')}
        language={language}
        rows={4}
        wrong={need(fields.text)}
        value={fields.text}
        onChange={(text) => set({ text })}
      />
      <SpokenField
        label={t('phrasings.label')}
        hint={t('add.phrasings_hint')}
        language={language}
        rows={3}
        value={fields.phrasings}
        onChange={(phrasings) => set({ phrasings })}
      />
    </fieldset>
  );
}

function beginWith(general: AnswerEntry | null, hotline: Hotline): NewAnswer {
  const served = localityOptions(hotline).filter(({ value }) => value !== EVERYWHERE);
  return {
    topic: general?.answer.topic ?? hotline.topics.find(({ code }) => code.includes('.'))?.code ?? 'SYS.UNK',
    locality: general === null ? EVERYWHERE : (served[0]?.value ?? EVERYWHERE),
    kind: general === null ? 'common_knowledge' : 'local_practice',
    source: '',
    reviewBy: addDays(hotline.today, NEW_FOR_DAYS),
    flow: general?.answer.flow,
    replaces: general === null ? undefined : (general.answer.replaces ?? general.answer.id),
    title: '',
    text: '',
    phrasings: '',
  };
}

function isIncomplete({ source, title, text, reviewBy }: NewAnswer): boolean {
  return source.trim().length < 3 || title.trim() === '' || text.trim() === '' || !Answer.shape.review_by.safeParse(reviewBy).success;
}

/** Whether an answer stands in for the same entry in the same place already. */
function isVersionFor(answer: Answer, general: Answer, locality: string): boolean {
  const entry = general.replaces ?? general.id;
  return answer.locality === locality && (answer.replaces ?? answer.id) === entry;
}
