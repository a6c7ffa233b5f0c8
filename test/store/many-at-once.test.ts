// Runs of hot statements that come together are one statement on PostgreSQL, and small transactions share one: whoever asks
// sees the same as alone.
import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/domain/errors.ts';
import { allOrNone } from '../../src/store/all-or-none.ts';
import { gatherRuns, type Result } from '../../src/store/gather-runs.ts';
import { toManyRows } from '../../src/store/many-rows.ts';
import { resolveContact } from '../../src/store/contacts.ts';
import { loadConversation, resolveConversation } from '../../src/store/conversations.ts';
import { countOutbound, outboundTotals } from '../../src/store/limits.ts';
import { addMessage, listMessages } from '../../src/store/messages.ts';
import { shareTransactions } from '../../src/store/shared-transaction.ts';
import type { Tx } from '../../src/store/store.ts';
import { stores } from '../support/stores.ts';

const id = { name: 'id' };
const TYPES = { id: 'text', at: 'bigint' } as const;

describe('a statement for many sets of values', () => {
  it('is made of what is compiled for one', () => {
    const sets = 'unnest($1::text[], $2::bigint[]) with ordinality as sets(v1, v2, position_)';
    const at = { name: 'at' };
    expect(toManyRows('select "a" from "t" where "id" = $1 for update', [id], TYPES, []).sql).toBe(
      `select sets.position_, found.* from ${sets} cross join lateral (select "a" from "t" where "id" = sets.v1 for update) as found`,
    );
    expect(toManyRows('insert into "t" ("id", "state", "at") values ($1, $2, $3)', [id, { constant: 'new' }, at], TYPES, []).sql).toBe(
      `insert into "t" ("id", "state", "at") select sets.v1, 'new', sets.v2 from ${sets} order by sets.position_`,
    );
    expect(toManyRows('insert into "t" ("id", "at") values ($1, $2) on conflict ("id") do nothing', [id, at], TYPES, ['id']).sql).toBe(
      `insert into "t" ("id", "at") select sets.v1, sets.v2 from ${sets} order by sets.position_ on conflict ("id") do nothing returning "id" as "id"`,
    );
    expect(toManyRows('update "t" set "at" = $1 where "id" = $2 returning "n"', [at, id], TYPES, ['id']).sql).toBe(
      `update "t" set "at" = sets.v2 from ${sets} where "id" = sets.v1 returning sets.position_, "n"`,
    );
    expect(toManyRows('delete from "t" where "id" = $1', [id], TYPES, ['id']).sql).toBe(
      `delete from "t" using ${sets} where "id" = sets.v1 returning sets.position_`,
    );
  });

  it('is refused where a value has no type, or the form is another', () => {
    expect(() => toManyRows('select 1 where $1 = 1', [{ name: 'other' }], TYPES, [])).toThrow('No type for the value other');
    expect(() => toManyRows('insert into "t" select 1', [], TYPES, [])).toThrow('No form for many rows');
    expect(() => toManyRows('delete from "t" where "a" = $1', [{ constant: "it's" }], TYPES, [])).toThrow('cannot be written out');
  });
});

describe('runs that come together', () => {
  const sent: unknown[][] = [];
  const answer = async (_: string, parameters: unknown[]): Promise<Result> => {
    sent.push(parameters);
    const ids = parameters[0] as string[];
    return { rows: ids.map((one, index) => ({ position_: index + 1, one })), changes: ids.length };
  };
  const many = (sql: string) => () => toManyRows(sql, [id], { id: 'text' }, ['id']);

  it('are one statement a connection, and each gets what is its own', async () => {
    sent.length = 0;
    const read = gatherRuns(many('select "one" from "t" where "id" = $1'), []);
    const [here, there] = [{}, {}];
    const results = await Promise.all([read(here, { id: 'b' }, answer), read(here, { id: 'a' }, answer), read(there, { id: 'c' }, answer)]);
    expect(sent).toEqual([[['b', 'a']], [['c']]]);
    expect(results.map(({ rows }) => rows)).toEqual([
      [{ position_: 1, one: 'b' }],
      [{ position_: 2, one: 'a' }],
      [{ position_: 1, one: 'c' }],
    ]);
  });

  it('ask once for the same, and change the same row one after another, rows in their order', async () => {
    sent.length = 0;
    const connection = {};
    const read = gatherRuns(many('select "one" from "t" where "id" = $1'), []);
    await Promise.all(['a', 'a', 'b'].map((one) => read(connection, { id: one }, answer)));
    expect(sent).toEqual([[['a', 'b']]]);
    sent.length = 0;
    const change = gatherRuns(many('update "t" set "n" = 1 where "id" = $1'), ['id']);
    await Promise.all(['b', 'a', 'b', 'b'].map((one) => change(connection, { id: one }, answer)));
    expect(sent).toEqual([[['a', 'b']], [['b']], [['b']]]);
  });

  it('all fail when their statement fails', async () => {
    const change = gatherRuns(many('delete from "t" where "id" = $1'), ['id']);
    const fail = () => Promise.reject(new Error('away'));
    const connection = {};
    const results = await Promise.allSettled([change(connection, { id: 'a' }, fail), change(connection, { id: 'b' }, fail)]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});

stores('what many do at once in one transaction', (open) => {
  /** A conversation with a message of its own. */
  async function begin(tx: Tx, number: number, now: number): Promise<string> {
    const { contactId, replyHash } = await resolveContact(tx, 'sms', [{ kind: 'phone', value: `+346000000${number}` }], now);
    return resolveConversation(tx, contactId, 'sms', now, replyHash);
  }

  it('is what they would have done one by one', async () => {
    const { store, now } = await open();
    const numbers = Array.from({ length: 30 }, (_, number) => number + 10);
    const conversations = await store.transaction((tx) => Promise.all(numbers.map((number) => begin(tx, number, now()))));
    const again = await store.transaction((tx) => Promise.all(numbers.map((number) => begin(tx, number, now()))));
    expect(again).toEqual(conversations);
    expect(new Set(conversations).size).toBe(numbers.length);

    const [first = ''] = conversations;
    const conversation = await store.read((reader) => loadConversation(reader, first));
    const { contactId } = conversation ?? { contactId: '' };
    await store.transaction((tx) =>
      Promise.all(
        ['uno', 'dos', 'tres'].map(async (text, index) => {
          await addMessage(tx, {
            id: `m${index}`,
            conversation: { id: first, contactId },
            from: 'service',
            kind: 'flow',
            text,
            choices: [],
            language: 'es',
            direction: 'ltr',
            clientId: null,
            status: 'queued',
            createdAt: now(),
          });
          await countOutbound(tx, { contactId, channel: 'sms', segments: 2, now: now() });
        }),
      ),
    );
    const messages = await store.read((reader) => listMessages(reader, first, 0));
    expect(messages.map(({ text }) => text)).toEqual(['uno', 'dos', 'tres']);
    expect(messages.map(({ sequence }) => sequence - (messages[0]?.sequence ?? 0))).toEqual([0, 1, 2]);
    expect(await store.read((reader) => outboundTotals(reader, { contactId, channel: 'sms', now: now() }))).toEqual({
      contactMessages: 3,
      contactSegments: 6,
      channelMessages: 3,
      channelSegments: 6,
    });
  });
});

stores('small transactions', (open) => {
  it('share one, and one that fails harms no other', async () => {
    const { store, now } = await open();
    const note = async (tx: Tx, name: string): Promise<string> => {
      await tx.db
        .insertInto('meta')
        .values({ name, value: String(now()) })
        .execute();
      return name;
    };
    const results = await Promise.allSettled(
      ['a', 'b', 'bad', 'c'].map((name) =>
        store.shared(async (tx) => {
          await note(tx, `note ${name}`);
          if (name === 'bad') throw new AppError('store.not_found', 'This one fails.');
          return name;
        }),
      ),
    );
    expect(results.map((result) => (result.status === 'fulfilled' ? result.value : 'failed'))).toEqual(['a', 'b', 'failed', 'c']);
    const rows = await store.read(({ db }) =>
      db.selectFrom('meta').select('name').where('name', 'like', 'note %').orderBy('name').execute(),
    );
    expect(rows.map(({ name }) => name)).toEqual(['note a', 'note b', 'note c']);
  });

  it('are all told at once that the database is away, not one after the other', async () => {
    let runs = 0;
    const share = shareTransactions(() => {
      runs += 1;
      return Promise.reject(new AppError('store.unavailable', 'It is away.', { retryable: true }));
    });
    const results = await Promise.allSettled(Array.from({ length: 60 }, () => share(async () => {})));
    expect(results.every(({ status }) => status === 'rejected')).toBe(true);
    expect(runs).toBe(1);
  });
});

stores('a transaction of many parts', (open) => {
  it('tells what went wrong first, not what failed because of it, and nothing of it stays', async () => {
    const { store } = await open();
    const note = (tx: Tx, name: string) => tx.db.insertInto('meta').values({ name, value: '' }).execute();
    const parts = (tx: Tx): Promise<void> =>
      allOrNone([
        note(tx, 'one').then(() => note(tx, 'two')),
        // The key exists already.
        note(tx, 'one'),
        note(tx, 'three').then(() => note(tx, 'four')),
      ]);
    await expect(store.transaction(parts)).rejects.toMatchObject({ code: 'store.conflict' });
    const names = await store.read(({ db }) => db.selectFrom('meta').select('name').execute());
    expect(names.map(({ name }) => name)).not.toContain('one');
    await store.transaction((tx) => note(tx, 'five'));
  });

  it('does not pretend to be stored when a fault in it was passed over', async () => {
    const { store } = await open();
    const passOver = store.transaction(async (tx) => {
      await tx.db.insertInto('meta').values({ name: 'six', value: '' }).execute();
      await tx.db
        .insertInto('meta')
        .values({ name: 'six', value: '' })
        .execute()
        .catch(() => {});
    });
    const stored = await passOver.then(
      () => true,
      () => false,
    );
    const row = await store.read(({ db }) => db.selectFrom('meta').select('name').where('name', '=', 'six').executeTakeFirst());
    expect(row !== undefined).toBe(stored);
  });
});
