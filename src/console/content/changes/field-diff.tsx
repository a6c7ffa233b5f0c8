// What one field of an entry was and is: words with what went and came, lists item by item, everything else before and after. Used by difference-item.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DifferenceView } from '../../../api/content-shapes.ts';
import { useCodeWord } from '../code-word.ts';
import { DiffText } from '../diff-text.tsx';
import { isolated } from '../isolated.ts';
import { useFieldName } from '../field-name.ts';
import { ValueView } from '../value-view.tsx';

/** What is no longer than this and belongs to no language is a code rather than a sentence. */
const SHORT = 24;

type Field = DifferenceView['fields'][number];

export function FieldDiff({ field, kind, language }: { field: Field; kind: DifferenceView['kind']; language: string | null }): ReactNode {
  const nameOf = useFieldName();
  if (kind === 'flow_order' && field.path !== '') return <Moved {...field} />;
  const name = nameOf(field.path);
  return (
    <div className="field-diff">
      {name !== '' && <div className="small quiet">{name}</div>}
      <Versions before={field.before} after={field.after} language={language} />
    </div>
  );
}

/** A step of an order: its places are counted from 1. */
function Moved({ path, before, after }: Field): ReactNode {
  const { t } = useTranslation('content');
  const step = isolated(path);
  if (before === undefined) return <p>{t('difference.step_in', { step, place: Number(after) })}</p>;
  if (after === undefined) return <p>{t('difference.step_out', { step, place: Number(before) })}</p>;
  return <p>{t('difference.step_moved', { step, from: Number(before), to: Number(after) })}</p>;
}

function Versions({ before, after, language }: Omit<Field, 'path'> & { language: string | null }): ReactNode {
  const { t } = useTranslation('content');
  if (typeof before === 'string' && typeof after === 'string') {
    const isCode = language === null && Math.max(before.length, after.length) <= SHORT;
    return isCode ? <Replaced before={before} after={after} /> : <DiffText before={before} after={after} language={language} />;
  }
  if (isWords(before) && isWords(after)) return <ListDiff before={before} after={after} language={language} />;
  return (
    <div className="versions">
      {before !== undefined && (
        <section aria-label={t('difference.before')}>
          <h4>{t('difference.before')}</h4>
          <ValueView value={before} language={language} />
        </section>
      )}
      {after !== undefined && (
        <section aria-label={t('difference.after')}>
          <h4>{t('difference.after')}</h4>
          <ValueView value={after} language={language} />
        </section>
      )}
    </div>
  );
}

/** Hours, days and codes are replaced as a whole. */
function Replaced({ before, after }: { before: string; after: string }): ReactNode {
  const wordOf = useCodeWord();
  return (
    <p className="diff">
      <del dir="auto">{wordOf(before)}</del> <ins dir="auto">{wordOf(after)}</ins>
    </p>
  );
}

function ListDiff({ before, after, language }: { before: string[]; after: string[]; language: string | null }): ReactNode {
  const { t } = useTranslation('content');
  const removed = before.filter((item) => !after.includes(item));
  const added = after.filter((item) => !before.includes(item));
  const same = after.length - added.length;
  return (
    <ul className="value-list diff">
      {removed.map((item) => (
        <li key={`removed ${item}`} lang={language ?? undefined}>
          <del dir="auto">{item}</del>
        </li>
      ))}
      {added.map((item) => (
        <li key={`added ${item}`} lang={language ?? undefined}>
          <ins dir="auto">{item}</ins>
        </li>
      ))}
      {removed.length === 0 && added.length === 0 && <li>{t('difference.order')}</li>}
      {same > 0 && <li className="quiet">{t('difference.same', { count: same })}</li>}
    </ul>
  );
}

function isWords(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
