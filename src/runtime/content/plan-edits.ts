// What an edit of content brings with it: states of texts, and signatures that no longer hold. Called in the workshop before a draft's
// edits are stored; the same for the console, for imports and for whatever else writes into a draft. Pure.
// 2026-11-30: a changed source makes its translations stale at once, and a changed text is nobody's reviewed text any more. Both are
// edits of their own, so that they are seen, told in words and published with the change that caused them.
import { kindOf, partsOf, type Entries, type Json } from '../../release/entry.ts';
import { sameJson } from '../../release/same-json.ts';
import { findMisfit } from './entry-values.ts';
import { whyNotEdit, type Editor } from './edit-rights.ts';
import { reviewAddress, textAddress, textOf } from './open-content.ts';

/** One edit as it will be stored; without a value the entry goes. */
export interface PlannedEdit {
  address: string;
  value?: Json;
}

export type EditPlan = { ok: true; edits: PlannedEdit[] } | { ok: false; address: string; reason: string };

export interface PlanOptions {
  editor: Editor;
  /** Changed source texts still mean the same. */
  sameMeaning: boolean;
  /** State that changed texts get, by address, where it is not `drafted`: what a file that is imported says. */
  states?: ReadonlyMap<string, 'drafted' | 'machine-drafted'>;
}

/** All edits that follow from those that were asked for, or why one of them cannot be. */
export function planEdits(entries: Entries, wanted: readonly PlannedEdit[], options: PlanOptions): EditPlan {
  const edits = new Map<string, PlannedEdit>();
  const asked = new Set(wanted.map(({ address }) => address));
  const languages = languagesOf(entries);
  for (const { address, value } of wanted) {
    const kind = kindOf(address);
    if (kind === null) return { ok: false, address, reason: 'Nothing of this name can be part of the content.' };
    const before = entries.get(address)?.value;
    const reason =
      whyNotEdit(options.editor, { address, kind, before, value }) ?? (value === undefined ? null : findMisfit(address, kind, value));
    if (reason !== null) return { ok: false, address, reason };
    if (value === undefined ? before === undefined : before !== undefined && sameJson(before, value)) continue;
    edits.set(address, kind === 'answer' && value !== undefined ? { address, value: unsigned(value, before) } : edit(address, value));
    if (kind !== 'text') continue;
    const others = languages.filter((language) => !asked.has(textAddress(language, textOf(address).key)));
    for (const derived of followText(entries, address, value, others, options))
      // What was asked for counts more than what follows from something else.
      if (!asked.has(derived.address)) edits.set(derived.address, derived);
  }
  return { ok: true, edits: [...edits.values()] };
}

/** States of the text itself and of its translations, and the signature of the answer that it belongs to. */
function followText(
  entries: Entries,
  address: string,
  value: Json | undefined,
  languages: readonly string[],
  { sameMeaning, states }: PlanOptions,
): PlannedEdit[] {
  const { language, key } = textOf(address);
  const derived = setState(entries, language, key, value === undefined ? null : (states?.get(address) ?? 'drafted'));
  if (language !== sourceLanguage(entries) || sameMeaning) return derived;
  for (const other of languages)
    if (other !== language && entries.has(textAddress(other, key))) derived.push(...setState(entries, other, key, 'stale'));
  const answer = answerOf(entries, key);
  if (answer !== null) derived.push(answer);
  return derived;
}

/** The state of a text; null where there is no text any more. */
export function setState(
  entries: Entries,
  language: string,
  key: string,
  state: string | null,
  signed: { by?: string; on?: string } = {},
): PlannedEdit[] {
  const address = reviewAddress(language, key);
  const before = entries.get(address)?.value;
  if (state === null) return before === undefined ? [] : [{ address }];
  const value = { state, ...signed };
  return before !== undefined && sameJson(before, value) ? [] : [{ address, value }];
}

/** The entry of an answer whose words were changed: nobody has checked those. */
function answerOf(entries: Entries, key: string): PlannedEdit | null {
  if (!key.startsWith('answers:')) return null;
  const id = key.slice('answers:'.length).split(/[._]/)[0] ?? '';
  if (key.endsWith('.phrasings')) return null;
  for (const [address, { kind, value }] of entries) {
    if (kind !== 'answer' || partsOf(address).key !== id) continue;
    const cleared = unsigned(value, undefined);
    return sameJson(cleared, value) ? null : { address, value: cleared };
  }
  return null;
}

/** An answer without its signature, unless what was signed is the same. */
function unsigned(value: Json, before: Json | undefined): Json {
  const { reviewed_by: _by, reviewed_on: _on, ...rest } = value as { [key: string]: Json };
  if (before !== undefined) {
    const {
      reviewed_by: signedBy = null,
      reviewed_on: signedOn = null,
      review_by: _due,
      ...signedRest
    } = before as { [key: string]: Json };
    const { review_by: _until, ...ownRest } = rest;
    if (sameJson(signedRest, ownRest)) return { ...rest, reviewed_by: signedBy, reviewed_on: signedOn };
  }
  return { ...rest, reviewed_by: null, reviewed_on: null };
}

/** The language that translations are made from. */
export function sourceLanguage(entries: Entries): string {
  const value = entries.get('flows/settings/hotline.yaml#source_language')?.value;
  return typeof value === 'string' ? value : 'en';
}

/** Tags of the languages of a release, in the order of the list. */
export function languagesOf(entries: Entries): string[] {
  return [...entries.values()].flatMap(({ kind, key }) => (kind === 'language' ? [key] : []));
}

const edit = (address: string, value: Json | undefined): PlannedEdit => (value === undefined ? { address } : { address, value });
