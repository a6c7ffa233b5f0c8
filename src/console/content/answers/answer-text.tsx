// One text of an answer in one language, with its state; a wording for one channel shows only where it was written or is begun.
// Rendered by answer-texts.tsx.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format.ts';
import { Button } from '../../ui/button.tsx';
import { keepText } from '../settings/keep-text.ts';
import { shownText } from '../settings/lines.ts';
import { cellOf, type TextsOf } from '../settings/texts-of.ts';
import { StateBadge } from '../state-badge.tsx';
import { tagDirection } from '../tag-direction.ts';
import { TextField } from '../text-field.tsx';
import { TextShown } from '../text-shown.tsx';
import type { Edits } from '../use-edits.ts';
import { noonOf } from '../settings/noon-of.ts';

export interface AnswerTextProps {
  texts: TextsOf;
  language: string;
  edits: Edits;
  isReadOnly: boolean;
  sameMeaning: boolean;
  label: string;
  /** `answers:Q03.title`. */
  textKey: string;
  channelMeter?: boolean;
  /** Where the text may be left out: what the button says that begins it. */
  addLabel?: string;
}

export function AnswerText(props: AnswerTextProps): ReactNode {
  const { texts, language, edits, isReadOnly, sameMeaning, label, textKey, channelMeter = false, addLabel } = props;
  const [isBegun, setBegun] = useState(false);
  const cell = cellOf(texts, textKey, language);
  const source = cellOf(texts, textKey, texts.sourceLanguage);
  const isSource = language === texts.sourceLanguage;
  const isLeftOut = addLabel !== undefined && cell.value === null && !isBegun;
  if (isLeftOut)
    return isReadOnly ? null : (
      <div className="row">
        <Button tone="plain" icon="plus" onPress={() => setBegun(true)}>
          {addLabel}
        </Button>
      </div>
    );
  const sourceText = shownText(source.value);
  return (
    <div className="text-block">
      {!isSource && <SourceText text={sourceText} language={texts.sourceLanguage} />}
      <TextField
        label={label}
        value={shownText(cell.value)}
        {...(isSource ? {} : { source: sourceText })}
        language={language}
        rtl={tagDirection(language) === 'rtl'}
        channelMeter={channelMeter}
        isReadOnly={isReadOnly}
        onCommit={(value) =>
          // What was emptied is not there any more; without a wording for one channel the general one holds again.
          keepText(edits, cell, value === '' ? undefined : value, { sameMeaning })
        }
        beside={<TextStateLine cell={cell} isOptional={addLabel !== undefined} />}
      />
    </div>
  );
}

/** What is to be said in another language. */
function SourceText({ text, language }: { text: string; language: string }): ReactNode {
  const { t } = useTranslation('answers');
  const format = useFormat();
  if (text === '') return null;
  return (
    <div className="small">
      <span className="quiet">{t('texts.in', { language: format.language(language) })}</span>
      <TextShown text={text} language={language} rtl={tagDirection(language) === 'rtl'} />
    </div>
  );
}

/** How far a text is, and who checked it. */
export function TextStateLine({ cell, isOptional = false }: { cell: ReturnType<typeof cellOf>; isOptional?: boolean }): ReactNode {
  const { t } = useTranslation('answers');
  const format = useFormat();
  if (isOptional && cell.value === null) return null;
  return (
    <span className="row small">
      <StateBadge state={cell.state} />
      {cell.reviewedBy !== null && cell.reviewedOn !== null && (
        <span className="quiet">{t('texts.checked_by', { name: cell.reviewedBy, day: format.day(noonOf(cell.reviewedOn)) })}</span>
      )}
    </span>
  );
}
