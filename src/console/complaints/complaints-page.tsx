// Complaints: the list and one of them. Opened by /complaints and /complaints/:number.
// Who sees which is decided by the server: what is about staff is open only to officers who never had a case of the person.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from 'wouter';
import { Columns } from '../layout/columns.tsx';
import { usePageTitle } from '../layout/page.tsx';
import { EmptyState } from '../ui/pieces.tsx';
import { ComplaintDetail } from './complaint-detail.tsx';
import { ComplaintList } from './complaint-list.tsx';
import '../referrals/referrals.css';

export function ComplaintsPage(): ReactNode {
  const { t } = useTranslation('referrals');
  const [, params] = useRoute('/complaints/:number');
  const number = params?.number ?? null;
  usePageTitle(t('complaint.title'));
  return (
    <Columns
      show={number === null ? 'list' : 'detail'}
      listLabel={t('complaint.title')}
      list={<ComplaintList open={number} />}
      detailLabel={t('complaint.one')}
      detail={
        number === null ? (
          <EmptyState icon="complaint" title={t('complaint.none_open')}>
            <p>{t('complaint.none_open_help')}</p>
          </EmptyState>
        ) : (
          <ComplaintDetail key={number} number={number} />
        )
      }
    />
  );
}
