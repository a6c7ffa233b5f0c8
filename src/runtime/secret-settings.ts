// Settings that are secrets may stand in files, as container platforms hand them out: NAME_FILE instead of NAME.
// Called by settings.ts for everything that reads the environment.
import { readFileSync } from 'node:fs';
import { AppError } from '../domain/errors.ts';

/** What is never to be seen in a list of processes or of an orchestrator. SECRET_KEY_FILE is a file in any case. */
const SECRETS = [
  'DATABASE_URL',
  'KEY_DATABASE_URL',
  'METRICS_TOKEN',
  'TWILIO_AUTH_TOKEN',
  'SLACK_BOT_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SLACK_APP_TOKEN',
  'MICROSOFT_APP_PASSWORD',
  'DIRECT_LINE_SECRET',
];

/**
 * The environment with the contents of the files that it names.
 * @throws AppError settings.invalid naming the setting whose file cannot be read, or that is given twice.
 */
export function withSecretFiles(environment: Record<string, string | undefined>): Record<string, string | undefined> {
  const read: Record<string, string> = {};
  for (const name of SECRETS) {
    const file = environment[`${name}_FILE`];
    if (file === undefined || file === '') continue;
    if (environment[name]) throw new AppError('settings.invalid', `Set ${name} or ${name}_FILE, not both.`);
    read[name] = readSecret(name, file);
  }
  return { ...environment, ...read };
}

function readSecret(name: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new AppError('settings.invalid', `The file that ${name}_FILE names cannot be read. Check its path and its owner.`, {
      cause: error,
    });
  }
}
