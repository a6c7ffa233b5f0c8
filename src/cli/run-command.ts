// Finds a command of `ventanilla`, runs it, and turns faults into one clear sentence. Called by main.ts alone.
import { AppError } from '../domain/errors.ts';
import { describeError } from '../util/log.ts';
import { commands } from './commands/index.ts';
import { installLastWords } from './last-words.ts';

/**
 * Runs a command.
 * @param args what stands behind `ventanilla`
 * @returns the exit status, 0 or 1; errors say what to do and show no stack trace
 */
export async function runCommand(args: string[]): Promise<number> {
  installLastWords();
  const [name = 'help', ...rest] = args;
  const command = commands.find((candidate) => candidate.name === name);
  if (!command) {
    if (name !== 'help' && name !== '--help' && name !== '-h') console.error(`There is no command "${name}".\n`);
    console.log('Usage: ventanilla <command>\n');
    for (const { name: title, summary } of commands) console.log(`  ${title.padEnd(14)} ${summary}`);
    return name === 'help' || name === '--help' || name === '-h' ? 0 : 1;
  }
  try {
    return await command.run(rest);
  } catch (error) {
    if (error instanceof AppError) console.error(error.message);
    else if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
      console.error(`${error.message}\nUsage: ventanilla ${command.usage}`);
    else reportUnexpected(error);
    return 1;
  }
}

/** A fault of ours: named, without what it quotes. Where it happened is for those who asked for details. */
function reportUnexpected(error: unknown): void {
  const { name, code, stack } = describeError(error);
  console.error(
    `Something unexpected went wrong (${[name, code].filter(Boolean).join(' ')}). Nothing is known to be lost. Run it again with LOG_LEVEL=debug to see where, and report that.`,
  );
  if (['debug', 'trace'].includes(process.env['LOG_LEVEL'] ?? '')) console.error(stack);
}
