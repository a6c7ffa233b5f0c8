// A text of the grid in one language: its state, its words or its list of words, one a line. Rendered by text-row.tsx.
// While a source text is changed, one says whether it still means the same: then its translations stay as they are.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TextCell, TextRowView, TextsView } from '../../../api/content-shapes.ts';
import { useFormat } from '../../format.ts';
import { Checkbox } from '../../ui/choice.tsx';
import { isolated } from '../isolated.ts';
import { StateBadge } from '../state-badge.tsx';
import { TextField } from '../text-field.tsx';
import { cellOf } from './held-rows.ts';
import type { TextSaver } from './use-text-saver.ts';

export interface TextCellFieldProps {
  row: TextRowView;
  language: TextsView['languages'][number];
  /** The text in the source language; null where this is it. */
  source: TextCell | null;
  canEdit: boolean;
  isNarrow: boolean;
  save: TextSaver['save'];
  /** Stands under the field. */
  below?: ReactNode;
}

export function TextCellField({ row, language, source, canEdit, isNarrow, save, below }: TextCellFieldProps): ReactNode {
  const { t } = useTranslation('content');
  const format = useFormat();
  const cell = cellOf(row, language.tag);
  const isList = Array.isArray(cell.value) || (cell.value === null && Array.isArray(source?.value));
  // Said of the text as it is saved: the next change is asked about anew.
  const [sameFor, setSameFor] = useState<string | null>(null);
  const sameMeaning = sameFor === shownAs(cell.value);
  const name = format.language(language.tag);
  const put = (written: string): void =>
    save(row, language.tag, parsed(written, isList, source === null), source === null ? { sameMeaning } : {});
  return (
    <div className="text-cell">
      <CellHead cell={cell} name={name} isNarrow={isNarrow} />
      <TextField
        quietLabel
        label={t(isList ? 'texts.list_label' : 'texts.label', { name: isolated(row.key), language: name })}
        value={shownAs(cell.value)}
        source={isList || typeof source?.value !== 'string' ? undefined : source.value}
        language={language.tag}
        rtl={language.rtl}
        channelMeter={!isList}
        isReadOnly={!canEdit}
        onCommit={put}
        beside={
          canEdit && (
            <>
              {isList && <span className="small quiet">{t('texts.one_a_line')}</span>}
              {source === null && !isList && (
                <div className="same-meaning">
                  <Checkbox
                    label={t('texts.same_meaning')}
                    explained={t('texts.same_meaning_help')}
                    isSelected={sameMeaning}
                    onChange={(same) => setSameFor(same ? shownAs(cell.value) : null)}
                  />
                </div>
              )}
            </>
          )
        }
      />
      {below}
    </div>
  );
}

function CellHead({ cell, name, isNarrow }: { cell: TextCell; name: string; isNarrow: boolean }): ReactNode {
  const { t } = useTranslation('content');
  const format = useFormat();
  return (
    <div className="cell-head">
      <span className={isNarrow ? 'small' : 'small quiet'}>{name}</span>
      <StateBadge state={cell.state} />
      {cell.reviewedBy !== null && (
        <span className="small quiet">
          {t('texts.reviewed_by', {
            name: isolated(cell.reviewedBy),
            date: cell.reviewedOn === null ? '' : isolated(format.day(Date.parse(cell.reviewedOn))),
          })}
        </span>
      )}
    </div>
  );
}

function shownAs(value: TextCell['value']): string {
  return Array.isArray(value) ? value.join('\n') : (value ?? '');
}

/** A translation without words is none; a source text that is emptied stays, so that its key is not lost by a slip. */
function parsed(written: string, isList: boolean, isSource: boolean): TextCell['value'] {
  if (isList) {
    const items = written
      .split('\n')
      .map((item) => item.trim())
      .filter((item) => item !== '');
    return items.length === 0 && !isSource ? null : items;
  }
  return written === '' && !isSource ? null : written;
}
