// One thing per language, asked in the order that fits a conversation: its own language first, then all others.
// Called by everything here that is built once per vocabulary.

/** Values of all languages, the conversation's own first; all in the hotline's order while no language is known. */
export interface ByLanguage<Value> {
  ordered(language: string | null): Value[];
  /** Only the conversation's own; all while no language is known or the language has none. */
  own(language: string | null): Value[];
}

/** Builds one value for each key of `sources`. */
export function byLanguage<Source, Value>(
  sources: Record<string, Source>,
  build: (source: Source, language: string) => Value,
): ByLanguage<Value> {
  const values = new Map(Object.entries(sources).map(([language, source]) => [language, build(source, language)]));
  const all = [...values.values()];
  const orders = new Map([...values].map(([language, value]) => [language, [value, ...all.filter((other) => other !== value)]]));
  return {
    ordered: (language) => orders.get(language ?? '') ?? all,
    own(language) {
      const value = values.get(language ?? '');
      return value === undefined ? all : [value];
    },
  };
}
