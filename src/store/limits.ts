// Counts of what was queued for sending, a contact and day and a channel and day; the limits themselves are settings.
// Called by runtime/queue-lines.ts, which counts, and runtime/apply/speak.ts, which asks before it speaks.
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

const countContact = statement((db, p: { contactId: string; day: number; segments: number }) =>
  db
    .insertInto('contact_counts')
    .values({ contact_id: p.contactId, day: p.day, messages: 1, segments: p.segments })
    .onConflict((conflict) =>
      conflict.columns(['contact_id', 'day']).doUpdateSet((eb) => ({
        messages: eb('contact_counts.messages', '+', 1),
        segments: eb('contact_counts.segments', '+', eb.ref('excluded.segments')),
      })),
    ),
);
const countChannel = statement((db, p: { channel: string; day: number; slot: number; segments: number }) =>
  db
    .insertInto('channel_counts')
    .values({ channel: p.channel, day: p.day, slot: p.slot, messages: 1, segments: p.segments })
    .onConflict((conflict) =>
      conflict.columns(['channel', 'day', 'slot']).doUpdateSet((eb) => ({
        messages: eb('channel_counts.messages', '+', 1),
        segments: eb('channel_counts.segments', '+', eb.ref('excluded.segments')),
      })),
    ),
);
const ofContact = statement((db, p: { contactId: string; day: number }) =>
  db.selectFrom('contact_counts').select(['messages', 'segments']).where('contact_id', '=', p.contactId).where('day', '=', p.day),
);
/** At most a few rows: added up here, because databases return sums as different types. */
const ofChannel = statement((db, p: { channel: string; day: number }) =>
  db.selectFrom('channel_counts').select(['messages', 'segments']).where('channel', '=', p.channel).where('day', '=', p.day),
);

/** Counts one message of so many segments towards its contact and its channel. */
export async function countOutbound(tx: Tx, outbound: Key & { segments: number }): Promise<void> {
  const { contactId, channel, segments, now } = outbound;
  const day = Math.floor(now / DAY_MS);
  await countContact.run(tx, { contactId, day, segments });
  await countChannel.run(tx, { channel, day, slot: tx.slot, segments });
}

/** What was counted today. */
export async function outboundTotals(reader: Reader, { contactId, channel, now }: Key): Promise<OutboundTotals> {
  const day = Math.floor(now / DAY_MS);
  const contact = await ofContact.first(reader, { contactId, day });
  const slots = await ofChannel.all(reader, { channel, day });
  return {
    contactMessages: contact?.messages ?? 0,
    contactSegments: contact?.segments ?? 0,
    channelMessages: slots.reduce((sum, row) => sum + row.messages, 0),
    channelSegments: slots.reduce((sum, row) => sum + row.segments, 0),
  };
}
