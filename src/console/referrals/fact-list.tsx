// Names and values below each other; on a narrow page each value under its name. Used by referrals and complaints.
import type { ReactNode } from 'react';
import './referrals.css';

export function FactList({ rows }: { rows: readonly (readonly [string, ReactNode])[] }): ReactNode {
  return (
    <dl className="facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
