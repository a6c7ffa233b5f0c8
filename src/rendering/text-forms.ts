// The forms in which a text exists: plain, per channel (`key_sms`), per plural category (`key_one`), or both (`key_sms_one`).
// Called by texts.ts (does a language have this text?) and by the release checks (do languages agree?).
import { PLURAL_CATEGORIES } from './plural-categories.ts';
import type { PluralCategory } from './plural-categories.ts';

/** Channels whose own wording an author may write as a context. */
export const CHANNEL_CONTEXTS = ['sms', 'whatsapp', 'web', 'terminal', 'botframework'] as const;

/** A key taken apart. */
export interface TextForm {
  /** The key that flows name. */
  base: string;
  channel: string | null;
  plural: PluralCategory | null;
}

/** Takes a key's suffixes off: `queue_sms_one` → base `queue`, channel `sms`, plural `one`. */
export function parseForm(key: string): TextForm {
  let base = key;
  const plural = PLURAL_CATEGORIES.find((category) => base.endsWith(`_${category}`)) ?? null;
  if (plural !== null) base = base.slice(0, -plural.length - 1);
  const channel = CHANNEL_CONTEXTS.find((context) => base.endsWith(`_${context}`)) ?? null;
  if (channel !== null) base = base.slice(0, -channel.length - 1);
  return { base, channel, plural };
}

/** An index of which texts exist, by language and `namespace:key`. Arrays, empty strings and texts for one channel only do not count. */
export function textForms(resources: Record<string, Record<string, Record<string, unknown>>>): {
  has(language: string, key: string): boolean;
} {
  const known = new Map<string, Set<string>>();
  /** A language's keys are read when it is first asked for. */
  const keysOf = (language: string): Set<string> => {
    const keys = known.get(language) ?? keysIn(resources[language] ?? {});
    known.set(language, keys);
    return keys;
  };
  return { has: (language, key) => keysOf(language).has(key.includes(':') ? key : `system:${key}`) };
}

function keysIn(namespaces: Record<string, Record<string, unknown>>): Set<string> {
  const keys = new Set<string>();
  for (const [namespace, texts] of Object.entries(namespaces)) {
    for (const [key, value] of Object.entries(texts)) {
      if (typeof value !== 'string' || value === '') continue;
      keys.add(`${namespace}:${key}`);
      const form = parseForm(key);
      if (form.channel === null) keys.add(`${namespace}:${form.base}`);
    }
  }
  return keys;
}
