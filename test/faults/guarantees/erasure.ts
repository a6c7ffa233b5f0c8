// People who write DELETE, and people whose retention ends: before it a tool with every key on disk finds all of them, after
// it none, in the database, in a backup, and in a backup that is put back with the keys of the day.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { purge } from '../../../src/runtime/housekeeping.ts';
import { backupTo, restoreFrom } from '../../../src/store/backup.ts';
import { proveRetention } from '../../../src/store/prove-retention.ts';
import { openStore } from '../../../src/store/store.ts';
import { makeDatabases } from '../../support/postgres.ts';
import type { Backend } from '../../support/places.ts';
import { outcome, type Guarantee } from '../guarantee.ts';
import {
  countIn,
  historyOf,
  leavePrivateLane,
  leaveRecords,
  openCrowd,
  readableIn,
  readableInBackup,
  sayAll,
  scan,
  storeOf,
  type Crowd,
} from '../support/canary-crowd.ts';
import { forEachOf } from '../support/for-each-of.ts';
import { untilTrue } from '../support/until-true.ts';

/** What was said in the private lane is over, and what was said after it on the same day is not. */
const PRIVATE_OVER_MS = 25 * 3_600_000;
/** People write again before they are forgotten, and what they wrote first is over soon after. */
const WRITE_AGAIN_MS = 20 * 86_400_000;
const MONTH_OVER_MS = 13 * 86_400_000;
/** Cases are over after a year; a backup may still be put back then. */
const AFTER_EVERYTHING_MS = 345 * 86_400_000;
const KEYS_MS = 30_000;

export const erasure: Guarantee = {
  id: 'erasure',
  says: 'erasure is real',
  wanted:
    '0 of 1,000 found after DELETE or retention, by every key on disk and in backups; all before; a plain scan finds none at any time',
  stores: ['sqlite', 'postgres'],
  async run({ store, times, progress }) {
    const people = Array.from({ length: times(1000, 12) }, (_, index) => index);
    const half = Math.ceil(people.length / 2);
    const [deleting, staying] = [people.slice(0, half), people.slice(half)];
    const crowd = await openCrowd(store);
    const backups = mkdtempSync(path.join(tmpdir(), 'ventanilla-backups-'));
    const early = path.join(backups, 'early');
    const late = path.join(backups, 'late');
    const betrayals: string[] = [];
    let scanned = 0;
    const look = (): void => {
      const files = Object.fromEntries([early, late].flatMap((file) => read(file)));
      const found = scan(crowd.folder, { log: crowd.hotline.logs.join(''), ...files });
      scanned += found.bytes;
      betrayals.push(...found.betrayals);
    };
    try {
      await sayAll(crowd.hotline, people, (word) => ['hola', `me llamo ${word} y quiero contar algo`]);
      await forEachOf(people.filter(hasRecords), 20, (index) => leaveRecords(crowd.hotline, index, index < half));
      const before = await readableIn(storeOf(crowd));
      const beforeBackup = await backUp(crowd, early);
      look();
      progress(`${people.length} people are there`);

      await sayAll(crowd.hotline, deleting, () => ['borrar', '1']);
      let afterDelete = await readableIn(storeOf(crowd));
      // Keys go right after the commit that the last words were queued in.
      await untilTrue(async () => {
        afterDelete = await readableIn(storeOf(crowd));
        return found(afterDelete, deleting) === 0;
      }, KEYS_MS);
      const deletedInBackup = await readableInBackup(storeOf(crowd), early);
      const deletedRestored = await restored(crowd, store, early);
      const brief = staying.filter((index) => index % 4 === 1);
      await forEachOf(brief, 20, (index) => leavePrivateLane(crowd.hotline, index));
      crowd.hotline.pass(60_000);
      await sayAll(crowd.hotline, brief, () => ['hola de nuevo']);
      await backUp(crowd, late);
      look();
      progress(`${deleting.length} have written DELETE`);

      const { services } = crowd.hotline.app.service;
      crowd.hotline.pass(PRIVATE_OVER_MS);
      await purge(services, Number.POSITIVE_INFINITY);
      const afterHours = [
        await readableIn(storeOf(crowd)),
        await readableInBackup(storeOf(crowd), late),
        await restored(crowd, store, late),
      ];
      const briefly = afterHours.map((set) => countIn(set, brief, 'text'));
      const lasting = afterHours.every((set) => countIn(set, staying, 'text') === staying.length - brief.length);
      let histories = 0;
      for (const index of brief) if ((await historyOf(crowd.hotline, index)) > 0) histories += 1;
      crowd.hotline.pass(WRITE_AGAIN_MS);
      await sayAll(crowd.hotline, staying, () => ['hola otra vez']);
      crowd.hotline.pass(MONTH_OVER_MS);
      await purge(services, Number.POSITIVE_INFINITY);
      // Who has a case is told of in it for longer.
      const written = staying.filter((index) => !hasRecords(index));
      const afterMonth = [await readableIn(storeOf(crowd)), await readableInBackup(storeOf(crowd), late)];
      const monthOld = afterMonth.map((set) => countIn(set, written, 'text'));
      const known = afterMonth.every((set) => countIn(set, staying, 'number') === staying.length);

      crowd.hotline.pass(AFTER_EVERYTHING_MS);
      for (let round = 0; round < 3; round++) await purge(services, Number.POSITIVE_INFINITY);
      const afterRetention = await readableIn(storeOf(crowd));
      const retainedInBackup = await readableInBackup(storeOf(crowd), late);
      const retainedRestored = await restored(crowd, store, late);
      const { retention } = services.releases.current().settings;
      const { kept } = await proveRetention(storeOf(crowd), retention, crowd.hotline.now());
      look();

      const all = 2 * people.length;
      const there = [found(before, people), found(beforeBackup, people)];
      const others = [afterDelete, deletedInBackup, deletedRestored].map((set) => found(set, staying));
      const gone = [
        ...[afterDelete, deletedInBackup, deletedRestored].map((set) => found(set, deleting)),
        ...[afterRetention, retainedInBackup, retainedRestored].map((set) => found(set, people)),
      ];
      return outcome(
        there.every((count) => count === all) &&
          others.every((count) => count === 2 * staying.length) &&
          gone.every((count) => count === 0) &&
          briefly.every((count) => count === 0) &&
          lasting &&
          histories === brief.length &&
          monthOld.every((count) => count === 0) &&
          known &&
          kept &&
          betrayals.length === 0,
        `${people.length} numbers and ${people.length} texts: ${there.join(' and ')} of ${all} found before (database, backup); after DELETE ${gone.slice(0, 3).join(', ')} and after all retention ${gone.slice(3).join(', ')} (database, backup, backup put back), words of the private lane after a day ${briefly.join(', ')} of ${brief.length} and ${histories} with what they said beside them that day, texts of people who go on after a month ${monthOld.join(', ')} of ${written.length} (database, backup), ${others.join(', ')} of ${2 * staying.length} of the others still there; ${betrayals.length} in a plain scan of ${Math.round(scanned / 1e6)} MB${[
          ...new Set(betrayals),
        ]
          .slice(0, 5)
          .map((one) => `; ${one}`)
          .join('')}`,
      );
    } finally {
      await crowd.drop();
      rmSync(backups, { recursive: true, force: true });
    }
  },
};

/** Every other one has a case and a complaint, too. */
const hasRecords = (index: number): boolean => index % 2 === 0;

const found = (set: Set<string>, people: number[]): number => countIn(set, people, 'number') + countIn(set, people, 'text');

function read(file: string): [string, Uint8Array][] {
  try {
    return [[path.basename(file), readFileSync(file)]];
  } catch {
    return [];
  }
}

async function backUp(crowd: Crowd, file: string): Promise<Set<string>> {
  await backupTo(storeOf(crowd), file, { now: crowd.hotline.now() });
  return readableInBackup(storeOf(crowd), file);
}

/** What can be read once a backup is put back into another database, with the key store of today. */
async function restored(crowd: Crowd, backend: Backend, file: string): Promise<Set<string>> {
  const { keyDatabaseUrl, secretKeyFile } = crowd.hotline.app.settings;
  const folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-restored-'));
  const other = backend === 'postgres' ? await makeDatabases() : null;
  const databaseUrl = other?.databaseUrl ?? `sqlite:${folder}/ventanilla.db`;
  const settings = { databaseUrl, keyDatabaseUrl, secretKeyFile, now: crowd.hotline.now };
  try {
    await restoreFrom(settings, file, { replace: true });
    const store = await openStore(settings);
    try {
      return await readableIn(store);
    } finally {
      await store.close();
    }
  } finally {
    await other?.drop();
    rmSync(folder, { recursive: true, force: true });
  }
}
