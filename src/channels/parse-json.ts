// Parses JSON and checks it against a schema, with an error that names the field and never quotes its value.
// Called by channels for inbound bodies and by their modules for settings.
import type { z } from 'zod';
import { AppError } from '../domain/errors.ts';

/**
 * Parses a JSON text.
 * @throws AppError channel.bad_request when it is not JSON
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new AppError('channel.bad_request', 'The body is not JSON.');
  }
}

/**
 * Checks a value from outside.
 * @throws AppError channel.bad_request naming the first wrong field and what it must be
 */
export function checkInbound<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new AppError(
    'channel.bad_request',
    `The field ${issue?.path.join('.') || 'body'} is wrong: ${issue?.message ?? 'not as expected'}.`,
  );
}

/**
 * Checks a channel's settings.
 * @throws AppError settings.invalid naming the setting and what it must be
 */
export function checkSettings<Schema extends z.ZodType>(schema: Schema, env: Record<string, string | undefined>): z.output<Schema> {
  const parsed = schema.safeParse(env);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const name = issue?.path.join('.') ?? '';
  throw new AppError('settings.invalid', `The setting ${name} is wrong: ${issue?.message ?? ''}. Mend it in the environment or in .env.`);
}
