// How many lines wait to be sent, by channel: what runtime/outbox-limit.ts decides by. Reads an index only, never a line.
import { statement } from './statement.ts';
import type { Reader } from './tx.ts';

const byChannel = statement((db, _values: object) =>
  db
    .selectFrom('outbox')
    .select(['channel', ({ fn }) => fn.countAll<number>().as('count')])
    .groupBy('channel'),
);

/** Lines that are not sent yet, due or not. A channel without any is left out. */
export function linesByChannel(reader: Reader): Promise<{ channel: string; count: number }[]> {
  return byChannel.all(reader, {});
}
