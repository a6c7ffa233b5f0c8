// The request log: one entry an episode, the fields of F2 and no others. No number, name, nationality, text or status.
// Written by runtime/apply in every turn, read by the export. Without its pseudonym an entry belongs to nobody.
import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import type { LogFields } from '../domain/event.ts';
import type { RequestLogEntry } from './records.ts';
import type { RequestLogTable } from './schema.ts';
import { statement } from './statement.ts';
import type { Reader, Tx } from './tx.ts';
import { DAY_MS } from './vault.ts';

/** A pseudonym tells visits of one person apart for this long, then changes. */
const PSEUDONYM_DAYS = 30;

type Row = Omit<RequestLogTable, 'current'>;

/** A literal: with a bound value, as with an order, SQLite plans the query anew at every call. */
const CURRENT = sql.lit<1>(1);

const newest = statement(
  (db, p: { conversationId: string }) =>
    db.selectFrom('request_log').selectAll().where('conversation_id', '=', p.conversationId).where('current', '=', CURRENT),
  { types: { conversationId: 'text' } },
);
const endBefore = statement(
  (db, p: { conversationId: string | null }) =>
    db.updateTable('request_log').set({ current: 0 }).where('conversation_id', '=', p.conversationId).where('current', '=', CURRENT),
  { types: { conversationId: 'text' }, key: ['conversationId'] },
);
const ROW_TYPES = {
  id: 'text',
  conversation_id: 'text',
  hour: 'bigint',
  channel: 'text',
  language: 'text',
  locality: 'text',
  topics: 'text',
  stage: 'text',
  caller_type: 'text',
  flow: 'text',
  release: 'bigint',
  answers: 'text',
  outcome: 'text',
  barrier: 'text',
  seconds_to_person: 'bigint',
  helpful: 'bigint',
  rating: 'bigint',
  gender: 'text',
  age_band: 'text',
  disability: 'bigint',
  sensitive: 'bigint',
  pseudonym: 'text',
} as const;
const insert = statement((db, p: Row) => db.insertInto('request_log').values({ ...columns(p), current: 1 }), { types: ROW_TYPES });
const update = statement(
  (db, p: Row) => {
    const { id, conversation_id: _, ...rest } = columns(p);
    return db.updateTable('request_log').set(rest).where('id', '=', id);
  },
  { types: ROW_TYPES, key: ['id'] },
);
const between = statement((db, p: { from: number; to: number }) =>
  db.selectFrom('request_log').selectAll().where('hour', '>=', p.from).where('hour', '<', p.to).orderBy('hour').orderBy('id'),
);

/** The entry of the newest episode of a conversation. */
export async function currentEpisode(reader: Reader, conversationId: string): Promise<RequestLogEntry | null> {
  const row = await newest.first(reader, { conversationId });
  return row ? toEntry(row) : null;
}

/** Saves an episode's entry. One that is new takes the place of the episode before it. */
export async function saveEpisode(tx: Tx, entry: RequestLogEntry): Promise<void> {
  const row = toRow(entry);
  if ((await update.run(tx, row)) > 0) return;
  await endBefore.run(tx, { conversationId: row.conversation_id });
  await insert.run(tx, row);
}

/** A pseudonym of a contact for the thirty days that `now` lies in: stable within them, unrelated to the next. */
export function newPseudonym(reader: Reader, contactId: string, now: number): string {
  const window = Math.floor(now / (PSEUDONYM_DAYS * DAY_MS));
  return createHmac('sha256', reader.vault.deriveKey(`pseudonym ${window}`))
    .update(contactId)
    .digest('base64url')
    .slice(0, 22);
}

/** Entries of the hours from `from` to before `to` (ms), oldest first, without their link to a conversation. */
export async function exportRequests(reader: Reader, from: number, to: number): Promise<RequestLogEntry[]> {
  const rows = await between.all(reader, { from, to });
  return rows.map((row) => ({ ...toEntry(row), conversationId: null }));
}

/** Every column by name: statements see stand-ins, which cannot be spread. */
function columns(p: Row): Row {
  return {
    id: p.id,
    conversation_id: p.conversation_id,
    hour: p.hour,
    channel: p.channel,
    language: p.language,
    locality: p.locality,
    topics: p.topics,
    stage: p.stage,
    caller_type: p.caller_type,
    flow: p.flow,
    release: p.release,
    answers: p.answers,
    outcome: p.outcome,
    barrier: p.barrier,
    seconds_to_person: p.seconds_to_person,
    helpful: p.helpful,
    rating: p.rating,
    gender: p.gender,
    age_band: p.age_band,
    disability: p.disability,
    sensitive: p.sensitive,
    pseudonym: p.pseudonym,
  };
}

function toRow(entry: RequestLogEntry): Row {
  return {
    id: entry.id,
    conversation_id: entry.conversationId,
    hour: entry.hour,
    channel: entry.channel,
    language: entry.language,
    locality: entry.locality ?? null,
    topics: JSON.stringify(entry.topics),
    stage: entry.stage ?? null,
    caller_type: entry.callerType ?? null,
    flow: entry.flow,
    release: entry.release,
    answers: JSON.stringify(entry.answers),
    outcome: entry.outcome ?? null,
    barrier: entry.barrier ?? null,
    seconds_to_person: entry.secondsToPerson,
    helpful: flag(entry.helpful),
    rating: entry.rating ?? null,
    gender: entry.gender ?? null,
    age_band: entry.ageBand ?? null,
    disability: flag(entry.disability),
    sensitive: entry.sensitive ? 1 : 0,
    pseudonym: entry.pseudonym,
  };
}

function toEntry(row: RequestLogTable): RequestLogEntry {
  const fields: LogFields = {
    ...(row.stage === null ? {} : { stage: row.stage }),
    ...(row.locality === null ? {} : { locality: row.locality }),
    ...(row.caller_type === null ? {} : { callerType: row.caller_type as NonNullable<LogFields['callerType']> }),
    ...(row.outcome === null ? {} : { outcome: row.outcome as NonNullable<LogFields['outcome']> }),
    ...(row.barrier === null ? {} : { barrier: row.barrier }),
    ...(row.helpful === null ? {} : { helpful: row.helpful === 1 }),
    ...(row.rating === null ? {} : { rating: row.rating }),
    ...(row.gender === null ? {} : { gender: row.gender as NonNullable<LogFields['gender']> }),
    ...(row.age_band === null ? {} : { ageBand: row.age_band as NonNullable<LogFields['ageBand']> }),
    ...(row.disability === null ? {} : { disability: row.disability === 1 }),
    ...(row.sensitive === 1 ? { sensitive: true } : {}),
  };
  return {
    ...fields,
    id: row.id,
    conversationId: row.conversation_id,
    hour: row.hour,
    channel: row.channel,
    language: row.language,
    topics: JSON.parse(row.topics) as string[],
    answers: JSON.parse(row.answers) as string[],
    flow: row.flow,
    release: row.release,
    secondsToPerson: row.seconds_to_person,
    pseudonym: row.pseudonym,
  };
}

function flag(value: boolean | undefined): number | null {
  return value === undefined ? null : value ? 1 : 0;
}
