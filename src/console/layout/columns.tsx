// Columns beside each other on a desk, one at a time on a phone. Used by cases, referrals, complaints.
// Which one shows on a phone is told by the page, best from the address, so that the browser's own way back works.
import type { ReactNode } from 'react';
import './layout.css';

export interface ColumnsProps {
  show: 'list' | 'detail' | 'aside';
  list: ReactNode;
  listLabel: string;
  detail: ReactNode;
  detailLabel: string;
  aside?: ReactNode;
  asideLabel?: string;
}

export function Columns({ show, list, listLabel, detail, detailLabel, aside, asideLabel }: ColumnsProps): ReactNode {
  return (
    <div className={aside === undefined ? 'columns' : 'columns with-aside'} data-show={show}>
      <section className="column" aria-label={listLabel}>
        {list}
      </section>
      <section className="column" aria-label={detailLabel}>
        {detail}
      </section>
      {aside !== undefined && (
        <section className="column" aria-label={asideLabel}>
          {aside}
        </section>
      )}
    </div>
  );
}
