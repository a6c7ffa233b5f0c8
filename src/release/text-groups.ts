// All texts of a release grouped as authors think of them: one key in one language, for one channel, in its plural forms.
// Called by the checks that compare languages.
import { parseForm } from '../rendering/text-forms.ts';
import type { PluralCategory } from '../rendering/plural-categories.ts';
import type { Resources } from '../rendering/texts.ts';

/** One text of one language, possibly in several plural forms. */
export interface TextGroup {
  language: string;
  /** `namespace:key` without suffixes. */
  key: string;
  /** Null for the general wording. */
  channel: string | null;
  /** Each form as written: its full key and its words. `plural` is null for a text without a count. */
  forms: { key: string; plural: PluralCategory | null; text: string }[];
}

/** Every check asks for the groups of the same release. */
const grouped = new WeakMap<Resources, TextGroup[]>();

/** Groups by language, then by `key` and channel. */
export function groupTexts(resources: Resources): TextGroup[] {
  const known = grouped.get(resources) ?? makeGroups(resources);
  grouped.set(resources, known);
  return known;
}

function makeGroups(resources: Resources): TextGroup[] {
  const plurals = pluralBases(resources);
  const groups = new Map<string, TextGroup>();
  for (const [language, namespaces] of Object.entries(resources)) {
    for (const [namespace, texts] of Object.entries(namespaces)) {
      for (const [name, text] of Object.entries(texts)) {
        if (typeof text !== 'string') continue;
        const form = parseForm(name);
        const counted = form.plural !== null && plurals.has(`${namespace}:${form.base}`);
        const plain = form.plural !== null && !counted;
        const key = `${namespace}:${plain ? name : form.base}`;
        const channel = plain ? null : form.channel;
        const id = `${language} ${key} ${channel ?? ''}`;
        const group = groups.get(id) ?? { language, key, channel, forms: [] };
        group.forms.push({ key: `${namespace}:${name}`, plural: counted ? form.plural : null, text });
        groups.set(id, group);
      }
    }
  }
  return [...groups.values()];
}

/** Keys that some language writes with `_other` and at least one more form: texts with a count, not texts that happen to end so. */
function pluralBases(resources: Resources): Set<string> {
  const forms = new Map<string, Set<PluralCategory>>();
  for (const namespaces of Object.values(resources)) {
    for (const [namespace, texts] of Object.entries(namespaces)) {
      for (const name of Object.keys(texts)) {
        const { base, plural } = parseForm(name);
        if (plural === null) continue;
        const key = `${namespace}:${base}`;
        forms.set(key, (forms.get(key) ?? new Set()).add(plural));
      }
    }
  }
  return new Set([...forms].filter(([, found]) => found.has('other') && found.size > 1).map(([key]) => key));
}

/** Names of the `{{name}}` places of a text. */
export function placeholders(text: string): Set<string> {
  return new Set(Array.from(text.matchAll(/\{\{\s*([^{}]*?)\s*\}\}/gu), (match) => match[1] ?? ''));
}

/** Whether a value's name is one that steps can give. */
export function isPlainName(name: string): boolean {
  return /^[A-Za-z]\w{0,40}$/.test(name);
}
