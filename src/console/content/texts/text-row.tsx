// One text in the source language and those beside it, with where it is said. Rendered by texts-page.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { TextRowView, TextsView } from '../../../api/content-shapes.ts';
import type { GlossaryTerm } from '../../../domain/content.ts';
import { Checkbox } from '../../ui/choice.tsx';
import { isolated } from '../isolated.ts';
import { linkTo, linkToStep } from '../link-to.ts';
import { cellOf } from './held-rows.ts';
import { RowTerms } from './row-terms.tsx';
import { TextCellField } from './text-cell-field.tsx';
import type { TextSaver } from './use-text-saver.ts';

type Language = TextsView['languages'][number];
/** So many places are named; the rest is counted. */
const NAMED = 3;

export interface TextRowProps {
  row: TextRowView;
  /** The source first. */
  languages: readonly Language[];
  /** Which content: for links. */
  place: string;
  canEdit: boolean;
  isNarrow: boolean;
  /** The glossary. */
  terms: readonly GlossaryTerm[];
  save: TextSaver['save'];
  isSelected: boolean;
  /** Absent where nothing can be selected. */
  onSelect?: (isSelected: boolean) => void;
}

export function TextRow({ row, languages, place, canEdit, isNarrow, terms, save, isSelected, onSelect }: TextRowProps): ReactNode {
  const { t } = useTranslation('content');
  const [namespace = '', ...rest] = row.key.split(':');
  const key = rest.join(':');
  const [source, ...beside] = languages;
  return (
    <li className="text-row">
      <div className="text-about">
        <h2 className="text-name">
          <code>{key}</code>
        </h2>
        <span className="quiet small">
          <bdi>{namespace}</bdi>
        </span>
        <UsedBy row={row} place={place} />
        {onSelect && <Checkbox label={t('texts.select')} isSelected={isSelected} onChange={onSelect} />}
      </div>
      <div className="text-cells">
        {languages.map((language) => (
          <TextCellField
            key={language.tag}
            row={row}
            language={language}
            source={source !== undefined && language.tag !== source.tag ? cellOf(row, source.tag) : null}
            canEdit={canEdit && language.mine}
            isNarrow={isNarrow}
            save={save}
            below={language === source && <RowTerms row={row} source={source} beside={beside} terms={terms} />}
          />
        ))}
      </div>
    </li>
  );
}

function UsedBy({ row, place }: { row: TextRowView; place: string }): ReactNode {
  const { t } = useTranslation('content');
  const { usedBy, key } = row;
  if (key.startsWith('answers:')) {
    return (
      <Link className="small" href={linkTo(`locales/en/answers.json#${key.slice('answers:'.length)}`, place)}>
        {t('texts.of_answer')}
      </Link>
    );
  }
  if (usedBy.length === 0) return null;
  return (
    <ul className="used-by small">
      {usedBy.slice(0, NAMED).map(({ flow, step }) => (
        <li key={`${flow ?? ''} ${step ?? ''}`}>
          {flow === null ? (
            <span className="quiet">{t('texts.used_everywhere')}</span>
          ) : (
            <Link href={linkToStep(flow, step, place)}>
              {step === null
                ? t('texts.used_by_flow', { flow: isolated(flow) })
                : t('texts.used_by', { flow: isolated(flow), step: isolated(step) })}
            </Link>
          )}
        </li>
      ))}
      {usedBy.length > NAMED && <li className="quiet">{t('texts.used_more', { count: usedBy.length - NAMED })}</li>}
    </ul>
  );
}
