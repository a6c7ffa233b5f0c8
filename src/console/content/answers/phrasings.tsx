// The ways in which people ask for an answer, one a line: what the search learns from. Says how many are there and how many it takes.
// Rendered by answer-texts.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { MIN_PHRASINGS } from '../../../release/checks/answers.ts';
import { keepText } from '../settings/keep-text.ts';
import { listOf, shownText } from '../settings/lines.ts';
import { cellOf } from '../settings/texts-of.ts';
import { tagDirection } from '../tag-direction.ts';
import { TextField } from '../text-field.tsx';
import type { AnswerTextProps } from './answer-text.tsx';

export function Phrasings({
  texts,
  language,
  edits,
  isReadOnly,
  sameMeaning,
  textKey,
}: Omit<AnswerTextProps, 'label' | 'channelMeter' | 'addLabel'>): ReactNode {
  const { t } = useTranslation('answers');
  const cell = cellOf(texts, textKey, language);
  const written = listOf(shownText(cell.value));
  return (
    <div className="text-block">
      <TextField
        label={t('phrasings.label')}
        value={written.join('\n')}
        language={language}
        rtl={tagDirection(language) === 'rtl'}
        isReadOnly={isReadOnly}
        onCommit={(value) => keepText(edits, cell, listOf(value), { sameMeaning })}
        beside={
          <span className={written.length < MIN_PHRASINGS ? 'wrong small' : 'quiet small'}>
            {t('phrasings.count', { count: written.length })}{' '}
            {written.length < MIN_PHRASINGS && t('phrasings.needed', { count: MIN_PHRASINGS })}
          </span>
        }
      />
      {!isReadOnly && <p className="quiet small">{t('phrasings.hint')}</p>}
    </div>
  );
}
