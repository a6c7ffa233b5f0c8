// What is said of a fault that nobody caught before the program ends: where it was, never what it quotes.
// Used by main.ts. Node itself would print the whole message, which may hold a person's words.
import { openLog } from '../util/log.ts';

/** From now on such faults are logged without people, and the program ends with status 1. */
export function installLastWords(): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (error: unknown) => {
      openLog('error').error({ error, event }, 'The program ends: something failed that nobody expected.');
      process.exit(1);
    });
}
