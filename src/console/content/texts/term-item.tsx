// One term of the glossary: why it matters and its words in the languages that show. Rendered by glossary-dialog.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TextsView } from '../../../api/content-shapes.ts';
import type { GlossaryTerm } from '../../../domain/content.ts';
import { useFormat } from '../../format.ts';
import { Button } from '../../ui/button.tsx';
import { isolated } from '../isolated.ts';
import { nameOfTerm } from './use-glossary.ts';

type Language = TextsView['languages'][number];

export interface TermItemProps {
  term: GlossaryTerm;
  source: Language;
  /** The source first. */
  languages: readonly Language[];
  /** Absent where it is only read. */
  onChange?: () => void;
}

export function TermItem({ term, source, languages, onChange }: TermItemProps): ReactNode {
  const { t } = useTranslation('content');
  const format = useFormat();
  const name = nameOfTerm(term, source.tag);
  return (
    <li>
      <div className="term-head">
        <h3 lang={source.tag}>
          <bdi>{name}</bdi>
        </h3>
        {onChange && (
          <Button tone="plain" icon="edit" aria-label={t('glossary.change_of', { name: isolated(name) })} onPress={onChange}>
            {t('glossary.change')}
          </Button>
        )}
      </div>
      {term.note !== undefined && (
        <p className="small" dir="auto">
          {term.note}
        </p>
      )}
      <dl className="term-words">
        {languages.map(({ tag }) => (
          <div key={tag}>
            <dt className="small quiet">{format.language(tag)}</dt>
            <dd>
              <Words words={term.words[tag] ?? []} tag={tag} />
            </dd>
          </div>
        ))}
      </dl>
    </li>
  );
}

function Words({ words: [preferred, ...others], tag }: { words: readonly string[]; tag: string }): ReactNode {
  const { t } = useTranslation('content');
  if (preferred === undefined) return <span className="quiet">{t('glossary.no_word')}</span>;
  return (
    <>
      <strong lang={tag} dir="auto">
        {preferred}
      </strong>
      {others.map((word) => (
        <span key={word} className="small quiet" lang={tag} dir="auto">
          {word}
        </span>
      ))}
    </>
  );
}
