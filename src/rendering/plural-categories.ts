// Which plural forms a language has, the same on every machine. Called by texts.ts and by the release checks.
// Intl falls back to the machine's own language where it knows none (ht, qu, ay, gn): this file decides those cases itself.

/** CLDR plural categories, as the suffixes of i18next keys. */
export const PLURAL_CATEGORIES = ['zero', 'one', 'two', 'few', 'many', 'other'] as const;
export type PluralCategory = (typeof PLURAL_CATEGORIES)[number];

const rules = new Map<string, Intl.PluralRules | null>();

function ruleOf(language: string): Intl.PluralRules | null {
  let rule = rules.get(language);
  if (rule === undefined) {
    rule = Intl.PluralRules.supportedLocalesOf(language).length > 0 ? new Intl.PluralRules(language) : null;
    rules.set(language, rule);
  }
  return rule;
}

/** The category of a count in a language; `one` for 1 and `other` for the rest where Intl does not know the language. */
export function pluralCategory(language: string, count: number): PluralCategory {
  const rule = ruleOf(language);
  if (rule === null) return count === 1 ? 'one' : 'other';
  return rule.select(count) as PluralCategory;
}

/**
 * The forms that a text with a count must have in a language. `many` of Romance languages, which only counts in millions
 * reach, is left out: `other` serves it.
 */
export function requiredPluralForms(language: string): PluralCategory[] {
  const rule = ruleOf(language);
  if (rule === null) return ['one', 'other'];
  const needed = new Set<PluralCategory>(['other']);
  for (let count = 0; count <= 200; count += 1) needed.add(rule.select(count) as PluralCategory);
  return PLURAL_CATEGORIES.filter((category) => needed.has(category));
}
