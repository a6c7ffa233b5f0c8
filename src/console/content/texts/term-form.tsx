// Writes one term of the glossary into the draft, or takes it away. Rendered by glossary-dialog.tsx in place of its list.
// A translator writes the words of their languages; the term itself, its note included, is an editor's.
import { useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components/Form';
import { useTranslation } from 'react-i18next';
import type { GlossaryTerm } from '../../../domain/content.ts';
import { addressOf } from '../../../release/entry.ts';
import { useFormat } from '../../format.ts';
import { useMay } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { TextField } from '../../ui/field.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { ConflictDialog } from '../conflict-dialog.tsx';
import { isolated } from '../isolated.ts';
import { newId } from '../new-id.ts';
import { listOf, shownText } from '../settings/lines.ts';
import { SpokenField } from '../settings/spoken-field.tsx';
import { toJson } from '../settings/to-json.ts';
import { useContentPlace } from '../source.ts';
import { useEdits } from '../use-edits.ts';
import { GLOSSARY_FILE, nameOfTerm, type Glossary } from './use-glossary.ts';
import type { Texts } from './use-texts.ts';

const MAX_NOTE = 500;

export interface TermFormProps {
  glossary: Glossary;
  texts: Texts;
  source: NonNullable<Texts['source']>;
  /** Null for a new one. */
  term: GlossaryTerm | null;
  onClose: () => void;
}

export function TermForm({ glossary, texts, source, term, onClose }: TermFormProps): ReactNode {
  const { t } = useTranslation('content');
  const { t: shell } = useTranslation();
  const { tell } = useToasts();
  const { draftId } = useContentPlace();
  const mayAll = useMay()('content.edit');
  const edits = useEdits(draftId);
  const [isTried, setTried] = useState(false);
  const [note, setNote] = useState(term?.note ?? '');
  const [lines, setLines] = useState<Readonly<Record<string, string>>>(() => linesOf(term));
  const isNameless = mayAll && listOf(lines[source.tag] ?? '').length === 0;
  const write = async (next: GlossaryTerm | null, id: string, said: string): Promise<void> => {
    const value = next === null ? undefined : toJson(inFile(next));
    if (!(await edits.save([{ address: addressOf(GLOSSARY_FILE, id), value, expects: glossary.revisionOf(id) }]))) return;
    tell(said);
    onClose();
  };
  const save = (): void => {
    setTried(true);
    if (isNameless) return;
    const words = wordsOf(lines, term);
    const id = term?.id ?? newId(words[source.tag]?.[0] ?? '', new Set(glossary.terms.map((one) => one.id)), 'term');
    const next = { id, words, ...(note.trim() !== '' && { note: note.trim() }) };
    void write(next, id, t(term === null ? 'glossary.added' : 'glossary.saved', { name: isolated(nameOfTerm(next, source.tag)) }));
  };
  const takeMine = async (): Promise<boolean> => {
    const isDone = await edits.takeMine();
    if (isDone) onClose();
    return isDone;
  };
  const takeTheirs = (): void => {
    edits.takeTheirs();
    onClose();
  };
  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <h3>{term === null ? t('glossary.add') : t('glossary.change_of', { name: isolated(nameOfTerm(term, source.tag)) })}</h3>
      <p className="quiet small">{t('glossary.words_help')}</p>
      <ErrorNotice error={edits.error} />
      <div className="term-fields">
        <WordFields texts={texts} source={source} lines={lines} setLines={setLines} isWrong={isTried && isNameless} />
      </div>
      {mayAll && (
        <TextField
          rows={2}
          label={t('glossary.note')}
          hint={t('glossary.note_hint')}
          maxLength={MAX_NOTE}
          value={note}
          onChange={setNote}
        />
      )}
      <div className="actions row">
        {term !== null && mayAll && (
          <Button
            tone="danger"
            isDisabled={edits.isPending}
            onPress={() => void write(null, term.id, t('glossary.removed', { name: isolated(nameOfTerm(term, source.tag)) }))}
          >
            {t('glossary.remove')}
          </Button>
        )}
        <Button onPress={onClose}>{shell('ui.cancel')}</Button>
        <Button type="submit" tone="primary" isPending={edits.isPending}>
          {shell('ui.save')}
        </Button>
      </div>
      <ConflictDialog edits={{ ...edits, takeMine, takeTheirs }} />
    </Form>
  );
}

interface WordFieldsProps {
  texts: Texts;
  source: TermFormProps['source'];
  lines: Readonly<Record<string, string>>;
  setLines: (lines: Readonly<Record<string, string>>) => void;
  isWrong: boolean;
}

/** The languages that show, and those that the term has words in already; only where this person may write them. */
function WordFields({ texts, source, lines, setLines, isWrong }: WordFieldsProps): ReactNode {
  const { t } = useTranslation('content');
  const format = useFormat();
  const [tags] = useState(() => [...new Set([source, ...texts.beside].map(({ tag }) => tag).concat(Object.keys(lines)))]);
  const mine = tags.filter((tag) => texts.languages?.some((language) => language.tag === tag && language.mine));
  return mine.map((tag, index) => (
    <SpokenField
      key={tag}
      label={t('glossary.words_in', { language: format.language(tag) })}
      rows={2}
      language={tag}
      wrong={isWrong && tag === source.tag ? t('glossary.nameless') : null}
      autoFocus={index === 0}
      value={lines[tag] ?? ''}
      onChange={(text) => setLines({ ...lines, [tag]: text })}
    />
  ));
}

function linesOf(term: GlossaryTerm | null): Record<string, string> {
  return Object.fromEntries(Object.entries(term?.words ?? {}).map(([tag, words]) => [tag, shownText(words)]));
}

/** Languages without words are left out; those that nobody touched stay as they are in the file. */
function wordsOf(lines: Readonly<Record<string, string>>, term: GlossaryTerm | null): Record<string, string[]> {
  const before = linesOf(term);
  return Object.fromEntries(
    Object.entries(lines)
      .map(([tag, text]) => [tag, (text === before[tag] ? term?.words[tag] : undefined) ?? listOf(text)] as const)
      .filter(([, words]) => words.length > 0),
  );
}

/** As it stands in the file. */
function inFile({ id, note, words }: GlossaryTerm): unknown {
  return { id, ...words, ...(note !== undefined && { note }) };
}
