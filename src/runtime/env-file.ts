// The file `.env`: one NAME=value a line, values in quotes may go over several. Read by settings.ts.
// What cannot be a setting is refused: a setting that is silently left out is found when it hurts.
import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { AppError } from '../domain/errors.ts';

const SETTING = /^\s*(?:export\s+)?[A-Za-z_][A-Za-z0-9_.]*\s*=\s*(.*)$/;

/**
 * Settings of the file; none when there is no file.
 * @throws AppError settings.invalid naming the line.
 */
export function readEnvFile(file: string): Record<string, string | undefined> {
  if (!existsSync(file)) return {};
  const text = readText(file);
  refuseNonsense(text);
  return parseEnv(text);
}

function readText(file: string): string {
  try {
    const bytes = readFileSync(file);
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new AppError('settings.invalid', 'The file .env cannot be read as text. Put one NAME=value on each line, or remove it.', {
      cause: error,
    });
  }
}

function refuseNonsense(text: string): void {
  let quote = '';
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (quote !== '') {
      if (line.includes(quote)) quote = '';
      continue;
    }
    if (/^\s*(#|$)/.test(line)) continue;
    const value = SETTING.exec(line)?.[1];
    if (value === undefined)
      throw new AppError('settings.invalid', `Line ${index + 1} of .env is no setting. Write NAME=value, or # before a remark.`);
    const first = value.charAt(0);
    if (/["'`]/.test(first) && !value.slice(1).includes(first)) quote = first;
  }
  if (quote !== '') throw new AppError('settings.invalid', `In .env a value begins with ${quote} and does not end. Close the quotes.`);
}
