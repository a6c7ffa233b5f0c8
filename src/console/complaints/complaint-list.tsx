// Complaints that one may look into, those that wait for an answer first. No words are shown here. Rendered by complaints-page.tsx.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { COMPLAINT_STATES } from '../../api/complaint-operations.ts';
import { useRead, type Answer } from '../api.ts';
import { useFormat } from '../format.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Select } from '../ui/field.tsx';
import { Badge, EmptyState, Skeleton } from '../ui/pieces.tsx';

type Line = Answer<'listComplaints'>['complaints'][number];

export function ComplaintList({ open }: { open: string | null }): ReactNode {
  const { t } = useTranslation('referrals');
  const [state, setState] = useState<Line['state'] | ''>('');
  const [after, setAfter] = useState<string | undefined>(undefined);
  const read = useRead('listComplaints', [{ query: { ...(state === '' ? {} : { state }), ...(after === undefined ? {} : { after }) } }]);
  return (
    <div className="box-list">
      <div className="box-head">
        <h1>{t('complaint.title')}</h1>
        <p className="quiet">{t('complaint.intro')}</p>
        <Select
          label={t('filter_state')}
          value={state}
          options={[
            { value: '' as const, label: t('all_states') },
            ...COMPLAINT_STATES.map((value) => ({ value, label: t(`complaint.state.${value}`) })),
          ]}
          onChange={(value) => {
            setState(value);
            setAfter(undefined);
          }}
        />
      </div>
      <ErrorNotice error={read.error} retry={() => void read.refetch()} />
      {read.isPending && <Skeleton />}
      {read.data?.complaints.length === 0 && (
        <EmptyState icon="complaint" title={t('complaint.empty')}>
          <p>{t('complaint.empty_help')}</p>
        </EmptyState>
      )}
      {read.data && read.data.complaints.length > 0 && (
        <ul aria-label={t('complaint.title')}>
          {read.data.complaints.map((complaint) => (
            <li key={complaint.number}>
              <ComplaintLine complaint={complaint} isOpen={complaint.number === open} />
            </li>
          ))}
        </ul>
      )}
      <div className="row box-foot">
        {after !== undefined && <Button onPress={() => setAfter(undefined)}>{t('first_page')}</Button>}
        {read.data?.next != null && <Button onPress={() => setAfter(read.data?.next ?? undefined)}>{t('more')}</Button>}
      </div>
    </div>
  );
}

function ComplaintLine({ complaint, isOpen }: { complaint: Line; isOpen: boolean }): ReactNode {
  const { t } = useTranslation('referrals');
  const format = useFormat();
  const waits = complaint.state === 'received' || complaint.state === 'looking';
  return (
    <Link href={`/complaints/${complaint.number}`} className="box-line" aria-current={isOpen ? 'page' : undefined}>
      <span className="first">
        <strong className="code">{complaint.number}</strong>
        <time className="quiet small" dateTime={new Date(complaint.createdAt).toISOString()}>
          {format.day(complaint.createdAt)}
        </time>
      </span>
      <span>{t(`complaint.about.${complaint.about}`, { defaultValue: t('complaint.about.other') })}</span>
      <span className="row">
        <ComplaintBadges complaint={complaint} />
      </span>
      {waits && <span className="quiet small">{t('due', { when: format.relative(complaint.dueAt) })}</span>}
    </Link>
  );
}

/** How far it is, whether it is late, about people of the staff, or came back. */
export function ComplaintBadges({ complaint }: { complaint: Pick<Line, 'state' | 'overdue' | 'sensitive' | 'reopened'> }): ReactNode {
  const { t } = useTranslation('referrals');
  return (
    <>
      <Badge tone={complaint.state === 'closed' ? 'good' : 'plain'}>{t(`complaint.state.${complaint.state}`)}</Badge>
      {complaint.sensitive && (
        <Badge tone="private" icon="lock">
          {t('complaint.sensitive')}
        </Badge>
      )}
      {complaint.overdue && (
        <Badge tone="bad" icon="clock">
          {t('overdue')}
        </Badge>
      )}
      {complaint.reopened > 0 && <Badge tone="warn">{t('complaint.reopened')}</Badge>}
    </>
  );
}
