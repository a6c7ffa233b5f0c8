// The answers of a release or a draft with their titles, in the language of the console where they have one. Used by the pages of
// answers and of questions.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../../api/client.ts';
import type { EntryView } from '../../../api/content-shapes.ts';
import { Answer } from '../../../domain/content.ts';
import { partsOf } from '../../../release/entry.ts';
import { useRead } from '../../api.ts';
import type { Hotline } from '../settings/use-hotline.ts';
import type { AnswerLine } from './answer-filter.ts';

export interface AnswerEntry extends AnswerLine {
  entry: EntryView;
}

export interface AnswersRead {
  answers: readonly AnswerEntry[] | null;
  /** Those that cannot be shown as a form, because something in them is wrong. */
  broken: readonly EntryView[];
  /** Every id that is in use, also of answers that a draft takes away. */
  taken: ReadonlySet<string>;
  error: ApiError | null;
  retry: () => void;
}

export function useAnswers(source: string, hotline: Hotline): AnswersRead {
  const { i18n } = useTranslation();
  const read = useRead('readEntries', [{ params: { source }, query: { kinds: 'answer' } }]);
  const ownLanguage = useWords(source, i18n.language);
  const sourceLanguage = useWords(source, hotline.sourceLanguage);
  const entries = read.data?.entries;
  const { error, refetch } = read;
  return useMemo(() => {
    const word = (key: string): string => ownLanguage.get(key) ?? sourceLanguage.get(key) ?? '';
    const found = (entries ?? []).filter(({ value }) => value !== undefined);
    const parsed = found.map((entry) => ({ entry, read: Answer.safeParse(entry.value) }));
    return {
      answers: entries
        ? parsed.flatMap(({ entry, read: { data: answer } }) =>
            answer === undefined
              ? []
              : [
                  {
                    entry,
                    answer,
                    title: word(`${answer.id}.title`) || answer.id,
                    text: word(answer.id),
                    changed: entry.change !== null,
                  },
                ],
          )
        : null,
      broken: parsed.filter(({ read: { success } }) => !success).map(({ entry }) => entry),
      taken: new Set((entries ?? []).map(({ address }) => partsOf(address).key)),
      error,
      retry: () => void refetch(),
    };
  }, [entries, ownLanguage, sourceLanguage, error, refetch]);
}

/** Texts of answers in a language by their keys. */
function useWords(source: string, language: string): ReadonlyMap<string, string> {
  const read = useRead('readEntries', [{ params: { source }, query: { file: `locales/${language}/answers.json` } }]);
  return useMemo(
    () =>
      new Map(
        (read.data?.entries ?? []).flatMap(({ address, value }): [string, string][] =>
          typeof value === 'string' ? [[partsOf(address).key, value]] : [],
        ),
      ),
    [read.data],
  );
}
