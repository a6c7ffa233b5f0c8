// Answers to the questions that people ask: the list, what is told in one place, the search to try out, and one answer.
// Opened by /content/:source/answers and /content/:source/answers/:id.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams, useSearchParams } from 'wouter';
import { useMay } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice, Skeleton } from '../../ui/pieces.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { ContentFrame } from '../content-frame.tsx';
import { linkTo } from '../link-to.ts';
import { useHotline, type Hotline } from '../settings/use-hotline.ts';
import { useContentPlace, type ContentPlace } from '../source.ts';
import { AddAnswer } from './add-answer.tsx';
import { AnswerDetail } from './answer-detail.tsx';
import { AnswerList } from './answer-list.tsx';
import { ToldHere } from './told-here.tsx';
import { TryQuestion } from './try-question.tsx';
import { useAnswers, type AnswersRead } from './use-answers.ts';
import './answers.css';

export function AnswersPage(): ReactNode {
  const place = useContentPlace();
  const { t } = useTranslation('answers');
  const { hotline, error, retry } = useHotline(place.source);
  if (hotline !== null) return <Loaded place={place} hotline={hotline} />;
  return (
    <ContentFrame tab="answers" title={t('answers.title')} intro={t('answers.intro')}>
      <ErrorNotice error={error} retry={retry} />
      {error === null && <Skeleton />}
    </ContentFrame>
  );
}

function Loaded({ place, hotline }: { place: ContentPlace; hotline: Hotline }): ReactNode {
  const { t } = useTranslation('answers');
  const { id } = useParams<{ id?: string }>();
  const read = useAnswers(place.source, hotline);
  const opened = read.answers?.find(({ answer }) => answer.id === id);
  const [isAdding, setAdding] = useState(false);
  const canAdd = useMay()('content.edit') && place.canEdit;
  const isList = id === undefined;
  return (
    <ContentFrame
      tab="answers"
      title={isList ? t('answers.title') : (opened?.title ?? id)}
      {...(isList ? { intro: t('answers.intro') } : {})}
      actions={
        isList &&
        canAdd && (
          <Button tone="primary" icon="plus" onPress={() => setAdding(true)}>
            {t('answers.add')}
          </Button>
        )
      }
    >
      <ErrorNotice error={read.error} retry={read.retry} />
      {read.answers === null && read.error === null && <Skeleton />}
      {read.answers !== null && isList && <Views place={place} hotline={hotline} read={read} />}
      {read.answers !== null && !isList && (
        <AnswerDetail key={id} id={id} place={place} hotline={hotline} answers={read.answers} taken={read.taken} />
      )}
      {read.answers !== null && (
        <AddAnswer
          isOpen={isAdding}
          onClose={() => setAdding(false)}
          place={place}
          hotline={hotline}
          answers={read.answers}
          taken={read.taken}
          general={null}
        />
      )}
    </ContentFrame>
  );
}

const VIEWS = ['list', 'here', 'try'] as const;

function Views({ place, hotline, read }: { place: ContentPlace; hotline: Hotline; read: AnswersRead }): ReactNode {
  const { t } = useTranslation('answers');
  const [search, setSearch] = useSearchParams();
  const [, go] = useLocation();
  const answers = read.answers ?? [];
  const view = VIEWS.find((one) => one === search.get('view')) ?? 'list';
  const shared = { source: place.source, hotline, answers };
  return (
    <>
      {read.broken.length > 0 && (
        <Notice tone="warn" title={t('answers.broken')}>
          <ul>
            {read.broken.map(({ address }) => (
              <li key={address}>
                <code>{address}</code>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <Tabs
        label={t('answers.views')}
        selected={view}
        onSelect={(next) =>
          setSearch(
            (now) => {
              const kept = new URLSearchParams(now);
              if (next === 'list') kept.delete('view');
              else kept.set('view', next);
              return kept;
            },
            { replace: true },
          )
        }
        tabs={[
          { id: 'list', label: t('answers.view_list'), content: () => <AnswerList {...shared} /> },
          { id: 'here', label: t('answers.view_here'), content: () => <ToldHere {...shared} /> },
          {
            id: 'try',
            label: t('answers.view_try'),
            content: () => (
              <TryQuestion
                source={place.source}
                hotline={hotline}
                open={(found) => go(linkTo(answers.find(({ answer }) => answer.id === found)?.entry.address ?? '', place.source))}
              />
            ),
          },
        ]}
      />
    </>
  );
}
