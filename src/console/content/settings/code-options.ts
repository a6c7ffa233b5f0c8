// Topics, places and languages as options to pick from, by their names. Used by the forms and filters of content.
import type { Hotline } from './use-hotline.ts';

export interface Option {
  value: string;
  label: string;
}

/** Areas and their branches, in the order of the file. */
export function topicOptions(hotline: Hotline): Option[] {
  return hotline.topics.map(({ code }) => ({ value: code, label: hotline.pathOfTopic(code) }));
}

/** Everywhere first, then countries with what lies in them. */
export function localityOptions(hotline: Hotline, codes: readonly string[] = hotline.localities.map(({ code }) => code)): Option[] {
  const options = codes.map((value) => ({ value, label: hotline.pathOfLocality(value) }));
  return options.sort((a, b) => Number(b.value === '*') - Number(a.value === '*') || a.label.localeCompare(b.label));
}

/** With the value that stands there, though it is no longer among the options. */
export function withValue(options: readonly Option[], value: string): Option[] {
  return options.some((option) => option.value === value) ? [...options] : [{ value, label: value }, ...options];
}
