// How much waits in the inbox, by channel: what runtime/admission.ts decides by. Reads an index only, never a message.
import { PENDING } from './inbox.ts';
import { statement } from './statement.ts';
import type { Reader } from './tx.ts';

/** What waits of one channel. */
export interface ChannelLoad {
  channel: string;
  count: number;
  /** When the oldest of them came, ms. */
  since: number;
}

const byChannel = statement((db, _values: object) =>
  db
    .selectFrom('inbox')
    .select(['channel', ({ fn }) => fn.countAll<number>().as('count'), ({ fn }) => fn.min('created_at').as('since')])
    .where('state', '=', PENDING)
    .groupBy('channel'),
);

/** Counts what waits; a channel of which nothing waits is left out. */
export function inboxLoad(reader: Reader): Promise<ChannelLoad[]> {
  return byChannel.all(reader, {});
}
