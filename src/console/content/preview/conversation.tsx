// The conversation: what the person did at one side, what the hotline says at the other, the newest at the end. Rendered by preview-stage.tsx.
// What was just written stands there before the answer has come.
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlayedTurn, PlayInput } from '../../../api/content-shapes.ts';
import { choiceNumber } from '../../../domain/choice-number.ts';
import { useFormat } from '../../format.ts';
import { Icon } from '../../ui/icon.tsx';
import { tagDirection } from '../tag-direction.ts';
import { Expected } from './expected.tsx';
import { PlayedMessage } from './played-message.tsx';
import { lastAsked, type PlaySetup, type RecordedTest } from './recording.ts';
import type { Play } from './use-play.ts';

export interface ConversationProps {
  play: Play;
  setup: PlaySetup;
  test: RecordedTest | null;
}

export function Conversation({ play, setup, test }: ConversationProps): ReactNode {
  const { t } = useTranslation('preview');
  const end = useRef<HTMLDivElement>(null);
  const turns = (play.view?.turns ?? []).slice(0, play.inputs.length);
  const waiting = play.inputs.slice(turns.length);
  useEffect(() => {
    const log = end.current;
    if (log) log.scrollTop = log.scrollHeight;
  }, [turns.length, waiting.length]);
  const asked = waiting.length === 0 ? lastAsked(turns) : undefined;
  return (
    <div className="phone-log" role="log" aria-label={t('conversation')} tabIndex={0} ref={end}>
      {play.inputs.length === 0 && <p className="quiet phone-empty">{t('empty')}</p>}
      {turns.map((turn, index) => (
        // Everything is played from the beginning each time: a turn is what its place says.
        <div className="phone-turn" key={index}>
          <Did input={turn.input} before={turns.slice(0, index)} language={turn.language} />
          {turn.messages.map((message, at) => (
            <PlayedMessage
              key={at}
              message={message}
              language={turn.language}
              canPress={message === asked && play.canGoOn}
              onPress={play.press}
            />
          ))}
          {turn.messages.length === 0 && (
            <p className="quiet small phone-note">{t(turn.owner === 'flow' ? 'silence' : 'silence_people')}</p>
          )}
          {test !== null && <Expected entries={test.expected[index] ?? []} turn={turn} />}
        </div>
      ))}
      {waiting.map((input, index) => (
        <div className="phone-turn" key={turns.length + index}>
          <Did input={input} before={turns} language={setup.language} />
        </div>
      ))}
      {play.isPlaying && <p className="quiet small phone-note">{t('playing')}</p>}
    </div>
  );
}

/** What the person did. */
function Did({ input, before, language }: { input: PlayInput; before: readonly PlayedTurn[]; language: string | null }): ReactNode {
  const { t } = useTranslation('preview');
  const format = useFormat();
  const spoken = language === null ? { dir: 'auto' } : { lang: language, dir: tagDirection(language) };
  switch (input.kind) {
    case 'opened':
      return <p className="quiet small phone-note">{t('did.opened')}</p>;
    case 'wait':
      return (
        <p className="quiet small phone-note">
          <Icon name="clock" size={15} /> {t('did.wait', { span: format.span(input.hours * 3_600_000) })}
        </p>
      );
    case 'media':
      return (
        <p className="said person">
          <span className="only-heard">{t('who.person')}: </span>
          {t('did.media')}
        </p>
      );
    case 'text':
    case 'choice':
      return (
        <p className="said person" {...spoken}>
          <span className="only-heard">{t('who.person')}: </span>
          {input.kind === 'text' ? input.text : labelOf(input.index, before)}
        </p>
      );
  }
}

/** What was pressed; where choices are numbered lines, the number is written. */
function labelOf(index: number, before: readonly PlayedTurn[]): string {
  const asked = lastAsked(before);
  return (asked?.layout === 'text' ? undefined : asked?.choices[index]) ?? choiceNumber(index, asked?.choices.length ?? 0);
}
