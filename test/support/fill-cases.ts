// Fills a database with open cases, fast: rows of the shape and size that the product writes. What is sealed in them is chance.
// Used where it matters how many cases there are: the inbox's bench, plans of queries, streams of many consoles.
import { randomBytes } from 'node:crypto';
import type { Insertable } from 'kysely';
import type { CaseTable, ConversationTable, MessageTable } from '../../src/store/schema.ts';
import type { Store } from '../../src/store/store.ts';

const CHUNK = 200;
const MINUTE_MS = 60_000;

export interface FilledCase {
  id: string;
  conversationId: string;
}

/**
 * Adds cases of several desks, languages and priorities: most wait in the line, some are tickets, claimed or private.
 * @param messages how many each conversation has
 */
export async function fillCases(
  store: Store,
  count: number,
  options: { now: number; deskIds: readonly (string | null)[]; staffIds: readonly string[]; messages?: number },
): Promise<FilledCase[]> {
  const made: FilledCase[] = [];
  const { messages = 6 } = options;
  for (let from = 0; from < count; from += CHUNK) {
    const numbers = Array.from({ length: Math.min(CHUNK, count - from) }, (_, index) => from + index);
    await store.transaction(async ({ db }) => {
      await db
        .insertInto('contacts')
        .values(numbers.map((n) => ({ id: `person-${n}`, created_at: options.now })))
        .execute();
      await db
        .insertInto('conversations')
        .values(numbers.map((n) => conversation(n, messages, options.now)))
        .execute();
      await db
        .insertInto('cases')
        .values(numbers.map((n) => caseRow(n, options)))
        .execute();
      const said = numbers.flatMap((n) => Array.from({ length: messages }, (_, index) => message(n, index + 1, options.now)));
      for (let part = 0; part < said.length; part += CHUNK)
        await db
          .insertInto('messages')
          .values(said.slice(part, part + CHUNK))
          .execute();
    });
    made.push(...numbers.map((n) => ({ id: `case-${n}`, conversationId: `talk-${n}` })));
  }
  return made;
}

function conversation(n: number, messages: number, now: number): Insertable<ConversationTable> {
  const owner = isClaimed(n) ? 'staff' : isTicket(n) ? 'flow' : 'queue';
  return {
    id: `talk-${n}`,
    contact_id: `person-${n}`,
    channel: n % 3 === 0 ? 'web' : 'whatsapp',
    owner,
    assignee: null,
    epoch: 1,
    language: 'es',
    keeping: 'standard',
    private: 0,
    private_at: null,
    reply_hash: `hash-${n}`,
    last_inbound_at: now,
    last_sequence: messages,
    created_at: now - n * MINUTE_MS,
  };
}

const isClaimed = (n: number): boolean => n % 5 === 0;
const isTicket = (n: number): boolean => n % 10 === 3;

function caseRow(
  n: number,
  { now, deskIds, staffIds }: { now: number; deskIds: readonly (string | null)[]; staffIds: readonly string[] },
): Insertable<CaseTable> {
  const since = now - ((n * 7919) % 20_000) * MINUTE_MS;
  return {
    id: `case-${n}`,
    conversation_id: `talk-${n}`,
    contact_id: `person-${n}`,
    status: isClaimed(n) ? 'claimed' : 'waiting',
    topic: 'HEA.CARD',
    language: ['es', 'ar', 'fr', 'en'][n % 4] ?? 'es',
    priority: n % 50 === 0 ? 'emergency' : n % 9 === 0 ? 'urgent' : 'normal',
    reason: 'asked',
    private: n % 20 === 7 ? 1 : 0,
    assignee: isClaimed(n) ? (staffIds[n % staffIds.length] ?? null) : null,
    sealed: randomBytes(300),
    opened_at: since,
    claimed_at: isClaimed(n) ? now : null,
    closed_at: null,
    thread_ref: null,
    callback: 0,
    relayed_sequence: 0,
    version: 1,
    shown_version: 1,
    desk_id: deskIds[n % deskIds.length] ?? null,
    locality: null,
    gender_wanted: null,
    callback_at: null,
    waiting_since: since,
    due_at: since + 14 * 24 * 60 * MINUTE_MS,
    escalation: 0,
    offered_to: null,
    outcome: null,
    closed_by: null,
    queued_at: isTicket(n) ? null : since,
    spoken: null,
  };
}

function message(n: number, sequence: number, now: number): Insertable<MessageTable> {
  return {
    id: `message-${n}-${sequence}`,
    conversation_id: `talk-${n}`,
    sequence,
    sender: sequence === 3 ? 'staff' : sequence % 2 === 1 ? 'person' : 'service',
    kind: sequence % 2 === 1 ? 'inbound' : 'flow',
    sealed: randomBytes(200),
    status: null,
    status_rank: 0,
    error_code: null,
    provider_ref: null,
    created_at: now - 1000 * (100 - sequence),
  };
}
