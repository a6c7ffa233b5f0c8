// Content that is open on the bench: a release's files and entries, with the edits of a draft on top; compiled when somebody asks for it.
// Lives in the worker of the workshop; keeps the last few, because people look at the same draft many times.
import { identifyLanguage } from '../../content/language-model.ts';
import { FileMemory } from '../../content/file-memory.ts';
import { memorySource } from '../../content/file-source.ts';
import { loadFiles } from '../../content/load-files.ts';
import { readEntries } from '../../content/entries.ts';
import { parseArchive } from '../../content/release-archive.ts';
import { writeEntries } from '../../content/write-entries.ts';
import { AppError } from '../../domain/errors.ts';
import { adoptLanguages } from '../../language/answer-search.ts';
import { addressOf, kindOf, partsOf, type Entries, type Entry, type EntryChange } from '../../release/entry.ts';
import { compileRelease, type CompiledRelease, type CompileResult } from '../../release/compile.ts';
import type { ReleaseSource } from '../../release/source.ts';
import { runAtOnce } from '../../util/pace.ts';

/** Which content: a release, and a draft on top of it. */
export interface ContentRef {
  release: number;
  draft: { id: string; revision: number; changes: EntryChange[] } | null;
}

export interface OpenContent {
  /** The release alone. */
  base: Entries;
  /** With the draft's edits. */
  entries: Entries;
  /** Files with the draft's edits written in. */
  texts(): Readonly<Record<string, string>>;
  source(): Promise<ReleaseSource>;
  /** Every check; compiled once. `now` in ms tells what is overdue. */
  compiled(now: number): Promise<CompileResult>;
  /** A release to be tried, also where texts are stale or missing; null where it could not even run. */
  playable(now: number): Promise<CompiledRelease | null>;
}

interface OpenRelease {
  texts: Readonly<Record<string, string>>;
  entries: Entries;
}

const MAX_RELEASES = 4;
const MAX_OPEN = 3;
/** For so long a check is true: what is overdue or over changes with the day. */
const TRUE_FOR_MS = 10 * 60_000;

export class Bench {
  readonly #releases = new Map<number, OpenRelease>();
  readonly #open = new Map<string, OpenContent>();
  readonly #files = new FileMemory();
  /** What compiled last: languages whose answers are the same are not trained again. */
  #compiled: CompiledRelease | null = null;

  has(release: number): boolean {
    return this.#releases.has(release);
  }

  /** Puts a stored release on the bench. */
  async provide(release: number, archive: string): Promise<void> {
    const { files } = await parseArchive(archive);
    const [known] = [...this.#releases.values()].slice(-1);
    this.#releases.set(release, { texts: files, entries: readEntries(files, known) });
    drop(this.#releases, MAX_RELEASES);
  }

  open({ release, draft }: ContentRef, now: number): OpenContent {
    const content = draft === null ? `${release}` : `${release} ${draft.id} ${draft.revision}`;
    const key = `${content} ${Math.floor(now / TRUE_FOR_MS)}`;
    const known = this.#open.get(key);
    if (known) return known;
    const stored = this.#releases.get(release);
    if (!stored) throw new AppError('store.not_found', 'There is no such release.');
    const opened = openContent(release, stored, draft?.changes ?? [], { files: this.#files, adopt: (result) => this.#adopt(result) });
    this.#open.set(key, opened);
    drop(this.#open, MAX_OPEN);
    return opened;
  }

  #adopt(result: CompileResult): CompileResult {
    if (result.release === undefined) return result;
    if (this.#compiled !== null) runAtOnce(adoptLanguages(result.release.answerIndex, this.#compiled.answerIndex));
    this.#compiled = result.release;
    return result;
  }
}

function openContent(
  release: number,
  stored: OpenRelease,
  changes: readonly EntryChange[],
  { files, adopt }: { files: FileMemory; adopt: (result: CompileResult) => CompileResult },
): OpenContent {
  let texts: Readonly<Record<string, string>> | null = null;
  let source: Promise<ReleaseSource> | null = null;
  let compiled: Promise<CompileResult> | null = null;
  let playable: Promise<CompiledRelease | null> | null = null;
  const compileToPlay = async (now: number): Promise<CompiledRelease | null> => {
    const { release } = await content.compiled(now);
    if (release !== undefined) return release;
    try {
      const options = { identify: identifyLanguage, now, checked: true };
      return adopt(compileRelease(await content.source(), options)).release ?? null;
    } catch {
      // What no check has passed can be too broken to be bound together: its problems say so.
      return null;
    }
  };
  const content: OpenContent = {
    base: stored.entries,
    entries: applyChanges(stored.entries, changes),
    texts: () => (texts ??= changes.length === 0 ? stored.texts : writeEntries(stored.texts, changes)),
    source: () => (source ??= loadFiles(memorySource(content.texts()), { number: release, memory: files })),
    compiled: (now) => (compiled ??= content.source().then((loaded) => adopt(compileRelease(loaded, { identify: identifyLanguage, now })))),
    playable: (now) => (playable ??= compileToPlay(now)),
  };
  return content;
}

/** Entries with changes on top; what is new stands behind the others of its file. */
export function applyChanges(entries: Entries, changes: readonly EntryChange[]): Entries {
  if (changes.length === 0) return entries;
  const result = new Map(entries);
  for (const { address, value } of changes) {
    const kind = kindOf(address);
    if (value === undefined || kind === null) result.delete(address);
    else result.set(address, { kind, ...partsOf(address), value } satisfies Entry);
  }
  return result;
}

/** The address of a text. */
export function textAddress(language: string, key: string): string {
  const colon = key.indexOf(':');
  return addressOf(`locales/${language}/${key.slice(0, colon)}.json`, key.slice(colon + 1));
}

/** The address of a text's review state. */
export function reviewAddress(language: string, key: string): string {
  return addressOf(`locales/${language}/review.json`, `texts/${key}`);
}

/** Language and `namespace:key` of a text's address. */
export function textOf(address: string): { language: string; key: string } {
  const { file, key } = partsOf(address);
  const [, language = '', name = ''] = file.split('/');
  return { language, key: `${name.replace(/\.json$/, '')}:${key}` };
}

function drop<K>(map: Map<K, unknown>, most: number): void {
  for (const oldest of map.keys()) {
    if (map.size <= most) return;
    map.delete(oldest);
  }
}
