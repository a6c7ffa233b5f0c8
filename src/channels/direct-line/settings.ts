// Settings of the web chat, from the environment. Both may be missing: the chat runs without any.
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';

/** What the web chat is told from outside. */
export interface DirectLineSettings {
  /** For clients other than our widget; null: only our widget's way in is open. */
  secret: string | null;
  /** Origins of pages that may embed the widget; null: any. */
  origins: string[] | null;
}

const Origin = z.url({ protocol: /^https?$/ }).transform((text) => new URL(text).origin);

/**
 * Parses DIRECT_LINE_SECRET and DIRECT_LINE_ORIGINS.
 * @throws AppError settings.invalid naming the setting and what it must be.
 */
export function parseDirectLineSettings(env: Record<string, string | undefined>): DirectLineSettings {
  const secret = env['DIRECT_LINE_SECRET'] || null;
  if (secret !== null && secret.length < 16) {
    throw new AppError(
      'settings.invalid',
      'The setting DIRECT_LINE_SECRET is too short: use at least 16 random characters, or leave it out.',
    );
  }
  const entries = (env['DIRECT_LINE_ORIGINS'] ?? '').split(/[\s,]+/).filter((entry) => entry !== '' && entry !== '*');
  const origins = entries.map((entry) => {
    const parsed = Origin.safeParse(entry);
    if (parsed.success) return parsed.data;
    throw new AppError(
      'settings.invalid',
      'The setting DIRECT_LINE_ORIGINS is wrong: list origins such as https://example.org, separated by commas, or leave it out to allow any.',
    );
  });
  return { secret, origins: origins.length === 0 ? null : origins };
}
