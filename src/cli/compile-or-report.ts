// Reads and compiles a folder for a command; prints what is wrong, with file, line and column, when it cannot be used.
import { identifyLanguage } from '../content/language-model.ts';
import { loadFiles } from '../content/load-files.ts';
import { compileRelease, type CompiledRelease } from '../release/compile.ts';
import { formatProblem } from '../release/problem.ts';
import type { ReleaseSource } from '../release/source.ts';

/** The release of a folder's files, or null after its errors were printed. */
export async function compileOrReport(folder: string): Promise<{ source: ReleaseSource; release: CompiledRelease } | null> {
  const source = await loadFiles(folder);
  const { release, problems } = compileRelease(source, { identify: identifyLanguage });
  for (const problem of problems) if (problem.severity === 'error') console.error(formatProblem(problem));
  return release ? { source, release } : null;
}
