// Counts of what was queued for sending, a contact and day and a channel and day; the limits themselves are settings.
// Called by runtime/queue-lines.ts, which counts, and runtime/apply/speak.ts, which asks before it speaks.
import { Batch } from './batch.ts';
import { statement } from './statement.ts';
import type { Reader, Tx } from './tx.ts';
import { DAY_MS } from './vault.ts';

export interface OutboundTotals {
  contactMessages: number;
  contactSegments: number;
  channelMessages: number;
  channelSegments: number;
}

interface Key {
  contactId: string;
  channel: string;
  /** Milliseconds since the epoch; a day is a UTC day. */
  now: number;
}

const countContact = statement(
  (db, p: { contactId: string; day: number; segments: number }) =>
    db
      .insertInto('contact_counts')
      .values({ contact_id: p.contactId, day: p.day, messages: 1, segments: p.segments })
      .onConflict((conflict) =>
        conflict.columns(['contact_id', 'day']).doUpdateSet((eb) => ({
          messages: eb('contact_counts.messages', '+', 1),
          segments: eb('contact_counts.segments', '+', eb.ref('excluded.segments')),
        })),
      ),
  { types: { contactId: 'text', day: 'bigint', segments: 'bigint' }, key: ['contactId', 'day'] },
);
const countChannel = statement((db, p: { channel: string; day: number; slot: number; messages: number; segments: number }) =>
  db
    .insertInto('channel_counts')
    .values({ channel: p.channel, day: p.day, slot: p.slot, messages: p.messages, segments: p.segments })
    .onConflict((conflict) =>
      conflict.columns(['channel', 'day', 'slot']).doUpdateSet((eb) => ({
        messages: eb('channel_counts.messages', '+', eb.ref('excluded.messages')),
        segments: eb('channel_counts.segments', '+', eb.ref('excluded.segments')),
      })),
    ),
);
const ofContact = statement(
  (db, p: { contactId: string; day: number }) =>
    db.selectFrom('contact_counts').select(['messages', 'segments']).where('contact_id', '=', p.contactId).where('day', '=', p.day),
  { types: { contactId: 'text', day: 'bigint' } },
);
/** At most a few rows: added up here, because databases return sums as different types. */
const ofChannel = statement(
  (db, p: { channel: string; day: number }) =>
    db.selectFrom('channel_counts').select(['messages', 'segments']).where('channel', '=', p.channel).where('day', '=', p.day),
  { types: { channel: 'text', day: 'bigint' } },
);

/** Only the first of a value writes. */
const note = statement((db, p: { name: string; value: string }) =>
  db
    .insertInto('meta')
    .values({ name: p.name, value: p.value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: p.value }).where('meta.value', '<>', p.value)),
);

/** Notes a value under a name; true for whoever is the first to note this one. */
export async function noteFirst(tx: Tx, name: string, value: string): Promise<boolean> {
  return (await note.run(tx, { name, value })) === 1;
}

/** Counts one message of so many segments towards its contact and its channel. */
export async function countOutbound(tx: Tx, outbound: Key & { segments: number }): Promise<void> {
  const { contactId, channel, segments, now } = outbound;
  const day = Math.floor(now / DAY_MS);
  await countContact.run(tx, { contactId, day, segments });
  if (tx.dialect === 'sqlite') await countChannel.run(tx, { channel, day, slot: tx.slot, messages: 1, segments });
  else await channelSums(tx).load({ channel, day, segments });
}

interface ChannelPart {
  channel: string;
  day: number;
  segments: number;
}

const sums = new WeakMap<Tx, Batch<ChannelPart, void>>();

/** PostgreSQL: turns of one transaction that count at the same moment add up first; they would all change one row. */
function channelSums(tx: Tx): Batch<ChannelPart, void> {
  const known = sums.get(tx);
  if (known) return known;
  const made = new Batch<ChannelPart, void>(async (parts) => {
    for (const group of Map.groupBy(parts, ({ channel, day }) => `${day} ${channel}`).values()) {
      const [{ channel, day }] = group as [ChannelPart];
      const segments = group.reduce((sum, part) => sum + part.segments, 0);
      await countChannel.run(tx, { channel, day, slot: tx.slot, messages: group.length, segments });
    }
    return parts.map(() => undefined);
  });
  sums.set(tx, made);
  return made;
}

/** What was counted today. */
export async function outboundTotals(reader: Reader, { contactId, channel, now }: Key): Promise<OutboundTotals> {
  const day = Math.floor(now / DAY_MS);
  const [contact, slots] = await Promise.all([ofContact.first(reader, { contactId, day }), ofChannel.all(reader, { channel, day })]);
  return {
    contactMessages: contact?.messages ?? 0,
    contactSegments: contact?.segments ?? 0,
    channelMessages: slots.reduce((sum, row) => sum + row.messages, 0),
    channelSegments: slots.reduce((sum, row) => sum + row.segments, 0),
  };
}
