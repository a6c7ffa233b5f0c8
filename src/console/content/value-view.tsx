// A value of an entry for people: words as words, lists as lists, fields with their names; never as code. Used where versions are compared.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntryView } from '../../api/content-shapes.ts';
import { useCodeWord } from './code-word.ts';
import { useFieldName } from './field-name.ts';
import { TextShown } from './text-shown.tsx';
import { tagDirection } from './tag-direction.ts';
import './compare.css';

type Value = EntryView['value'];

export interface ValueViewProps {
  value: Value;
  /** Of the words in it; null where they belong to no language. */
  language: string | null;
}

export function ValueView({ value, language }: ValueViewProps): ReactNode {
  const { t } = useTranslation('content');
  const nameOf = useFieldName();
  if (value === undefined) return <p className="quiet">{t('value.nothing')}</p>;
  if (value === null) return <span className="quiet">{t('value.none')}</span>;
  if (typeof value === 'boolean') return <span>{t(value ? 'value.yes' : 'value.no')}</span>;
  if (typeof value === 'number') return <bdi>{value}</bdi>;
  if (typeof value === 'string') return <Words text={value} language={language} />;
  if (Array.isArray(value)) {
    return (
      <ul className="value-list">
        {value.map((item, index) => (
          <li key={index}>
            <ValueView value={item} language={language} />
          </li>
        ))}
      </ul>
    );
  }
  return (
    <dl className="value-fields">
      {Object.entries(value).map(([name, inner]) => (
        <div key={name}>
          <dt>{nameOf(name)}</dt>
          <dd>
            <ValueView value={inner} language={language} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Words({ text, language }: { text: string; language: string | null }): ReactNode {
  const wordOf = useCodeWord();
  if (language === null || text === '') {
    return (
      <span className="text-shown" dir="auto">
        {wordOf(text)}
      </span>
    );
  }
  return <TextShown text={text} language={language} rtl={tagDirection(language) === 'rtl'} />;
}
