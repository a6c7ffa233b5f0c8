// An understanding over the shipped vocabularies and texts, for the tests of language/. Flows are read for their keywords only.
import type { Choice } from '../../src/domain/text.ts';
import { createUnderstanding, type Understand } from '../../src/language/understand.ts';
import { readTexts, vocabularies } from './vocabularies.ts';

const texts = new Map<string, Record<string, string | string[]>>();

function lookUp(language: string, key: string): string[] {
  const [namespace, name] = key.split(':') as [string, string];
  const file = `${language}/${namespace}`;
  if (!texts.has(file)) texts.set(file, readTexts(language, namespace));
  const value = texts.get(file)![name];
  return value === undefined ? [] : [value].flat();
}

/** Flows whose keywords count. */
const FLOWS = ['health', 'school', 'work', 'documents', 'housing', 'money'];
const PLACES = ['ES', 'ES-CT', 'ES-CT-BCN', 'ES-MD', 'CL', 'CL-VS', 'PE', 'PE-LIM', 'SV', 'SV-SS', 'TH', 'GR-ATH'];

/** 21 November 2026, a Saturday, noon in UTC. */
export const NOW = Date.UTC(2026, 10, 21, 12);

/** The understanding that the tests talk to. */
export const understand: Understand = createUnderstanding(vocabularies, {
  labels: (choice, language) =>
    'literal' in choice.label ? [] : [...lookUp(language, choice.label.key), ...lookUp(language, `${choice.label.key}.synonyms`)],
  localities: PLACES.map((code) => ({
    code,
    names: (language) => [...lookUp(language, `localities:${code}`), ...lookUp(language, `localities:${code}.synonyms`)],
  })),
  keywords: FLOWS.map((flow) => ({ flow, words: (language) => lookUp(language, `${flow}:keywords`) })),
  languages: [
    { tag: 'es', name: 'Español' },
    { tag: 'en', name: 'English' },
    { tag: 'fr', name: 'Français' },
    { tag: 'ar', name: 'العربية' },
  ],
  defaultCountry: 'ES',
  timeZone: 'Europe/Madrid',
});

/** Choices by id, with labels under `<key>.<id>`. */
export function choicesOf(key: string, ids: string[]): Choice[] {
  return ids.map((id) => ({ id, label: { key: `${key}.${id}` } }));
}

/** The main menu. */
export const MENU = choicesOf('menu:need', [
  'health',
  'school',
  'work',
  'documents',
  'housing',
  'children',
  'money',
  'consulates',
  'private',
  'person',
]);
