// The words of an answer, language by language: the question as a title, the answer, other wordings for one channel, and the ways in which
// people ask for it. Rendered by answer-detail.tsx and, beside a question, by the page of questions.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'wouter';
import { useFormat } from '../../format.ts';
import { Checkbox } from '../../ui/choice.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Skeleton } from '../../ui/pieces.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { ConflictDialog } from '../conflict-dialog.tsx';
import { cellOf, useTextsOf, type TextsOf } from '../settings/texts-of.ts';
import type { Hotline } from '../settings/use-hotline.ts';
import type { ContentPlace } from '../source.ts';
import { StateBadge } from '../state-badge.tsx';
import { useEdits, type Edits } from '../use-edits.ts';
import { AnswerSource } from './answer-source.tsx';
import { AnswerText } from './answer-text.tsx';
import { answerKeys, CHANNEL_WORDINGS } from './answer-keys.ts';
import { Phrasings } from './phrasings.tsx';

export interface AnswerTextsProps {
  id: string;
  /** The answer's source as its editors noted it. */
  noted: string;
  place: ContentPlace;
  hotline: Hotline;
}

export function AnswerTexts({ id, noted, place, hotline }: AnswerTextsProps): ReactNode {
  const { t } = useTranslation('answers');
  const format = useFormat();
  const [search, setSearch] = useSearchParams();
  const languages = hotline.languages.map(({ tag }) => tag);
  const read = useTextsOf(place.source, { namespace: 'answers', q: id, languages });
  const edits = useEdits(place.draftId);
  const shown = languages.find((tag) => tag === search.get('language')) ?? hotline.sourceLanguage;
  if (read.error !== null) return <ErrorNotice error={read.error} retry={() => void read.refetch()} />;
  if (read.data === undefined) return <Skeleton />;
  const texts = read.data;
  return (
    <section className="answer-part" aria-label={t('texts.title')}>
      <ErrorNotice error={edits.error} />
      <Tabs
        label={t('texts.languages')}
        selected={shown}
        onSelect={(tag) =>
          setSearch(
            (now) => {
              const next = new URLSearchParams(now);
              next.set('language', tag);
              return next;
            },
            { replace: true },
          )
        }
        tabs={languages.map((tag) => ({
          id: tag,
          label: (
            <span className="row">
              {format.language(tag)}
              {cellOf(texts, `answers:${id}`, tag).state === 'missing' && <StateBadge state="missing" />}
            </span>
          ),
          content: () => <OneLanguage id={id} noted={noted} language={tag} texts={texts} place={place} edits={edits} />,
        }))}
      />
      <ConflictDialog edits={edits} />
    </section>
  );
}

interface OneLanguageProps {
  id: string;
  noted: string;
  language: string;
  texts: TextsOf;
  place: ContentPlace;
  edits: Edits;
}

/** All words of an answer in one language. */
function OneLanguage({ id, noted, language, texts, place, edits }: OneLanguageProps): ReactNode {
  const { t } = useTranslation('answers');
  const [sameMeaning, setSameMeaning] = useState(false);
  const known = texts.languages.find(({ tag }) => tag === language);
  const isReadOnly = !place.canEdit || known?.mine !== true;
  const isSource = language === texts.sourceLanguage;
  const keys = answerKeys(id);
  const shared = { texts, language, edits, isReadOnly, sameMeaning: isSource && sameMeaning };
  return (
    <div className="stack">
      {isSource && !isReadOnly && (
        <Checkbox
          label={t('texts.same_meaning')}
          explained={t('texts.same_meaning_help')}
          isSelected={sameMeaning}
          onChange={setSameMeaning}
        />
      )}
      {place.canEdit && known?.mine !== true && <p className="quiet">{t('texts.not_yours')}</p>}
      <AnswerText {...shared} label={t('texts.question')} textKey={keys.title} />
      <AnswerText {...shared} label={t('texts.answer')} textKey={keys.text} channelMeter />
      {CHANNEL_WORDINGS.map(({ key, channel, of }) => (
        <AnswerText
          key={key}
          {...shared}
          label={t(`texts.${of}_${channel}`)}
          textKey={keys[key]}
          channelMeter={channel === 'sms'}
          addLabel={t(`texts.add_${of}_${channel}`)}
        />
      ))}
      <AnswerSource {...shared} place={place.source} noted={noted} />
      <Phrasings {...shared} textKey={keys.phrasings} />
    </div>
  );
}
