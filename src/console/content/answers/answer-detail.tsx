// One answer: whether it counts and until when, its words in each language, what is known about it, and who gets which version of it.
// Rendered by answers-page.tsx.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useSearch } from 'wouter';
import { createAnswerVersions, isOverdue } from '../../../release/local-answer.ts';
import { useFormat } from '../../format.ts';
import { useMay } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { EmptyState, Notice } from '../../ui/pieces.tsx';
import { noonOf } from '../settings/noon-of.ts';
import type { Hotline } from '../settings/use-hotline.ts';
import type { ContentPlace } from '../source.ts';
import { AddAnswer } from './add-answer.tsx';
import { AnswerFacts } from './answer-facts.tsx';
import { AnswerForm } from './answer-form.tsx';
import { AnswerTexts } from './answer-texts.tsx';
import { generalId } from './given-where.ts';
import { RemoveAnswer } from './remove-answer.tsx';
import { SignAnswer } from './sign-answer.tsx';
import type { AnswerEntry } from './use-answers.ts';
import { VersionTree } from './version-tree.tsx';
import { isolated } from '../isolated.ts';

export interface AnswerDetailProps {
  id: string;
  place: ContentPlace;
  hotline: Hotline;
  answers: readonly AnswerEntry[];
  taken: ReadonlySet<string>;
}

type Opened = 'sign' | 'remove' | 'local' | null;

export function AnswerDetail({ id, place, hotline, answers, taken }: AnswerDetailProps): ReactNode {
  const { t } = useTranslation('answers');
  const [, go] = useLocation();
  const search = useSearch();
  const may = useMay();
  const [opened, setOpened] = useState<Opened>(null);
  const shown = answers.find(({ answer }) => answer.id === id);
  const back = `/content/${place.source}/answers${search === '' ? '' : `?${search}`}`;
  const mayEdit = place.canEdit && may('content.edit');
  const close = (): void => setOpened(null);
  if (shown === undefined) return <NoSuchAnswer back={back} />;
  return (
    <div className="answer-parts">
      <Actions place={place} back={back} mayEdit={mayEdit} open={setOpened} />
      <ReviewNotice shown={shown} answers={answers} today={hotline.today} />
      <div className="answer-columns">
        <AnswerTexts id={id} noted={shown.answer.source} place={place} hotline={hotline} />
        <div>
          <section className="answer-part">
            <h2>{t('facts.title')}</h2>
            {mayEdit ? (
              <AnswerForm place={place} hotline={hotline} shown={shown} answers={answers} />
            ) : (
              <AnswerFacts hotline={hotline} answer={shown.answer} source={place.source} />
            )}
          </section>
          <section className="answer-part">
            <h2>{t('tree.title')}</h2>
            <VersionTree entry={generalId(shown.answer)} open={id} source={place.source} hotline={hotline} answers={answers} />
          </section>
        </div>
      </div>
      <SignAnswer isOpen={opened === 'sign'} onClose={close} draftId={place.draftId} shown={shown} today={hotline.today} />
      <RemoveAnswer
        isOpen={opened === 'remove'}
        onClose={close}
        onRemoved={() => go(back)}
        place={place}
        hotline={hotline}
        shown={shown}
        answers={answers}
      />
      <AddAnswer
        isOpen={opened === 'local'}
        onClose={close}
        place={place}
        hotline={hotline}
        answers={answers}
        taken={taken}
        general={shown}
      />
    </div>
  );
}

interface ActionsProps {
  place: ContentPlace;
  back: string;
  mayEdit: boolean;
  open: (what: Opened) => void;
}

/** What can be done with the answer. */
function Actions({ place, back, mayEdit, open }: ActionsProps): ReactNode {
  const { t } = useTranslation('answers');
  const may = useMay();
  return (
    <div className="row">
      <BackToList href={back} />
      {place.draft?.state === 'open' && may('content.review') && (
        <Button icon="check" onPress={() => open('sign')}>
          {t('sign.open')}
        </Button>
      )}
      {mayEdit && (
        <>
          <Button icon="plus" onPress={() => open('local')}>
            {t('add.local_open')}
          </Button>
          <Button tone="danger" icon="close" onPress={() => open('remove')}>
            {t('remove.open')}
          </Button>
        </>
      )}
    </div>
  );
}

function NoSuchAnswer({ back }: { back: string }): ReactNode {
  const { t } = useTranslation('answers');
  return (
    <EmptyState icon="search" title={t('answers.gone')}>
      <p>{t('answers.gone_help')}</p>
      <BackToList href={back} />
    </EmptyState>
  );
}

function BackToList({ href }: { href: string }): ReactNode {
  const { t } = useTranslation('answers');
  return (
    <Link href={href} className="button plain">
      <Icon name="back" />
      {t('answers.back')}
    </Link>
  );
}

/** Whether people get it, who has checked it, and what to do next. */
function ReviewNotice({
  shown: { answer },
  answers,
  today,
}: Pick<AnswerDetailProps, 'answers'> & { shown: AnswerEntry; today: string }): ReactNode {
  const { t } = useTranslation('answers');
  const format = useFormat();
  const day = (value: string): string => format.day(noonOf(value));
  const versions = answers.map((one) => one.answer).filter((one) => generalId(one) === generalId(answer));
  const isReplaced = createAnswerVersions(versions).pick(generalId(answer), answer.locality, today) !== null;
  if (isOverdue(answer, today))
    return (
      <Notice tone="warn" title={t('review.overdue', { day: day(answer.review_by) })}>
        <p>{t(isReplaced ? 'review.overdue_elsewhere' : 'review.overdue_help')}</p>
      </Notice>
    );
  if (answer.reviewed_by === null || answer.reviewed_on === null)
    return (
      <Notice tone="warn" title={t('review.never')}>
        <p>{t('review.never_help')}</p>
      </Notice>
    );
  return (
    <Notice tone="good" title={t('review.by', { name: isolated(answer.reviewed_by), day: day(answer.reviewed_on) })}>
      <p>{t('review.until', { day: day(answer.review_by) })}</p>
    </Notice>
  );
}
