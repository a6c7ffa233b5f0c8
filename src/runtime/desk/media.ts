// A picture or voice note, for staff who may see its case: got when they ask for it, known by its content, without metadata.
// Called by http/api/media.ts. Nothing of it stays here. Every look and every refusal is written to the audit log.
import { maySeeCase } from '../../desk/access.ts';
import type { Actor } from '../../domain/staff.ts';
import { interpretersOf } from '../../store/assignments.ts';
import { appendAudit } from '../../store/audit.ts';
import { loadCase } from '../../store/cases.ts';
import { loadConversation } from '../../store/conversations.ts';
import { loadMedia, markMediaGone, type KeptMedia } from '../../store/message-media.ts';
import { cleanMedia, isAsClaimed } from '../../util/media/clean-media.ts';
import type { FetchedMedia } from '../../channels/channel.ts';
import type { Services } from '../services.ts';

/** What somebody who asks for a file gets. `reason` is a sentence for staff. */
export type MediaOutcome =
  | { kind: 'shown'; contentType: string; bytes: Uint8Array }
  /** No such file, or not this actor's to see. */
  | { kind: 'not_found' }
  | { kind: 'gone'; reason: string }
  | { kind: 'refused'; reason: string }
  | { kind: 'failed'; reason: string };

/** Files that are got at the same time: each may be 16 MB. */
const MAX_AT_ONCE = 8;
const GONE = 'It is not kept any more: files go when the case is closed, or when the person deletes their data.';
const GONE_THERE = 'Its provider does not have it any more.';
const BUSY = 'Too many files are being opened just now. Try again in a moment.';
const NO_ANSWER = 'Its provider did not give it just now. Try again in a minute.';
const OFF = 'The channel that it came by is switched off, so it cannot be fetched.';
const UNKNOWN =
  'It is no picture, voice note or film that can be shown safely, or it is damaged. Ask the person to send it in another way.';
const NOT_AS_CLAIMED = 'It is not what it says it is, so it is not shown. Ask the person what they wanted to send.';

let atOnce = 0;

/** Gets a file. Never throws for what the file or its provider does. */
export async function readMedia(services: Services, actor: Actor, caseId: string, mediaId: string): Promise<MediaOutcome> {
  const found = await find(services, actor, caseId, mediaId);
  if (!found) return { kind: 'not_found' };
  if (atOnce >= MAX_AT_ONCE) return { kind: 'failed', reason: BUSY };
  atOnce += 1;
  try {
    const outcome = open(found, await fetchMedia(found, services));
    await writeDown(services, actor, { caseId, mediaId }, outcome, found);
    return outcome;
  } finally {
    atOnce -= 1;
  }
}

/** The file, if it is of this case, and the case of those that they may read. */
function find({ store }: Services, actor: Actor, caseId: string, mediaId: string): Promise<KeptMedia | null> {
  return store.read(async (reader) => {
    const record = await loadCase(reader, caseId);
    const conversation = record && (await loadConversation(reader, record.conversationId));
    if (!conversation || actor.via === 'slack') return null;
    const interpreters = (await interpretersOf(reader, caseId)).map(({ staffId }) => staffId);
    if (!maySeeCase(actor, { ...record, interpreters })) return null;
    const media = await loadMedia(reader, mediaId, caseId);
    // What was said in the private lane is not shown with a case that is not private.
    const hidden =
      !record.private && !actor.permissions.has('case.read_private') && (media?.createdAt ?? 0) <= (conversation.privateAt ?? -1);
    return hidden ? null : media;
  });
}

async function fetchMedia({ source, channel: name }: KeptMedia, { channels, log }: Services): Promise<FetchedMedia | { kind: 'ended' }> {
  if (source === null) return { kind: 'ended' };
  if (source.kind === 'here') return { kind: 'fetched', bytes: Buffer.from(source.bytes, 'base64') };
  const channel = channels.get(name);
  if (!channel?.fetchMedia) return { kind: 'refused', reason: OFF };
  try {
    return await channel.fetchMedia(source);
  } catch (error) {
    log.warn({ channel: name, error }, 'A file at the provider could not be fetched.');
    return { kind: 'failed' };
  }
}

function open({ claimed }: KeptMedia, fetched: FetchedMedia | { kind: 'ended' }): MediaOutcome {
  switch (fetched.kind) {
    case 'ended':
      return { kind: 'gone', reason: GONE };
    case 'gone':
      return { kind: 'gone', reason: GONE_THERE };
    case 'failed':
      return { kind: 'failed', reason: NO_ANSWER };
    case 'refused':
      return fetched;
    case 'fetched': {
      const clean = cleanMedia(fetched.bytes);
      if (!clean) return { kind: 'refused', reason: UNKNOWN };
      return isAsClaimed(claimed, clean.contentType) ? { kind: 'shown', ...clean } : { kind: 'refused', reason: NOT_AS_CLAIMED };
    }
  }
}

async function writeDown(
  { store, clock }: Services,
  actor: Actor,
  { caseId, mediaId }: { caseId: string; mediaId: string },
  outcome: MediaOutcome,
  { source }: KeptMedia,
): Promise<void> {
  const detail = {
    case: caseId,
    result: outcome.kind,
    ...(outcome.kind === 'shown' ? { type: outcome.contentType } : {}),
    ...(outcome.kind === 'refused' ? { asClaimed: outcome.reason !== NOT_AS_CLAIMED } : {}),
  };
  await store.transaction(async (tx) => {
    if (outcome.kind === 'gone' && source !== null) await markMediaGone(tx, [mediaId], clock());
    await appendAudit(tx, { at: clock(), actor: actor.id, action: 'media.read', target: mediaId, detail });
  });
}
