// Entries: the smallest things of a release that are edited, compared and merged by themselves: one text, one answer, one place, one
// step of a flow, one setting. A release is files; content/entries.ts reads files as entries and writes entries back into files.
// Shared by diff, merge, drafts and the console. Pure data.

import type { Json } from '../domain/json.ts';

/** What kind of thing an entry is; decides how a change of it is told. */
export type EntryKind =
  /** locales/<tag>/<namespace>.json, one key: a string or a list of strings. */
  | 'text'
  /** locales/<tag>/review.json, one text's state (key `texts/<namespace>:<key>`) or the language's `default`. */
  | 'review'
  /** locales/<tag>/language.json or danger.json, one top-level key. */
  | 'words'
  /** locales/languages.yaml, one language, by its tag. */
  | 'language'
  /** locales/glossary.yaml, one term, by its id. */
  | 'term'
  /** flows/<id>.yaml: everything but the steps, one top-level key each (`head/topic`). */
  | 'flow_head'
  /** flows/<id>.yaml: one step by its id (`steps/<id>`). The value holds its `id` only where the file does. */
  | 'flow_step'
  /** flows/<id>.yaml: the ids of its steps in order (`order`). */
  | 'flow_order'
  /** flows/answers/*.yaml by id. */
  | 'answer'
  /** flows/directory/*.yaml by id. */
  | 'place'
  /** flows/settings/topics.yaml by code. */
  | 'topic'
  /** flows/settings/localities.yaml by code. */
  | 'locality'
  /** flows/settings/hotline.yaml, one top-level key. */
  | 'setting'
  /** test/flows/<name>.yaml: a whole transcript (key `transcript`). */
  | 'transcript';

export type { Json };

export interface Entry {
  kind: EntryKind;
  /** Path below the content root. */
  file: string;
  /** Which entry of the file; see EntryKind. */
  key: string;
  value: Json;
}

/** `file#key`: names one entry of a release. */
export type EntryAddress = string;

/** The entries of a release, by address, in the order of files and of what stands in them. */
export type Entries = ReadonlyMap<EntryAddress, Entry>;

/** A change of one entry; `value` undefined takes it away. */
export interface EntryChange {
  address: EntryAddress;
  value: Json | undefined;
}

export function addressOf(file: string, key: string): EntryAddress {
  return `${file}#${key}`;
}

/** File and key of an address. */
export function partsOf(address: EntryAddress): { file: string; key: string } {
  const cut = address.indexOf('#');
  return { file: address.slice(0, cut), key: address.slice(cut + 1) };
}

/** The kind of whatever stands at an address; null where nothing can stand. */
export function kindOf(address: EntryAddress): EntryKind | null {
  const { file, key } = partsOf(address);
  if (key === '') return null;
  const [top, second, third, more] = file.split('/');
  if (more !== undefined && file !== `test/flows/${third}`) return null;
  if (top === 'locales') {
    if (file === 'locales/languages.yaml') return 'language';
    if (file === 'locales/glossary.yaml') return 'term';
    if (second === undefined || third === undefined || !third.endsWith('.json')) return null;
    if (third === 'review.json') return key === 'default' || key.startsWith('texts/') ? 'review' : null;
    return third === 'language.json' || third === 'danger.json' ? 'words' : 'text';
  }
  if (!file.endsWith('.yaml')) return null;
  if (top === 'test') return second === 'flows' && third !== undefined && key === 'transcript' ? 'transcript' : null;
  if (top !== 'flows' || second === undefined) return null;
  if (third === undefined)
    return key === 'order' ? 'flow_order' : key.startsWith('steps/') ? 'flow_step' : key.startsWith('head/') ? 'flow_head' : null;
  if (second === 'answers') return 'answer';
  if (second === 'directory') return 'place';
  if (second !== 'settings') return null;
  return ({ 'topics.yaml': 'topic', 'localities.yaml': 'locality', 'hotline.yaml': 'setting' } as const)[third as 'topics.yaml'] ?? null;
}
