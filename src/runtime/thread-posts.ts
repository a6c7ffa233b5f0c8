// What a case's thread on the staff surface is to have next: messages, private notes and events in one order, with names.
// Called by tell-staff.ts. Nothing of a private case is ever listed: cases-to-tell.ts leaves those out.
import type { CaseMessage } from '../channels/staff-surface.ts';
import type { CaseToTell } from '../store/cases-to-tell.ts';
import { listDesks } from '../store/desks.ts';
import { loadConversation } from '../store/conversations.ts';
import { listMessages } from '../store/messages.ts';
import { loadStaff } from '../store/staff.ts';
import { listStaffMessages } from '../store/staff-messages.ts';
import type { Reader } from '../store/store.ts';
import { listThreadNews, type ThreadNews } from '../store/thread-news.ts';
import { windowEnd } from './desk/reach.ts';
import type { Services } from './services.ts';

/** One post. `message` null: the thread has it already, or it was never said. */
export interface ThreadPost {
  message: CaseMessage | null;
  /** Of a message of the conversation. */
  sequence: number;
  /** Of a note or an event. */
  item: ThreadNews | null;
  at: number;
}

/** Ids of what was typed on the surface itself. */
const TYPED_THERE = 'staff:';

/** The posts of a case, oldest first; `last` is the number of the last message among them. */
export async function listPosts(
  reader: Reader,
  news: CaseToTell,
  services: Services,
): Promise<{ posts: ThreadPost[]; last: number | null }> {
  const messages = news.tellUpTo === null ? [] : await listMessagePosts(reader, news, services);
  const items = news.hasNews ? await listItemPosts(reader, news.record.id) : [];
  const last = messages.at(-1)?.sequence ?? null;
  // Two lists in order, merged: the messages keep theirs, whatever the clocks of nodes say.
  const posts: ThreadPost[] = [];
  while (messages.length > 0 || items.length > 0) {
    const [message] = messages;
    const [item] = items;
    const next = message === undefined || (item !== undefined && item.at < message.at) ? items.shift() : messages.shift();
    if (next) posts.push(next);
  }
  return { posts, last };
}

async function listMessagePosts(reader: Reader, { record }: CaseToTell, services: Services): Promise<ThreadPost[]> {
  const conversation = await loadConversation(reader, record.conversationId);
  const windowEndsAt = conversation && windowEnd(services.channels.get(conversation.channel), conversation);
  const written = new Map((await listStaffMessages(reader, record.id)).map((one) => [one.messageId, one]));
  const posts: ThreadPost[] = [];
  const until = record.closedAt ?? Number.POSITIVE_INFINITY;
  const messages = (await listMessages(reader, record.conversationId, record.relayedSequence)).filter(
    ({ createdAt }) => createdAt <= until,
  );
  for (const [index, { id, from, text: words, files, sequence, status, aside, createdAt }] of messages.entries()) {
    const text = [words, ...(files ? [sentFiles(files)] : [])].filter(Boolean).join('\n');
    const staff = written.get(id);
    // What staff sent from the surface stands in the thread already, unless it was kept; what was never sent was never said.
    const thereAlready = from === 'staff' && id.startsWith(TYPED_THERE) && staff?.how !== 'when_they_write';
    const passedOver = thereAlready || text === '' || status === 'cancelled' || aside;
    const newest = from === 'person' && index === messages.length - 1;
    const by = staff ? await nameOf(reader, staff.staffId) : null;
    const message = { id, from, text, by, ...(newest ? { windowEndsAt } : {}) };
    posts.push({ message: passedOver ? null : message, sequence, item: null, at: createdAt });
  }
  return posts;
}

const FILES: Record<string, string> = { image: 'a picture', audio: 'a voice note', video: 'a film' };

/** What a person shows is never shown on the surface: the console takes out what it tells of them. */
function sentFiles(types: readonly string[]): string {
  const kinds = new Set(types.map((type) => FILES[type.split('/')[0] ?? ''] ?? 'a file'));
  return `(sent ${[...kinds].join(' and ')}: open the console)`;
}

async function listItemPosts(reader: Reader, caseId: string): Promise<ThreadPost[]> {
  const posts: ThreadPost[] = [];
  for (const item of await listThreadNews(reader, caseId))
    posts.push({ message: await writeItem(reader, item), sequence: 0, item, at: item.at });
  return posts;
}

async function writeItem(reader: Reader, item: ThreadNews): Promise<CaseMessage | null> {
  const by = await nameOf(reader, item.staffId);
  if (item.kind === 'note') return item.id.startsWith(TYPED_THERE) ? null : { id: item.id, from: 'note', by, text: item.text };
  return { id: item.id, from: 'event', by, text: '', event: { kind: item.event, to: await targetOf(reader, item.toRef) } };
}

/** A colleague's name for the thread: the alias; of somebody without an account the surface's own id. */
export async function nameOf(reader: Reader, staffId: string | null): Promise<string | null> {
  return staffId === null ? null : ((await loadStaff(reader, staffId))?.alias ?? staffId);
}

/** Whom or what an event led to: a colleague who uses the surface is called there, a desk goes by its name. */
async function targetOf(reader: Reader, ref: string | null): Promise<string | null> {
  if (ref === null) return null;
  const member = await loadStaff(reader, ref);
  if (member) return member.slackUser === null ? member.alias : `slack:${member.slackUser}`;
  return (await listDesks(reader)).find(({ id }) => id === ref)?.name ?? ref;
}
