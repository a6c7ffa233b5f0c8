// Hands memory back to the system after a large piece of work, such as compiling a release, that left much to collect.
// V8 keeps it for later use otherwise; a small server would look three times as large as it is.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

type Collect = (options: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void;

/** Collects everything once and returns free pages. Takes about a tenth of a second, in which nothing else runs. */
export function giveBackMemory(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as Collect;
  setFlagsFromString('--no-expose-gc');
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
