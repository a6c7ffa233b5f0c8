// Pictures and voice notes that people sent while staff had their conversation: where the provider keeps each, or the file itself.
// Written with the message (receive-batch.ts), read by runtime/desk/media.ts, gone when the case closes or the message goes.
// 2026-11-21: each is sealed with a key of its own, which is destroyed at closing: a case's summary is kept for months, what
// somebody showed a caseworker is not. What is gone keeps its row for as long as its message, so that it shows as gone.
import { sql } from 'kysely';
import type { Media, InboundMessage } from '../domain/message.ts';
import { MEDIA_COPY } from '../domain/message.ts';
import { newId } from '../util/ids.ts';
import { mayBeShown } from '../util/media/clean-media.ts';
import { findOpenCase } from './cases.ts';
import { loadConversation } from './conversations.ts';
import { eraseMediaCopies } from './provider-copies.ts';
import type { Reader, Tx } from './tx.ts';

/** Files of one conversation that are kept at the same time, and the bytes of those that no provider keeps. */
const MAX_FILES = 50;
const MAX_BYTES = 20_000_000;
/** The same of all conversations: a crowd must not fill the disk. */
const MAX_BYTES_OF_ALL = 2_000_000_000;
/** Rows that one call removes at most. */
const ROWS = 1000;

/** Where a file is: at its provider, under a message of the provider's, or here. */
export type MediaSource =
  | { kind: 'provider'; message: string; index: number; at: string }
  /** Base64. */
  | { kind: 'here'; bytes: string };

/** One file as a conversation shows it. */
export interface MediaItem {
  id: string;
  kind: 'image' | 'audio' | 'video' | 'file';
  contentType: string;
  gone: boolean;
}

/** What becomes of each file of a message, and the case that they are for. */
export interface MediaPlan {
  media: Media[];
  caseId: string | null;
}

/** Where a file's source stands. */
export const mediaPlace = (id: string) => ({ table: 'message_media', row: id, column: 'sealed' });

/**
 * What will become of a message's files, as `kept` and `lost` of each: kept while people have the conversation and the person
 * lets us keep messages at all; of types that can be shown; within the limits. The conversation is locked where there are locks.
 * @param fetches whether the channel can get a file at its provider
 */
export async function planMedia(tx: Tx, message: InboundMessage, conversationId: string, fetches: boolean): Promise<MediaPlan> {
  const conversation = await loadConversation(tx, conversationId);
  const withPeople = conversation?.owner === 'queue' || conversation?.owner === 'staff';
  const record = withPeople && conversation.keeping === 'standard' ? await findOpenCase(tx, conversationId) : null;
  if (!record) return { media: message.media, caseId: null };
  const kept = await measure(tx, conversationId);
  const media = message.media.map((one): Media => {
    const lost = one.lost ?? (mayBeShown(one.contentType) && (one.bytes !== undefined || fetches) ? undefined : 'type');
    if (lost !== undefined) return { ...one, lost };
    const size = one.bytes?.length ?? 0;
    if (kept.files >= MAX_FILES || kept.bytes + size > MAX_BYTES || kept.bytesOfAll + size > MAX_BYTES_OF_ALL)
      return { ...one, lost: 'full' };
    kept.files += 1;
    kept.bytes += size;
    kept.bytesOfAll += size;
    return { ...one, kept: newId() };
  });
  return { media, caseId: record.id };
}

/** Writes the files that are kept. */
export async function addMedia(
  tx: Tx,
  { media, caseId }: MediaPlan,
  message: Pick<InboundMessage, 'channel' | 'externalId' | 'receivedAt'> & { id: string; contactId: string; conversationId: string },
): Promise<void> {
  for (const [index, { kept, bytes, contentType, providerRef }] of media.entries()) {
    if (kept === undefined) continue;
    const source: MediaSource = bytes
      ? { kind: 'here', bytes: Buffer.from(bytes).toString('base64') }
      : { kind: 'provider', message: message.externalId, index, at: providerRef };
    await tx.db
      .insertInto('message_media')
      .values({
        id: kept,
        message_id: message.id,
        conversation_id: message.conversationId,
        case_id: caseId,
        contact_id: message.contactId,
        channel: message.channel,
        content_type: contentType,
        sealed: await tx.vault.seal(kept, 'media', mediaPlace(kept), JSON.stringify(source)),
        gone_at: null,
        created_at: message.receivedAt,
      })
      .execute();
  }
}

/** Files of a conversation's messages, by message id. */
export async function listMedia(reader: Reader, conversationId: string): Promise<Map<string, MediaItem[]>> {
  const rows = await reader.db
    .selectFrom('message_media')
    .select(['id', 'message_id', 'content_type', 'gone_at'])
    .where('conversation_id', '=', conversationId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  const items = new Map<string, MediaItem[]>();
  for (const row of rows) {
    const item = { id: row.id, kind: kindOf(row.content_type), contentType: row.content_type, gone: row.gone_at !== null };
    items.set(row.message_id, [...(items.get(row.message_id) ?? []), item]);
  }
  return items;
}

/** A file of a case, with where it is. */
export interface KeptMedia {
  channel: string;
  /** What its sender says that it is. */
  claimed: string;
  createdAt: number;
  /** Null when it is gone. */
  source: MediaSource | null;
}

/** A file of a case; null for what is not of that case. */
export async function loadMedia(reader: Reader, id: string, caseId: string): Promise<KeptMedia | null> {
  const row = await reader.db
    .selectFrom('message_media')
    .select(['channel', 'content_type', 'sealed', 'gone_at', 'created_at'])
    .where('id', '=', id)
    .where('case_id', '=', caseId)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('messages').select('id').whereRef('messages.id', '=', 'message_media.message_id').where('aside', '=', 1))),
    )
    .executeTakeFirst();
  if (!row) return null;
  const text = row.sealed === null || row.gone_at !== null ? null : await reader.vault.openIfKept(mediaPlace(id), row.sealed);
  const source = text === null ? null : (JSON.parse(text) as MediaSource);
  return { channel: row.channel, claimed: row.content_type, createdAt: row.created_at, source };
}

/** Ends what is kept of a conversation's files: here at once, at the provider as soon as it does so. */
export async function endMedia(tx: Tx, conversationId: string, now: number): Promise<void> {
  const rows = await tx.db
    .selectFrom('message_media')
    .select(['id', 'contact_id', 'channel'])
    .where('conversation_id', '=', conversationId)
    .where('gone_at', 'is', null)
    .execute();
  const [first] = rows;
  if (!first) return;
  await eraseMediaCopies(tx, first.contact_id, first.channel, now);
  await markMediaGone(
    tx,
    rows.map((row) => row.id),
    now,
  );
}

/** Files that nobody can see any more: their rows say so for as long as their messages stay. */
export async function markMediaGone(tx: Tx, ids: string[], now: number): Promise<void> {
  await tx.db.updateTable('message_media').set({ sealed: null, gone_at: now }).where('id', 'in', ids).execute();
  tx.afterCommit(async () => void (await tx.vault.destroyKeys(ids, ['media'])));
  tx.afterCommit(() => tx.dropRemains());
}

/** Owners of the keys of a contact's files, for an erasure. */
export async function mediaOwners(tx: Tx, contactId: string): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('message_media')
    .select('id')
    .where('contact_id', '=', contactId)
    .where('sealed', 'is not', null)
    .execute();
  return rows.map((row) => row.id);
}

/** Removes files whose message is gone by its retention. @returns how many. */
export async function purgeMedia(tx: Tx): Promise<number> {
  const rows = await tx.db
    .deleteFrom('message_media')
    .where('id', 'in', (eb) => eb.selectFrom('message_media').select('id').where(WITHOUT_MESSAGE).limit(ROWS))
    .returning('id')
    .execute();
  const ids = rows.map((row) => row.id);
  if (ids.length > 0) tx.afterCommit(async () => void (await tx.vault.destroyKeys(ids, ['media'])));
  return ids.length;
}

/** Condition on `message_media`: its message is gone. */
export const WITHOUT_MESSAGE = sql<boolean>`not exists (select 1 from messages where messages.id = message_media.message_id)`;

/** Names the copy that a provider has of a message's files alone. */
export const mediaCopy = (externalId: string): string => externalId + MEDIA_COPY;

interface Kept {
  files: number;
  bytes: number;
  bytesOfAll: number;
}

/** The length of a sealed file is read without the file itself. */
async function measure({ db }: Reader, conversationId: string): Promise<Kept> {
  const { rows } = await sql<Kept>`select
      count(case when conversation_id = ${conversationId} then 1 end) as files,
      coalesce(sum(case when conversation_id = ${conversationId} then length(sealed) end), 0) as bytes,
      coalesce(sum(length(sealed)), 0) as "bytesOfAll"
    from message_media where sealed is not null`.execute(db);
  const [row] = rows;
  // Stored as Base64: four bytes for three.
  const plain = (bytes: unknown): number => Math.floor((Number(bytes) * 3) / 4);
  return { files: Number(row?.files as unknown) || 0, bytes: plain(row?.bytes), bytesOfAll: plain(row?.bytesOfAll) };
}

function kindOf(contentType: string): MediaItem['kind'] {
  const [kind] = contentType.split('/');
  return kind === 'image' || kind === 'audio' || kind === 'video' ? kind : 'file';
}
