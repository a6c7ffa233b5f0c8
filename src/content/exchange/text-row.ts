// Texts as translators get them: each text of a language beside its source, with the state of its review.
// Made from a release for export; written by po.ts, xliff.ts and i18next-json.ts; compared with what comes back by apply-rows.ts.
import { createHash } from 'node:crypto';
import type { TextState } from '../../api/content-shapes.ts';

/** A text, a list of strings such as synonyms, or nothing where there is none. */
export type Words = string | string[] | null;

/** One text of one language. */
export interface TextRow {
  /** `namespace:key` as in the file, channel and plural endings included: `welcome:hello_sms`. */
  key: string;
  source: Words;
  target: Words;
  state: TextState;
  /** Of `source`, see sourceHashOf(): tells when it comes back whether the source has changed meanwhile. */
  sourceHash: string;
  /** For the translator. */
  note?: string;
  /** How many characters there is room for. */
  maxChars?: number;
}

/** All that a translator into one language gets. */
export interface TextExchange {
  release: number;
  sourceLanguage: string;
  language: string;
  rows: TextRow[];
}

/** 8 hex digits that stand for a source text: the beginning of the SHA-256 of its UTF-8; a list counts as its JSON. */
export function sourceHashOf(source: Words): string {
  const text = Array.isArray(source) ? JSON.stringify(source) : (source ?? '');
  return createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 8);
}

/** Namespace of a key; a key without one belongs to none. */
export function namespaceOf(key: string): string {
  return key.slice(0, Math.max(0, key.indexOf(':')));
}
