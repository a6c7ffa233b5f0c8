// The terms of the glossary that a source text has, with the agreed words of the languages beside it; a word that the translation does
// not say is marked. Rendered by text-row.tsx, under the source text.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TextRowView, TextsView } from '../../../api/content-shapes.ts';
import type { GlossaryTerm } from '../../../domain/content.ts';
import { findTerms, usesAgreedWord } from '../../../release/find-terms.ts';
import { parseForm } from '../../../rendering/text-forms.ts';
import { useFormat } from '../../format.ts';
import { nameOfTerm } from './use-glossary.ts';

type Language = TextsView['languages'][number];

export interface RowTermsProps {
  row: TextRowView;
  source: Language;
  beside: readonly Language[];
  terms: readonly GlossaryTerm[];
}

export function RowTerms({ row, source, beside, terms }: RowTermsProps): ReactNode {
  const { t } = useTranslation('content');
  const value = row.cells[source.tag]?.value;
  if (typeof value !== 'string') return null;
  const found = findTerms(value, source.tag, terms).filter(({ words }) => beside.some(({ tag }) => words[tag] !== undefined));
  if (found.length === 0) return null;
  return (
    <div className="row-terms small">
      <span className="quiet">{t('glossary.of_text')}</span>
      <dl>
        {found.map((term) => (
          <div key={term.id}>
            <dt lang={source.tag}>
              <bdi>{nameOfTerm(term, source.tag)}</bdi>
            </dt>
            {beside.map((language) => (
              <AgreedWord key={language.tag} row={row} term={term} language={language} isNamed={beside.length > 1} />
            ))}
          </div>
        ))}
      </dl>
    </div>
  );
}

function AgreedWord({
  row,
  term,
  language,
  isNamed,
}: {
  row: TextRowView;
  term: GlossaryTerm;
  language: Language;
  isNamed: boolean;
}): ReactNode {
  const { t } = useTranslation('content');
  const format = useFormat();
  const agreed = term.words[language.tag];
  if (agreed === undefined) return null;
  return (
    <dd>
      {isNamed && <span className="only-heard">{format.language(language.tag)}: </span>}
      <bdi lang={language.tag}>{agreed[0]}</bdi>
      {isMissing(row, language.tag, agreed) && <span className="not-said"> {t('glossary.not_said')}</span>}
    </dd>
  );
}

/** Wordings for one channel are shorter: nobody is told that a word is missing there. */
function isMissing(row: TextRowView, tag: string, agreed: readonly string[]): boolean {
  const said = row.cells[tag]?.value;
  return typeof said === 'string' && said !== '' && parseForm(row.key).channel === null && !usesAgreedWord(said, agreed);
}
