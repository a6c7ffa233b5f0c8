// A text of the hotline as it stands, its values as chips. Used where nothing is edited: sources, previews of what would change.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { partsWithValues } from './whole-values.ts';
import './text-field.css';

export interface TextShownProps {
  text: string;
  language: string;
  rtl: boolean;
}

export function TextShown({ text, language, rtl }: TextShownProps): ReactNode {
  const { t } = useTranslation('content');
  if (text === '') return <p className="quiet">{t('field.empty')}</p>;
  return (
    <p className="text-shown" lang={language} dir={rtl ? 'rtl' : 'ltr'}>
      {partsWithValues(text).map((part, index) =>
        part.isValue ? (
          <code key={index} className="value-chip">
            {part.text.slice(2, -2)}
          </code>
        ) : (
          part.text
        ),
      )}
    </p>
  );
}
