// The command line: `ventanilla <command>`. Finds the command, runs it, and turns faults into one clear sentence.
import { AppError } from '../domain/errors.ts';
import { commands } from './commands/index.ts';

/** Exit status 0 or 1; errors say what to do and show no stack trace. */
async function main(args: string[]): Promise<number> {
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
    else throw error;
    return 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
