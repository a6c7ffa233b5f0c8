// The texts of one imported flow in all its languages, until they are written into files. Called by all that make texts.
// Keys are given once; what no step uses in the end is not written.

type TextValue = string | string[];

export interface TextBook {
  put(key: string, language: string, value: TextValue): void;
  get(key: string, language: string): TextValue | undefined;
  /** Takes a key out of one language. */
  drop(key: string, language: string): void;
  languages(): string[];
  /** The texts of a language whose question or text is used: the key itself, its labels, its wordings and synonyms. */
  of(language: string, used: ReadonlySet<string>): Record<string, TextValue>;
}

export function createTextBook(): TextBook {
  const texts = new Map<string, Map<string, TextValue>>();
  const inLanguage = (language: string): Map<string, TextValue> => {
    const known = texts.get(language) ?? new Map<string, TextValue>();
    texts.set(language, known);
    return known;
  };
  return {
    put: (key, language, value) => void inLanguage(language).set(key, value),
    get: (key, language) => texts.get(language)?.get(key),
    drop: (key, language) => void texts.get(language)?.delete(key),
    languages: () => [...texts.keys()],
    of: (language, used) =>
      Object.fromEntries([...(texts.get(language) ?? [])].filter(([key]) => used.has(key) || used.has(key.split('.')[0] ?? ''))),
  };
}
