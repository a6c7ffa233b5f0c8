// A conversation as staff see it: messages, private notes and what happened to the case, in one order.
// Used by the handlers that read a case. What of a conversation belongs to a case is the store's to say (case-talk.ts).
import type { z } from 'zod';
import type { TimelineItem as TimelineShape } from '../../api/case-operations.ts';
import type { Actor } from '../../domain/staff.ts';
import { listCaseEvents, type CaseEvent } from '../../store/case-events.ts';
import { listCaseNotes, type CaseNote } from '../../store/case-notes.ts';
import { listCaseTalk, type TalkMessage } from '../../store/case-talk.ts';
import { listKeptReplies } from '../../store/kept-replies.ts';
import { listMedia, type MediaItem } from '../../store/message-media.ts';
import type { CaseRecord, Conversation } from '../../store/records.ts';
import { listStaffMessages } from '../../store/staff-messages.ts';
import type { Reader } from '../../store/store.ts';
import type { People } from './people.ts';

export type TimelineItem = z.output<typeof TimelineShape>;
type MessageItem = Extract<TimelineItem, { type: 'message' }>;

/** Messages of ours whose state may still move are told again, as far back as this. */
const STATES_BACK = 50;

/** Begins with a letter of Hebrew, Arabic or one of their neighbours. */
const RTL = /^[^\p{L}]*[\u0590-\u08ff]/u;

/** What decides what of a case is shown, and to whom. */
export interface TimelineOf {
  record: CaseRecord;
  conversation: Conversation;
  actor: Actor;
  /** Reads as the interpreter who was invited, and by no other right. */
  asInterpreter: boolean;
  people: People;
}

/**
 * The timeline.
 * @param after messages after this number, and earlier ones of ours for their states; everything when left out
 */
export async function readTimeline(reader: Reader, of: TimelineOf, after?: number): Promise<TimelineItem[]> {
  const { record, conversation, actor, asInterpreter, people } = of;
  const readsPrivate = record.private || (!asInterpreter && actor.permissions.has('case.read_private'));
  const talk = await listCaseTalk(reader, record, conversation, readsPrivate);
  const writers = new Map((await listStaffMessages(reader, record.id)).map(({ messageId, staffId }) => [messageId, staffId]));
  const media = await listMedia(reader, conversation.id);
  const kept = (await listKeptReplies(reader, conversation.id)).filter((reply) => reply.caseId === record.id);
  const notes = (await listCaseNotes(reader, record.id)).filter((note) => !asInterpreter || concerns(note, actor));
  const wanted =
    after === undefined
      ? talk
      : talk.filter((one) => one.sequence > after || (one.from !== 'person' && one.sequence > after - STATES_BACK));
  const alias = (id: string | undefined | null): string | null => (id == null ? null : people.alias(id));
  const items: TimelineItem[] = [
    ...wanted.map((one) => toMessage(one, alias(writers.get(one.id)), media.get(one.id) ?? [])),
    ...kept.map(({ id, staffId, text, createdAt }): MessageItem => ({
      ...KEPT,
      key: `kept:${id}`,
      id,
      by: alias(staffId),
      text,
      direction: RTL.test(text) ? 'rtl' : 'ltr',
      at: createdAt,
    })),
    ...notes.map(({ id, staffId, text, mentions, createdAt }): TimelineItem => ({
      type: 'note',
      key: `note:${id}`,
      id,
      by: people.alias(staffId),
      text,
      mentions: [...mentions],
      at: createdAt,
    })),
    ...(await listCaseEvents(reader, record.id)).map((event) => toEvent(event, of)),
  ];
  return items.sort((one, other) => one.at - other.at || order(one) - order(other) || (one.key < other.key ? -1 : 1));
}

/** Interpreters see their own notes, and those that call them. */
function concerns({ staffId, mentions }: CaseNote, { id }: Actor): boolean {
  return staffId === id || mentions.includes(id);
}

const order = (item: TimelineItem): number => (item.type === 'message' ? item.sequence : 0);

const KEPT = {
  type: 'message',
  sequence: 0,
  from: 'staff',
  language: null,
  status: 'held',
  fault: null,
  media: [],
} as const satisfies Partial<MessageItem>;

function toMessage(one: TalkMessage, by: string | null, media: MediaItem[]): MessageItem {
  const { id, sequence, from, text, language, direction, createdAt } = one;
  return {
    type: 'message',
    key: `message:${id}`,
    id,
    sequence,
    from,
    by: from === 'staff' ? by : null,
    text,
    language,
    direction,
    status: statusOf(one),
    fault: faultOf(one),
    media: media.map(({ id: mediaId, kind, contentType, gone }) => ({ id: mediaId, kind, contentType, gone })),
    at: createdAt,
  };
}

function statusOf({ status }: TalkMessage): MessageItem['status'] {
  // On its way, as far as staff are concerned: what became of it is being found out.
  return status === 'sending' || status === 'unknown' ? 'queued' : status;
}

function faultOf({ status, errorCode }: TalkMessage): string | null {
  if (status !== 'failed') return null;
  return errorCode === null ? 'It could not be delivered.' : `The channel's provider could not deliver it (code ${errorCode}).`;
}

function toEvent({ id, kind, staffId, toRef, at }: CaseEvent, { people }: TimelineOf): TimelineItem {
  const desk = people.roster.desks.find((one) => one.id === toRef)?.name;
  const member = toRef === null ? null : people.alias(toRef);
  const to = toRef === null ? null : (desk ?? (member === '—' ? toRef : member));
  return { type: 'event', key: `event:${id}`, kind, by: staffId === null ? null : people.alias(staffId), to, at };
}
