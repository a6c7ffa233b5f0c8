// The command line: `ventanilla <command>`. Remembers what Node makes of the program's files, then hands over to run-command.ts.
// 2026-11-21: half of a start is reading TypeScript; remembered, the next start is that much sooner. In a folder of the
// program's own and not in the one that everybody on the machine may write to: what is remembered there is run.
import { enableCompileCache } from 'node:module';
import path from 'node:path';

// Where the folder cannot be written, nothing is remembered, and all goes on.
enableCompileCache(path.resolve(import.meta.dirname, '../../node_modules/.cache/ventanilla'));
const { runCommand } = await import('./run-command.ts');
process.exitCode = await runCommand(process.argv.slice(2));
