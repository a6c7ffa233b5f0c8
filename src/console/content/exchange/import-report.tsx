// What taking files in would change, and what is left out and why. Used by upload-part.tsx.
// The sentences of single notes come from the readers of files and are written in English.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { kindOf } from '../../../release/entry.ts';
import type { Answer } from '../../api.ts';
import { Button } from '../../ui/button.tsx';
import { Badge } from '../../ui/pieces.tsx';
import { useEntryName } from '../entry-name.ts';
import { linkTo } from '../link-to.ts';

type Report = Answer<'importContent'>;
const TONES = { error: 'bad', warning: 'warn', info: 'plain' } as const;
const SHOWN = 30;

export function ImportReport({ answer, source, children }: { answer: Report; source: string; children?: ReactNode }): ReactNode {
  const { t } = useTranslation('content');
  const [all, setAll] = useState(false);
  const { changes, notes } = answer;
  const hasErrors = notes.some(({ severity }) => severity === 'error');
  const shown = all ? notes : notes.slice(0, SHOWN);
  return (
    <section className="import-report" aria-label={t('import.report')}>
      <h3>{t('import.report')}</h3>
      <p role="status">
        {changes === 0 ? t('import.no_changes') : t('import.would_change', { count: changes })}
        {hasErrors && changes === 0 && <> {t('import.mend_first')}</>}
      </p>
      {notes.length > 0 && (
        <ul>
          {shown.map((note, index) => (
            <li key={`${note.code} ${note.where ?? ''} ${String(index)}`}>
              <Badge tone={TONES[note.severity]}>{t(`import.${note.severity}`)}</Badge>
              <span lang="en" dir="ltr">
                {note.message}
              </span>
              <Where where={note.where} source={source} />
            </li>
          ))}
        </ul>
      )}
      {shown.length < notes.length && (
        <div className="row">
          <Button onPress={() => setAll(true)}>{t('import.show_all', { count: notes.length })}</Button>
        </div>
      )}
      {children}
    </section>
  );
}

function Where({ where, source }: { where: string | null; source: string }): ReactNode {
  const nameOf = useEntryName();
  if (where === null) return null;
  if (!where.includes('#') || kindOf(where) === null) return <code className="small quiet">{where}</code>;
  return (
    <Link className="small" href={linkTo(where, source)}>
      {nameOf(where)}
    </Link>
  );
}
