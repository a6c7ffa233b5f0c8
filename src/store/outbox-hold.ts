// Whether a line of the outbox is still under the lease that it was claimed with: the end of a lease tells one claim from
// another. Called by runtime/ before it sends and before it writes down anything else than that a line was sent.
import { statement } from './statement.ts';
import type { Reader, Tx } from './tx.ts';

const TOGETHER = { types: { id: 'text', leaseUntil: 'bigint' }, key: ['id'] } as const;
const hold = statement(
  (db, p: { id: string; leaseUntil: number }, dialect) =>
    db
      .selectFrom('outbox')
      .select('id')
      .where('id', '=', p.id)
      .where('lease_until', '=', p.leaseUntil)
      .$if(dialect === 'postgres', (query) => query.forUpdate()),
  TOGETHER,
);
const see = statement(
  (db, p: { id: string; leaseUntil: number }) =>
    db.selectFrom('outbox').select('id').where('id', '=', p.id).where('lease_until', '=', p.leaseUntil),
  TOGETHER,
);

/** Whether a line is under this lease; if so it stays until the transaction ends. */
export async function holdLine(tx: Tx, id: string, leaseUntil: number): Promise<boolean> {
  return (await hold.first(tx, { id, leaseUntil })) !== undefined;
}

/** Whether a line is under this lease at this moment. */
export async function isHeld(reader: Reader, id: string, leaseUntil: number): Promise<boolean> {
  return (await see.first(reader, { id, leaseUntil })) !== undefined;
}
