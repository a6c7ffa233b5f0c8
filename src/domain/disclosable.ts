// What may be told of a person to another organisation, item by item. Used by api, engine, store, runtime and console.

/** Items that may be disclosed, each with its own consent. Their names for people are `system:disclose.<item>`. */
export const DISCLOSABLE = [
  'alias',
  'contact',
  'safe_times',
  'language',
  'interpreter',
  'topic',
  'locality',
  'age_band',
  'gender',
  'summary',
] as const;
export type DisclosedItem = (typeof DISCLOSABLE)[number];

/** All that may be told in the private lane: a code, the language, and a safe way to reach the person. */
export const DISCLOSABLE_PRIVATELY: readonly DisclosedItem[] = ['alias', 'contact', 'safe_times', 'language'];
