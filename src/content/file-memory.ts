// Content files as they were read last: from one release, or one edit of a draft, to the next most stay the same, and what did not change
// is not parsed again. Kept by whoever reads releases again and again: runtime/releases.ts and the workshop's bench.
import type { Problem } from '../release/problem.ts';
import type { SourceFile } from '../release/source.ts';
import { parseJson, parseKnownJson } from './parse-json.ts';
import { parseYaml } from './parse-yaml.ts';

export type ParsedFile = { file: SourceFile } | { problems: Problem[] };

export class FileMemory {
  #files = new Map<string, { text: string; parsed: ParsedFile; known: boolean }>();

  /**
   * The file's values, or what is wrong with it.
   * @param known the very same file was read before: what can only be wrong at first sight is not looked for
   */
  parse(path: string, text: string, known: boolean): ParsedFile {
    const last = this.#files.get(path);
    // What was parsed as known was not looked at in full.
    if (last?.text === text && (known || !last.known)) return last.parsed;
    const parsed = parseFile(path, text, known);
    this.#files.set(path, { text, parsed, known });
    return parsed;
  }

  /** Forgets files that are not among these. */
  keepOnly(paths: ReadonlySet<string>): void {
    for (const path of this.#files.keys()) if (!paths.has(path)) this.#files.delete(path);
  }
}

function parseFile(path: string, text: string, known: boolean): ParsedFile {
  if (!path.endsWith('.json')) return parseYaml(path, text);
  return known ? parseKnownJson(path, text) : parseJson(path, text);
}
