// The releases that conversations are pinned to: the newest one, and older ones while sessions still stand in them.
// A release comes from the store; files seed the first one. A broken file never replaces a good release.
// Before a newer release is taken up, the answer search of the languages whose answers changed is trained in a worker; until then the
// one before goes on answering. At a start nothing waits: a language is trained at its first question.
import { canMigrate } from '../engine/can-migrate.ts';
import type { Session } from '../domain/session.ts';
import { AppError } from '../domain/errors.ts';
import { identifyLanguage } from '../content/language-model.ts';
import { trainAnswersInWorker } from '../content/train-answers.ts';
import type { LanguageTraining } from '../language/answer-calibration.ts';
import { adoptLanguages, takeTrained, untrainedLanguages } from '../language/answer-search.ts';
import { compileRelease, compileWhileServing, type CompiledRelease } from '../release/compile.ts';
import { formatProblem } from '../release/problem.ts';
import type { ReleaseSource } from '../release/source.ts';
import { FileMemory } from '../content/file-memory.ts';
import { memorySource } from '../content/file-source.ts';
import { loadFiles } from '../content/load-files.ts';
import { readArchive, writeArchive } from '../content/release-archive.ts';
import { addRelease, latestRelease, loadRelease } from '../store/releases.ts';
import type { Store, Tx } from '../store/store.ts';
import { runAtOnce, runPaced } from '../util/pace.ts';

/** Compiled releases that are kept in memory at the same time. */
const MAX_COMPILED = 4;

/** Who publishes a release, and why. */
export interface Publication {
  by: string | null;
  title: string | null;
  draftId?: string;
  rolledBackTo?: number;
  /** These very files passed every check a moment ago. */
  checked?: boolean;
  /** The number that must still be the newest. */
  after?: number;
  /** Goes into the same transaction. */
  within?: (tx: Tx, number: number) => Promise<void>;
}

export interface Releases {
  /** The newest release. */
  current(): CompiledRelease;
  /** The release a session runs in: its own, or the newest when it stands where it may move on. */
  forSession(session: Session | null): Promise<CompiledRelease>;
  /**
   * Adds a release and makes it current. Returns its number.
   * @param why who publishes it and what for; `checked`: these very files passed every check.
   * @throws AppError store.conflict where another process was first; `after`: only where that is still the newest.
   */
  publish(source: ReleaseSource, now: number, why?: Publication): Promise<number>;
  /** The source of files that passed every check; what is as in the release that was read last is not read again. */
  sourceOf(files: Readonly<Record<string, string>>): Promise<ReleaseSource>;
  /** Hash of the current release's files. */
  currentHash(): string;
  /** Takes up what another process has published. True when there was something newer. */
  refresh(): Promise<boolean>;
  /** Calls back after each publication of this process, so that others can be told. */
  onPublished(listener: () => void): void;
}

/**
 * Opens the releases of a store.
 * @param seed reads the files; they become release 1 of an empty store.
 * @param options.training false for a command that answers nobody.
 */
export async function openReleases(
  store: Store,
  seed: (memory: FileMemory) => Promise<ReleaseSource>,
  now: number,
  options: { training: boolean } = { training: true },
): Promise<Releases> {
  const compiled = new Map<number, CompiledRelease>();
  const memory = new FileMemory();
  /** Releases that are being read, by number: who asks meanwhile waits for the same. */
  const loading = new Map<number, Promise<CompiledRelease | null>>();
  let newest = 0;
  let hash = '';
  let published = (): void => {};

  async function publish(source: ReleaseSource, at: number, why: Publication = { by: null, title: null }): Promise<number> {
    // Another process may have published meanwhile.
    await takeLatest();
    if (why.after !== undefined && why.after !== newest)
      throw new AppError('store.conflict', 'Somebody else has published a release meanwhile. Look at the draft again.');
    return add(source, newest + 1, at, why);
  }

  async function add(source: ReleaseSource, number: number, at: number, why: Publication): Promise<number> {
    const written = await writeArchive({ ...source, number });
    const release = await compileOnce({ ...source, number }, { hash: written.hash, checked: why.checked ?? false, atOnce: false });
    await trainChanged(release);
    await store.transaction(async (tx) => {
      await addRelease(tx, {
        number,
        ...written,
        demonstration: release.settings.demonstration,
        publishedAt: at,
        publishedBy: why.by,
        title: why.title,
        draftId: why.draftId ?? null,
        rolledBackTo: why.rolledBackTo ?? null,
      });
      await why.within?.(tx, number);
    });
    newest = number;
    hash = written.hash;
    keep(number, release);
    published();
    return number;
  }

  /** Languages whose answers are as in the newest release are taken over, trained or not; gives the others that are to be trained. */
  async function adopt(release: CompiledRelease, { atOnce }: { atOnce: boolean }): Promise<LanguageTraining[]> {
    const running = compiled.get(newest);
    if (!running) return [];
    // A conversation in it came first and had it read.
    if (running === release) return untrainedLanguages(release.answerIndex);
    const shared = new Set(await (atOnce ? runAtOnce : runPaced)(adoptLanguages(release.answerIndex, running.answerIndex)));
    return untrainedLanguages(release.answerIndex).filter(({ language }) => !shared.has(language));
  }

  /** Trains beside what runs. A command that publishes and ends leaves it to the service. */
  async function trainChanged(release: CompiledRelease): Promise<void> {
    const changed = await adopt(release, { atOnce: false });
    if (!options.training) return;
    for (const { language, trained } of await trainAnswersInWorker(changed)) takeTrained(release.answerIndex, language, trained);
  }

  /** Sessions stand in few releases; what is not asked for goes, and is read again when it is. */
  function keep(number: number, release: CompiledRelease): CompiledRelease {
    compiled.delete(number);
    compiled.set(number, release);
    for (const oldest of compiled.keys()) {
      if (compiled.size <= MAX_COMPILED) break;
      if (oldest !== newest) compiled.delete(oldest);
    }
    return release;
  }

  async function get(number: number): Promise<CompiledRelease | null> {
    const known = compiled.get(number);
    if (known) return keep(number, known);
    const reading = loading.get(number) ?? readOlder(number).finally(() => loading.delete(number));
    loading.set(number, reading);
    return reading;
  }

  /** For a turn, in its transaction: without pauses, and what has changed is trained when it is asked. */
  async function readOlder(number: number): Promise<CompiledRelease | null> {
    const loaded = await load(number, { atOnce: true });
    if (!loaded) return null;
    await adopt(loaded.release, { atOnce: true });
    return takeUp(number, loaded);
  }

  async function load(number: number, { atOnce }: { atOnce: boolean }): Promise<{ release: CompiledRelease; hash: string } | null> {
    const stored = await store.read((tx) => loadRelease(tx, number));
    if (!stored) return null;
    const source = await readArchive(stored.archive, { memory, atOnce });
    return { release: await compileOnce(source, { hash: stored.hash, checked: true, atOnce }), hash: stored.hash };
  }

  function takeUp(number: number, loaded: { release: CompiledRelease; hash: string }): CompiledRelease {
    if (number > newest) {
      // Another node has taken it in and begun to use it.
      newest = number;
      hash = loaded.hash;
    }
    return keep(number, loaded.release);
  }

  async function takeLatest(): Promise<boolean> {
    const latest = await store.read((tx) => latestRelease(tx));
    if (!latest || latest.number === newest) return latest !== null;
    const loaded = compiled.has(latest.number) ? null : await load(latest.number, { atOnce: false });
    if (loaded) {
      await trainChanged(loaded.release);
      takeUp(latest.number, loaded);
    }
    return true;
  }

  function current(): CompiledRelease {
    const release = compiled.get(newest);
    if (!release) throw new AppError('content.invalid', 'No release is loaded.');
    return release;
  }

  if (!(await takeLatest())) {
    await add(await seed(memory), 1, now, { by: null, title: null }).catch(async (error: unknown) => {
      // Two nodes that start at once on an empty database: one of them is first.
      if (!(error instanceof AppError && error.code === 'store.conflict' && (await takeLatest()))) throw error;
    });
  }

  return {
    current,
    publish,
    sourceOf: (files) => loadFiles(memorySource(files), { memory, known: true }),
    currentHash: () => hash,
    async refresh() {
      const before = newest;
      await takeLatest();
      return newest > before;
    },
    onPublished: (listener) => void (published = listener),
    async forSession(session) {
      if (!session || session.release === newest || (session.release < newest && canMigrate(session))) return current();
      return (await get(session.release)) ?? current();
    },
  };
}

/** What was compiled last: a process that opens the same release once more, as a row of tests does, has it at once. */
let last: { key: string; checked: boolean; release: Promise<CompiledRelease> } | null = null;

interface CompileOnce {
  hash: string;
  checked: boolean;
  atOnce: boolean;
}

function compileOnce(source: ReleaseSource, options: CompileOnce): Promise<CompiledRelease> {
  const { hash, checked } = options;
  const key = `${source.number} ${hash}`;
  if (last?.key === key && (checked || !last.checked)) return last.release;
  const release = compileOrFail(source, options);
  last = { key, checked, release };
  // What could not be compiled is tried anew by whoever asks next.
  release.catch(() => {
    if (last?.release === release) last = null;
  });
  return release;
}

async function compileOrFail(source: ReleaseSource, { checked, atOnce }: CompileOnce): Promise<CompiledRelease> {
  const compile = atOnce ? compileRelease : compileWhileServing;
  const result = await compile(source, { identify: identifyLanguage, checked });
  if (result.release) return result.release;
  const errors = result.problems.filter((problem) => problem.severity === 'error');
  const more = errors.length > 10 ? [`… and ${errors.length - 10} more`] : [];
  throw new AppError(
    'content.invalid',
    [`Release ${source.number} has mistakes and cannot be used:`, ...errors.slice(0, 10).map(formatProblem), ...more].join('\n'),
  );
}
