// One text in every language that is offered, below each other: a name of a topic or a place, the message of a crisis.
// Used by parts of the settings page.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Skeleton } from '../../ui/pieces.tsx';
import { ConflictDialog } from '../conflict-dialog.tsx';
import type { ContentPlace } from '../source.ts';
import { StateBadge } from '../state-badge.tsx';
import { tagDirection } from '../tag-direction.ts';
import { TextField } from '../text-field.tsx';
import { useEdits } from '../use-edits.ts';
import { keepText } from './keep-text.ts';
import { listOf, shownText } from './lines.ts';
import { cellOf, useTextsOf } from './texts-of.ts';
import type { Hotline } from './use-hotline.ts';

export interface NameTextsProps {
  place: ContentPlace;
  hotline: Hotline;
  namespace: string;
  /** Key within the namespace. */
  name: string;
  /** `Name`; the language is said after it. */
  label: string;
  /** A list of words, one a line, which may be empty. */
  isList?: boolean;
  channelMeter?: boolean;
}

export function NameTexts({ place, hotline, namespace, name, label, isList = false, channelMeter = false }: NameTextsProps): ReactNode {
  const { t } = useTranslation('answers');
  const format = useFormat();
  const read = useTextsOf(place.source, { namespace, languages: hotline.languages.map(({ tag }) => tag) });
  const edits = useEdits(place.draftId);
  if (read.error !== null) return <ErrorNotice error={read.error} retry={() => void read.refetch()} />;
  if (read.data === undefined) return <Skeleton lines={4} />;
  const texts = read.data;
  const key = `${namespace}:${name}`;
  const source = shownText(cellOf(texts, key, texts.sourceLanguage).value);
  return (
    <div className="stack">
      <ErrorNotice error={edits.error} />
      {hotline.languages.map(({ tag }) => {
        const cell = cellOf(texts, key, tag);
        const isMine = texts.languages.find((one) => one.tag === tag)?.mine === true;
        return (
          <TextField
            key={tag}
            label={t('names.in', { label, language: format.language(tag) })}
            value={shownText(cell.value)}
            {...(tag === texts.sourceLanguage || isList ? {} : { source })}
            language={tag}
            rtl={tagDirection(tag) === 'rtl'}
            channelMeter={channelMeter}
            isReadOnly={!place.canEdit || !isMine}
            onCommit={(value) => {
              const words = listOf(value);
              // What was emptied is not there any more.
              const next = words.length === 0 ? undefined : isList ? words : value;
              keepText(edits, cell, next);
            }}
            beside={
              !isList && (
                <span className="row">
                  <StateBadge state={cell.state} />
                </span>
              )
            }
          />
        );
      })}
      <ConflictDialog edits={edits} />
    </div>
  );
}
