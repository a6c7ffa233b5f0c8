// The texts of locales/ as a translator would get them. For the tests of exchange formats.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { sourceHashOf } from '../../../src/content/exchange/text-row.ts';
import type { TextExchange, TextRow, Words } from '../../../src/content/exchange/text-row.ts';

const root = path.resolve(import.meta.dirname, '../../../locales');
/** Files of a language that hold no texts. */
const OTHERS = new Set(['language.json', 'danger.json', 'review.json']);
const STATES = ['drafted', 'machine-drafted', 'reviewed', 'stale'] as const;

/** All texts of a language beside English; the states go round, so that each stands beside all kinds of texts. */
export function realTexts(language: string): TextExchange {
  const source = textsOf('en');
  const target = textsOf(language);
  const rows = [...new Set([...source.keys(), ...target.keys()])].map((key, index): TextRow => {
    const words = source.get(key) ?? null;
    const own = target.get(key) ?? null;
    const state = own === null ? 'missing' : (STATES[index % STATES.length] ?? 'drafted');
    return {
      key,
      source: words,
      target: own,
      state,
      sourceHash: sourceHashOf(words),
      ...(index % 5 === 0 ? { note: 'On a button.\nShort.', maxChars: 20 } : {}),
    };
  });
  return { release: 12, sourceLanguage: 'en', language, rows };
}

function textsOf(language: string): Map<string, Words> {
  const texts = new Map<string, Words>();
  for (const file of readdirSync(path.join(root, language)).filter((name) => !OTHERS.has(name))) {
    const content = JSON.parse(readFileSync(path.join(root, language, file), 'utf8')) as Record<string, string | string[]>;
    for (const [key, words] of Object.entries(content)) texts.set(`${path.basename(file, '.json')}:${key}`, words);
  }
  return texts;
}

/** A file's bytes. */
export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** One text as a row. */
export function row(key: string, source: Words, target: Words, more: Partial<TextRow> = {}): TextRow {
  return { key, source, target, state: target === null ? 'missing' : 'drafted', sourceHash: sourceHashOf(source), ...more };
}

/** Some rows as a translator into French gets them. */
export function exchange(...rows: TextRow[]): TextExchange {
  return { release: 12, sourceLanguage: 'en', language: 'fr', rows };
}
