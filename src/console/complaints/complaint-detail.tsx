// One complaint: what was said, who looks into it, notes, the answer. Rendered by complaints-page.tsx. Opening it is recorded.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComplaintView } from '../../api/complaint-operations.ts';
import { useAct, useRead } from '../api.ts';
import { useFormat } from '../format.ts';
import { BackLink } from '../layout/page.tsx';
import { FactList } from '../referrals/fact-list.tsx';
import { useMe } from '../session.tsx';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Notice, Skeleton } from '../ui/pieces.tsx';
import { AnswerForm, NoteForm } from './complaint-forms.tsx';
import { ComplaintBadges } from './complaint-list.tsx';

const CHANGES: ('readComplaint' | 'listComplaints')[] = ['readComplaint', 'listComplaints'];

export function ComplaintDetail({ number }: { number: string }): ReactNode {
  const { t } = useTranslation('referrals');
  const read = useRead('readComplaint', [{ params: { number } }], { refetchOnWindowFocus: false });
  return (
    <div className="detail">
      <ErrorNotice error={read.error} retry={() => void read.refetch()} />
      {read.isPending && <Skeleton />}
      {read.error && <BackLink href="/complaints" label={t('back_to_list')} />}
      {read.data && <Opened complaint={read.data} />}
    </div>
  );
}

function Opened({ complaint }: { complaint: ComplaintView }): ReactNode {
  const { t } = useTranslation('referrals');
  const me = useMe();
  const isMine = complaint.handler?.id === me.id;
  const take = useAct('takeComplaint', { changes: CHANGES });
  const close = useAct('closeComplaint', { changes: CHANGES });
  const params = { number: complaint.number };
  // A colleague's can be taken over where they cannot go on with it: the service knows.
  const isFree = complaint.state === 'received' || (complaint.state === 'looking' && !isMine);
  const mustBeOther = complaint.state === 'received' && complaint.reopened > 0 && isMine;
  return (
    <article>
      <div className="detail-head">
        <div className="titles">
          <BackLink href="/complaints" label={t('back_to_list')} />
          <h1>{t('complaint.heading', { number: complaint.number })}</h1>
          <ComplaintBadges complaint={complaint} />
        </div>
        <ErrorNotice error={take.error ?? close.error} />
        <div className="row">
          {isFree && !mustBeOther && (
            <Button
              tone={complaint.state === 'received' ? 'primary' : 'plain'}
              icon="check"
              isPending={take.isPending}
              onPress={() => take.mutate([{ params }])}
            >
              {t('complaint.take')}
            </Button>
          )}
          {complaint.state === 'answered' && isMine && (
            <Button isPending={close.isPending} onPress={() => close.mutate([{ params }])}>
              {t('complaint.close')}
            </Button>
          )}
        </div>
      </div>
      <div className="detail-body">
        {mustBeOther && <Notice tone="warn" title={t('complaint.other_reviewer')} />}
        <ComplaintFacts complaint={complaint} />
        <section className="part">
          <h2>{t('complaint.said')}</h2>
          <p className="words" dir="auto">
            {complaint.text ?? <span className="quiet">{t(complaint.sensitive ? 'complaint.not_asked' : 'complaint.no_text')}</span>}
          </p>
        </section>
        {complaint.closingText !== null && (
          <section className="part">
            <h2>{t('complaint.answer')}</h2>
            <p className="words" dir="auto">
              {complaint.closingText}
            </p>
          </section>
        )}
        {complaint.state === 'looking' && isMine && <AnswerForm complaint={complaint} />}
        <Notes complaint={complaint} />
      </div>
    </article>
  );
}

function ComplaintFacts({ complaint }: { complaint: ComplaintView }): ReactNode {
  const { t } = useTranslation('referrals');
  const format = useFormat();
  const at = (label: string, time: number | null): [string, ReactNode][] => (time === null ? [] : [[label, format.dateTime(time)]]);
  const rows: [string, ReactNode][] = [
    [t('complaint.about_label'), t(`complaint.about.${complaint.about}`, { defaultValue: t('complaint.about.other') })],
    ...(complaint.place === null ? [] : ([[t('complaint.place'), <span dir="auto">{complaint.place}</span>]] as [string, ReactNode][])),
    [t('complaint.contact'), t(complaint.wantsContact ? 'complaint.wants_contact' : 'complaint.no_contact')],
    [t('complaint.handler'), complaint.handler === null ? t('complaint.nobody') : <bdi>{complaint.handler.alias}</bdi>],
    ...at(t('complaint.received_at'), complaint.createdAt),
    ...at(t('complaint.due_at'), complaint.dueAt),
    ...at(t('complaint.answered_at'), complaint.answeredAt),
    ...at(t('complaint.closed_at'), complaint.closedAt),
    ...(complaint.action === null
      ? []
      : ([[t('complaint.action_label'), t(`complaint.action.${complaint.action}`)]] as [string, ReactNode][])),
    ...(complaint.satisfied === null
      ? []
      : ([[t('complaint.satisfied_label'), t(complaint.satisfied ? 'complaint.satisfied' : 'complaint.not_satisfied')]] as [
          string,
          ReactNode,
        ][])),
  ];
  return (
    <section className="part">
      <h2>{t('complaint.facts')}</h2>
      <FactList rows={rows} />
    </section>
  );
}

function Notes({ complaint }: { complaint: ComplaintView }): ReactNode {
  const { t } = useTranslation('referrals');
  const format = useFormat();
  return (
    <section className="part">
      <h2>{t('complaint.notes')}</h2>
      <ol className="way">
        {complaint.notes.map(({ id, by, text, at }) => (
          <li key={id}>
            <span className="quiet small">
              <bdi>{by}</bdi> · {format.dateTime(at)}
            </span>
            <span className="words" dir="auto">
              {text}
            </span>
          </li>
        ))}
      </ol>
      {complaint.state !== 'closed' && <NoteForm number={complaint.number} />}
    </section>
  );
}
