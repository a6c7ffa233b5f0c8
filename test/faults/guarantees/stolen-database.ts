// A thief takes the database at any moment, without the keys: no number and no text is in it, in any form; hashes of numbers
// cannot be tried out; and neither columns nor lengths tell who it was or what was said.
import { createHash, createHmac } from 'node:crypto';
import { outcome, type Guarantee } from '../guarantee.ts';
import { betrayalsIn, canaryOf } from '../support/canaries.ts';
import { leaveRecords, openCrowd, readableIn, sayAll, scan, storeOf, countIn, type Crowd } from '../support/canary-crowd.ts';
import { forEachOf } from '../support/for-each-of.ts';

export const stolenDatabase: Guarantee = {
  id: 'stolen-database',
  says: 'a stolen database says little',
  wanted: '0 phone numbers, 0 message texts of 1,000 each, at any time',
  stores: ['sqlite', 'postgres'],
  async run({ store, times, progress }) {
    const people = Array.from({ length: times(1000, 12) }, (_, index) => index);
    const looks = times(4, 1);
    const crowd = await openCrowd(store);
    const betrayals: string[] = [];
    let bytes = 0;
    const take = (): void => {
      const found = scan(crowd.folder);
      bytes += found.bytes;
      betrayals.push(...found.betrayals);
    };
    try {
      const part = Math.ceil(people.length / looks);
      for (let start = 0; start < people.length; start += part) {
        const some = people.slice(start, start + part);
        const writing = sayAll(crowd.hotline, some, (word) => ['hola', `me llamo ${word}, mi número es ${canaryOf(some[0] ?? 0).number}`]);
        // In the middle of it, and when all is quiet.
        take();
        await writing;
        await forEachOf(some, 20, (index) => leaveRecords(crowd.hotline, index, true));
        take();
        progress(`${start + some.length} people`);
      }
      const opened = await readableIn(storeOf(crowd));
      const there = countIn(opened, people, 'number') + countIn(opened, people, 'text');
      const columns = await readPlainColumns(crowd);
      const plain = betrayalsIn(columns.join('\n'));
      const guessed = await guessHashes(crowd, people, columns);
      const lengths = await addressLengths(crowd);
      return outcome(
        betrayals.length === 0 && plain.length === 0 && guessed === 0 && lengths === 1 && there === 2 * people.length,
        `${people.length} numbers and ${people.length} texts, all of them there (${there} opened with the keys): ${betrayals.length} betrayed in ${2 * looks} copies (${Math.round(bytes / 1e6)} MB), ${plain.length} in plain columns, ${guessed} numbers guessed from their hashes without the key, addresses of ${lengths} length${[
          ...new Set([...betrayals, ...plain]),
        ]
          .slice(0, 5)
          .map((one) => `; ${one}`)
          .join('')}`,
      );
    } finally {
      await crowd.drop();
    }
  },
};

/** Every value of the main database that is not encrypted, as text. */
async function readPlainColumns(crowd: Crowd): Promise<string[]> {
  const tables = ['contacts', 'addresses', 'conversations', 'sessions', 'messages', 'inbox', 'outbox', 'timers', 'cases'] as const;
  const more = ['complaints', 'request_log', 'consents', 'provider_copies', 'contact_counts', 'meta'] as const;
  const values: string[] = [];
  for (const table of [...tables, ...more]) {
    const rows = await storeOf(crowd).read(({ db }) => db.selectFrom(table).selectAll().execute());
    for (const row of rows) for (const value of Object.values(row)) if (!(value instanceof Uint8Array)) values.push(String(value));
  }
  return values;
}

/** Tries all thousand numbers on all hashes: plainly, and with whatever else lies in the database as the key. */
async function guessHashes(crowd: Crowd, people: number[], columns: string[]): Promise<number> {
  const rows = await storeOf(crowd).read(({ db }) => db.selectFrom('addresses').select('hash').execute());
  const hashes = new Set(rows.map(({ hash }) => hash.slice(hash.indexOf('.') + 1)));
  const facts = await storeOf(crowd).read(({ db }) => db.selectFrom('meta').select('value').execute());
  const keys = ['', ...facts.map(({ value }) => value), ...columns.slice(0, 50)];
  let guessed = 0;
  for (const index of people) {
    const { number } = canaryOf(index);
    const texts = [number, number.slice(1), `\nphone\n${number}`, `test\nphone\n${number}`];
    const tried = texts.flatMap((text) => [
      createHash('sha256').update(text).digest('base64url'),
      ...keys.map((key) => createHmac('sha256', key).update(text).digest('base64url')),
    ]);
    if (tried.some((hash) => hashes.has(hash))) guessed += 1;
  }
  return guessed;
}

/** How many lengths the encrypted addresses have: one says nothing. */
async function addressLengths(crowd: Crowd): Promise<number> {
  const rows = await storeOf(crowd).read(({ db }) => db.selectFrom('addresses').select('sealed').execute());
  return new Set(rows.map(({ sealed }) => sealed?.length)).size;
}
