// What a recorded test expects of one answer, and whether it is so. Rendered by conversation.tsx under the answer.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlayedTurn } from '../../../api/content-shapes.ts';
import type { TranscriptEntry } from '../../../release/transcript.ts';
import { Button } from '../../ui/button.tsx';
import { Badge } from '../../ui/pieces.tsx';
import { holds } from './recording.ts';

export function Expected({ entries, turn }: { entries: readonly TranscriptEntry[]; turn: PlayedTurn }): ReactNode {
  if (entries.length === 0) return null;
  return (
    <ul className="expected">
      {entries.map((entry, index) => (
        <li key={index}>
          <Expectation entry={entry} isSo={holds(entry, turn)} />
        </li>
      ))}
    </ul>
  );
}

/** Long words that hold are folded: only what does not hold is to be read. */
function Expectation({ entry, isSo }: { entry: TranscriptEntry; isSo: boolean }): ReactNode {
  const { t } = useTranslation('preview');
  const [isOpen, setOpen] = useState(false);
  const words = 'bot' in entry ? entry.bot : t('test.silence');
  return (
    <>
      <span className="row">
        {isSo ? (
          <Badge tone="good" icon="check">
            {t('test.holds')}
          </Badge>
        ) : (
          <Badge tone="bad" icon="alert">
            {t('test.fails')}
          </Badge>
        )}
        {isSo && (
          <Button tone="plain" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
            {t('test.expected')}
          </Button>
        )}
      </span>
      {!isSo && <span className="small quiet">{t('test.expected')}</span>}
      {(isOpen || !isSo) && (
        <div className="words small" dir="auto">
          {words}
        </div>
      )}
    </>
  );
}
