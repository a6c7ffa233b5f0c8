// Training in a worker gives what training here gives, and a running service takes up a release with it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadFiles } from '../../src/content/load-files.ts';
import { memorySource } from '../../src/content/file-source.ts';
import { trainAnswersInWorker } from '../../src/content/train-answers.ts';
import { trainLanguageAnswers } from '../../src/language/answer-calibration.ts';
import { untrainedLanguages } from '../../src/language/answer-search.ts';
import { newSession } from '../../src/engine/new-session.ts';
import type { CompiledRelease } from '../../src/release/compile.ts';
import { openReleases } from '../../src/runtime/releases.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { makePlace, type Place } from '../support/places.ts';
import { compileWith, now, sound } from '../release/small-release.ts';

describe('training in a worker', () => {
  it('gives the same numbers as here', async () => {
    const trainings = untrainedLanguages((await compileWith({})).release!.answerIndex);
    const results = await trainAnswersInWorker(trainings);
    expect(results.map(({ language }) => language)).toEqual(['es', 'ar']);
    expect(results[0]!.trained).toEqual(trainLanguageAnswers(trainings[0]!));
  });
  it('starts no worker for nothing', async () => expect(await trainAnswersInWorker([])).toEqual([]));
});

describe('a release that is taken up', () => {
  let place: Place;
  let store: Store;
  beforeEach(async () => {
    place = await makePlace('sqlite');
    store = await openStore({
      databaseUrl: `sqlite:${place.folder}/hotline.db`,
      keyDatabaseUrl: `sqlite:${place.folder}/keys.db`,
      secretKeyFile: `${place.folder}/secret.key`,
      now: () => now,
    });
  });
  afterEach(async () => {
    await store.close();
    await place.drop();
  });

  it('trains only what changed, before it is in use, and nothing at the start', async () => {
    const releases = await openReleases(store, () => loadFiles(memorySource(sound)), now);
    const waiting = (): string[] => untrainedLanguages(releases.current().answerIndex).map(({ language }) => language);
    expect(waiting()).toEqual(['es', 'ar']);
    const file = 'locales/ar/answers.json';
    const changed = { ...sound, [file]: sound[file]!.replace(/ j"/, ' جديد"') };
    await releases.publish(await loadFiles(memorySource(changed)), now);
    expect(waiting()).toEqual(['es']);
  });

  it('is read once, however many conversations stand in it and ask at the same time', async () => {
    const first = await openReleases(store, () => loadFiles(memorySource(sound)), now);
    for (const days of [2, 3, 4])
      await first.publish(
        await loadFiles(memorySource({ ...sound, 'flows/welcome.yaml': `steps:\n  - say: system:limits\n  - goto: menu # ${days}\n` })),
        now,
      );
    // Another process, which has read none but the newest.
    const releases = await openReleases(store, () => Promise.reject(new Error('The store is not empty.')), now);
    const begun = newSession(releases.current().program, { now });
    const standingIn = (release: number): Promise<CompiledRelease> =>
      releases.forSession({ ...begun, release, wait: { kind: 'ask', token: 1 } });
    const found = await Promise.all([1, 2, 1, 2, 1, 2].map(standingIn));
    expect(found.map(({ number }) => number)).toEqual([1, 2, 1, 2, 1, 2]);
    expect(new Set(found).size).toBe(2);
    expect(releases.current().number).toBe(4);
  });
});
