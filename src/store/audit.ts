// The audit log: who read and changed what, each entry chained to the one before it. Written by whoever acts, in the same
// transaction; read by http/api/audit.ts and by the command `audit`. Holds ids, codes and counts, never people or words.
//
// 2026-11-21: an entry's hash is SHA-256 over the hash before it and the entry's own fields, so that nothing can be changed,
// taken out or put in between without changing every hash after it. Whoever can write the database could compute all of
// them anew; so the head (number and hash of the newest entry) carries an HMAC under a key that is derived from the secret
// key file, which no database holds. A log whose end was cut off does not lead to the head; one that was put back together
// with an older head does not lead to the head that was written to the service's log and metrics once an hour.
// The HMAC names the version of the secret: a rotation carries what older versions derive on (secret-keys.ts), and the next
// entry is sealed by the new one. The row of the head is locked while an entry is added: the chain cannot fork. Add the
// entry last in a transaction, so that others wait for it as shortly as can be.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../domain/errors.ts';
import type { AuditTable } from './desk-schema.ts';
import type { Reader, Tx } from './tx.ts';

/** What is told about an action: ids, codes, counts. Never a name, a number or words of people. */
export type AuditDetail = Readonly<Record<string, string | number | boolean | null>>;

export interface NewAuditEntry {
  /** ms since the epoch. */
  at: number;
  /** Actor id; `system` where the program acts by itself, `operator` for a command. */
  actor: string;
  /** `area.verb`, such as `case.read`. */
  action: string;
  /** What was acted on: an id of ours. */
  target: string | null;
  detail?: AuditDetail;
}

export interface AuditRecord extends Required<NewAuditEntry> {
  seq: number;
  hash: string;
}

export interface AuditHead {
  seq: number;
  hash: string;
}

/** What became of the chain. `seq`: the first entry that is not as it was written. */
export type AuditVerdict = { intact: true; head: AuditHead } | { intact: false; seq: number; reason: string; head: AuditHead };

/** The head as it stands among the small facts. */
const StoredHead = z.object({
  seq: z.number().int(),
  hash: z.string(),
  brokenAt: z.number().int().nullable(),
  version: z.number().int(),
  mac: z.string(),
});

const HEAD = 'audit head';
const START: AuditHead = { seq: 0, hash: '0'.repeat(64) };
const PAGE = 1000;

/** Adds an entry to the chain. Others that add one wait until this transaction ends. */
export async function appendAudit(tx: Tx, entry: NewAuditEntry): Promise<void> {
  const before = await lockHead(tx);
  const row = { ...toColumns(entry), seq: before.seq + 1, previous: before.hash };
  const hash = hashOf(row);
  await tx.db
    .insertInto('audit')
    .values({ ...row, hash })
    .execute();
  await tx.db
    .updateTable('meta')
    .set({ value: sealHead(tx, { ...before, seq: row.seq, hash }) })
    .where('name', '=', HEAD)
    .execute();
}

/** The newest entry's number and hash. `sound` is false when the head is not what this program wrote, or once was not. */
export async function auditHead(reader: Reader): Promise<AuditHead & { sound: boolean }> {
  const { seq, hash, brokenAt } = openHead(reader, await findHead(reader, false));
  return { seq, hash, sound: brokenAt === null };
}

/** Follows the whole chain, and names the first entry that was changed, taken out, put in, or cut off. */
export async function verifyAudit(reader: Reader): Promise<AuditVerdict> {
  // The head first: entries may be added meanwhile, and those are left for the next time.
  const { brokenAt, ...head } = openHead(reader, await findHead(reader, false));
  let last = START;
  for (let more = true; more;) {
    const rows = await reader.db.selectFrom('audit').selectAll().where('seq', '>', last.seq).orderBy('seq').limit(PAGE).execute();
    for (const row of rows) {
      const reason = findFault(row, last);
      if (reason !== null) return { intact: false, seq: last.seq + 1, reason, head };
      last = { seq: row.seq, hash: row.hash };
      if (row.seq === head.seq && row.hash !== head.hash)
        return { intact: false, seq: row.seq, reason: 'it is not the one that the sealed head names', head };
    }
    more = rows.length === PAGE;
  }
  if (brokenAt !== null) return { intact: false, seq: brokenAt, reason: 'the sealed head was changed or removed', head };
  if (last.seq < head.seq) return { intact: false, seq: last.seq + 1, reason: `the log ends here, and should go on to ${head.seq}`, head };
  const now = openHead(reader, await findHead(reader, false));
  if (last.seq > now.seq) return { intact: false, seq: now.seq + 1, reason: 'it stands after the sealed head', head };
  return { intact: true, head };
}

/** The hash of one entry; null when there is none. */
export async function hashOfEntry(reader: Reader, seq: number): Promise<string | null> {
  const row = await reader.db.selectFrom('audit').select('hash').where('seq', '=', seq).executeTakeFirst();
  return row?.hash ?? null;
}

/** Entries, newest first. */
export async function listAudit(
  reader: Reader,
  filter: {
    before?: number | undefined;
    actor?: string | undefined;
    target?: string | undefined;
    action?: string | undefined;
    limit: number;
  },
): Promise<AuditRecord[]> {
  const { before, actor, target, action, limit } = filter;
  let query = reader.db.selectFrom('audit').selectAll().orderBy('seq', 'desc').limit(limit);
  if (before !== undefined) query = query.where('seq', '<', before);
  if (actor !== undefined) query = query.where('actor', '=', actor);
  if (target !== undefined) query = query.where('target', '=', target);
  if (action !== undefined) query = query.where('action', '=', action);
  const rows = await query.execute();
  return rows.map(({ seq, at, actor: by, action: done, target: on, detail, hash }) => ({
    seq,
    at,
    actor: by,
    action: done,
    target: on,
    detail: JSON.parse(detail) as AuditDetail,
    hash,
  }));
}

function toColumns({ at, actor, action, target, detail = {} }: NewAuditEntry): Omit<AuditTable, 'seq' | 'previous' | 'hash'> {
  const sorted = Object.fromEntries(Object.entries(detail).sort(([one], [other]) => (one < other ? -1 : 1)));
  return { at, actor, action, target, detail: JSON.stringify(sorted) };
}

/** The fields in a fixed order, so that the same entry always gives the same text. */
function hashOf({ seq, at, actor, action, target, detail, previous }: Omit<AuditTable, 'hash'>): string {
  const canonical = JSON.stringify([seq, at, actor, action, target, detail]);
  return createHash('sha256').update(`${previous}\n${canonical}`).digest('hex');
}

function findFault(row: AuditTable, last: AuditHead): string | null {
  if (row.seq !== last.seq + 1) return `entry ${last.seq + 1} is missing`;
  if (row.previous !== last.hash) return 'it does not follow from the entry before it';
  return row.hash === hashOf(row) ? null : 'it was changed after it was written';
}

interface Head extends AuditHead {
  /** Where the head was found changed: whoever adds an entry then must not seal the damage as if it were right. */
  brokenAt: number | null;
}

function sealHead({ vault }: Tx, head: Head): string {
  return JSON.stringify({ ...head, version: vault.version, mac: macOf(vault, vault.version, head).toString('base64url') });
}

/** @param value what stands in the row; null where there is none. */
function openHead({ vault }: Reader, value: string | null): Head {
  if (value === null) return { ...START, brokenAt: null };
  const read = StoredHead.safeParse(parse(value));
  if (!read.success) return { ...START, brokenAt: 0 };
  const { mac, version, ...head } = read.data;
  return isRight(vault, version, head, mac) ? head : { ...head, brokenAt: head.seq };
}

function isRight(vault: Reader['vault'], version: number, head: Head, mac: string): boolean {
  try {
    const given = Buffer.from(mac, 'base64url');
    const right = macOf(vault, version, head);
    return given.length === right.length && timingSafeEqual(given, right);
  } catch (error) {
    // A version of the secret that nobody ever had.
    if (error instanceof AppError && error.code === 'store.key_missing') return false;
    throw error;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function macOf(vault: Reader['vault'], version: number, { seq, hash, brokenAt }: Head): Buffer {
  const key = vault.deriveKey('audit head', version);
  return createHmac('sha256', key).update(`${seq}\n${hash}\n${brokenAt}`).digest();
}

async function findHead({ db, dialect }: Reader, lock: boolean): Promise<string | null> {
  const query = db.selectFrom('meta').select('value').where('name', '=', HEAD);
  return (await (lock && dialect === 'postgres' ? query.forUpdate() : query).executeTakeFirst())?.value ?? null;
}

/** The head, locked until the transaction ends. One that is not as it was sealed goes on from the newest entry, and says so for ever. */
async function lockHead(tx: Tx): Promise<Head> {
  const found = await findHead(tx, true);
  if (found === null) {
    await tx.db
      .insertInto('meta')
      .values({ name: HEAD, value: sealHead(tx, { ...START, brokenAt: null }) })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute();
  }
  const head = openHead(tx, found ?? (await findHead(tx, true)));
  if (head.brokenAt === null && head.seq > 0) return head;
  const newest = await tx.db.selectFrom('audit').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst();
  if (!newest) return head;
  return { seq: newest.seq, hash: newest.hash, brokenAt: head.brokenAt ?? newest.seq };
}
