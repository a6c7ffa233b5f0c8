// Proves that retention is kept: opens every record with every key there is, and looks how old it is.
// Called by `purge --prove`. It shares its rules with the purge, and nothing of how the purge finds what it removes.
import { decryptAll } from './decrypt-all.ts';
import { findOverdue, type Overdue } from './overdue.ts';
import { idleContacts } from './purge-contacts.ts';
import { keptSince, withoutOwner } from './purge-keys.ts';
import { monthsBefore, type Retention } from './purge.ts';
import { GENERATION } from './key-store.ts';
import { replacedKeys } from './replace-day-keys.ts';
import type { Reader } from './tx.ts';
import { DAY_MS } from './vault.ts';

const HOUR_MS = 3_600_000;
const PAGE = 2000;
/** People and keys are looked at one after the other; a round takes less than this. */
const ROUND_MS = DAY_MS;

/** What was found. Everything is kept in time when `overdue`, `readable` and `keys` say 0. */
export interface RetentionProof {
  /** Rows that ought to be gone, by kind. */
  overdue: Overdue[];
  /** Records that can be read and ought not to be, by table. */
  readable: Record<string, number>;
  /** Keys that ought to be gone: of days that are over, of owners that are, and those in whose place there is another. */
  keys: number;
  /** Records that were opened. */
  opened: number;
  kept: boolean;
}

type Row = Record<string, unknown>;

/** Looks at everything. Takes minutes on a large database, and writes nothing. */
export async function proveRetention(
  store: { read<T>(work: (reader: Reader) => Promise<T>): Promise<T> },
  retention: Retention,
  now: number,
  progress: (opened: number) => void = () => {},
): Promise<RetentionProof> {
  const overdue = await store.read((reader) => findOverdue(reader, retention, now));
  const isDue = await store.read((reader) => rules(reader, retention, now));
  const readable: Record<string, number> = {};
  let opened = 0;
  for await (const { table, values } of decryptAll(store)) {
    opened += 1;
    if (opened % 1000 === 0) progress(opened);
    if (isDue(table, values)) readable[table] = (readable[table] ?? 0) + 1;
  }
  const keys = await store.read((reader) => countKeys(reader, retention, now));
  const kept = keys === 0 && Object.keys(readable).length === 0 && overdue.every(({ count }) => count === 0);
  return { overdue, readable, keys, opened, kept };
}

/** Whether a row that could be read ought to be gone. */
async function rules(reader: Reader, retention: Retention, now: number): Promise<(table: string, row: Row) => boolean> {
  const long = now - retention.messages_days * DAY_MS;
  const short = now - retention.session_hours * HOUR_MS;
  const cases = monthsBefore(now, retention.case_months);
  const privateCases = monthsBefore(now, retention.private_case_months);
  const complaints = monthsBefore(now, retention.complaint_months);
  const inPrivateCase = await conversationsOfPrivateCases(reader);
  const briefly = await shortConversations(reader);
  const idle = await idleFor(reader, long - ROUND_MS);
  const at = (row: Row, column: string): number => Number(row[column] ?? Number.POSITIVE_INFINITY);
  const dueOf: Record<string, (row: Row) => boolean> = {
    messages(row) {
      const conversation = String(row['conversation_id']);
      if (inPrivateCase.has(conversation)) return false;
      return at(row, 'created_at') <= Math.max(long, Math.min(short, briefly.get(conversation) ?? Number.NEGATIVE_INFINITY));
    },
    message_media: (row) =>
      row['gone_at'] !== null || (at(row, 'created_at') <= long && !inPrivateCase.has(String(row['conversation_id']))),
    sessions: (row) => at(row, 'expires_at') <= now,
    inbox: (row) => at(row, 'created_at') <= long && row['state'] !== 'pending',
    outbox: (row) => at(row, 'created_at') <= long,
    timers: (row) => at(row, 'due_at') <= long,
    cases: (row) => row['status'] === 'closed' && at(row, 'closed_at') <= (Number(row['private']) === 1 ? privateCases : cases),
    complaints: (row) => row['state'] === 'closed' && at(row, 'closed_at') <= complaints,
    addresses: (row) => idle.has(String(row['contact_id'])),
  };
  return (table, row) => dueOf[table]?.(row) ?? false;
}

async function conversationsOfPrivateCases({ db }: Reader): Promise<Set<string>> {
  const rows = await db.selectFrom('cases').select('conversation_id').where('status', '<>', 'closed').where('private', '=', 1).execute();
  return new Set(rows.map((row) => row.conversation_id));
}

/** Of conversations that are kept shortly: up to when their messages are (ms). */
async function shortConversations({ db }: Reader): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('conversations')
    .select(['id', 'keeping', 'private', 'private_at'])
    .where((eb) => eb.or([eb('keeping', '=', 'session'), eb('private_at', 'is not', null)]))
    .execute();
  return new Map(
    rows.map((row) => [row.id, row.keeping === 'session' || row.private === 1 ? Number.POSITIVE_INFINITY : (row.private_at ?? 0)]),
  );
}

async function idleFor(reader: Reader, before: number): Promise<Set<string>> {
  const idle = new Set<string>();
  for (let after = ''; ;) {
    const page = await reader.db.selectFrom('contacts').select('id').where('id', '>', after).orderBy('id').limit(PAGE).execute();
    for (const { id } of await idleContacts(
      reader,
      page.map((row) => row.id),
      before,
    ))
      idle.add(id);
    const last = page.at(-1);
    if (!last) return idle;
    after = last.id;
  }
}

/** Keys of messages of days that are over, except those of an open private case, keys that were replaced, keys whose owner is gone. */
async function countKeys(reader: Reader, retention: Retention, now: number): Promise<number> {
  const { vault, db } = reader;
  const period = vault.periodOf(now - retention.messages_days * DAY_MS);
  const cases = await db.selectFrom('cases').select('contact_id').where('status', '<>', 'closed').where('private', '=', 1).execute();
  const exempt = new Set(cases.map((row) => row.contact_id));
  const since = await keptSince(reader, retention, now);
  const replaced = new Set((await replacedKeys(vault.keys, now)).map((key) => key.id));
  let count = replaced.size;
  for (let after = ''; ;) {
    const page = await vault.keys.madeBefore(now - DAY_MS - ROUND_MS, after, PAGE);
    const last = page.at(-1);
    if (!last) return count;
    const old = page.filter((key) => key.class === 'messages' && key.period % GENERATION < period && !exempt.has(key.owner));
    const gone = new Set([...old.map((key) => key.id), ...(await withoutOwner(reader, page, since))]);
    count += gone.difference(replaced).size;
    after = last.id;
  }
}
