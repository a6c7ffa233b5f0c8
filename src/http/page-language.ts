// Which language a page is shown in, and its words with their fallbacks. Used by the demo page and the widget's texts.
// Knows the words of a release only through the small interface that is handed in.

/** A language on offer; a LanguageInfo of rendering/ is one. */
export interface PageLanguage {
  tag: string;
  /** The language's name in itself. */
  name: string;
  direction: 'ltr' | 'rtl';
  /** Languages whose words fill gaps, best first. */
  fallback: string[];
}

/** Words of the pages. Asked for every request, so that a new release shows at once. */
export interface PageTexts {
  /** Languages on offer in the order of the list; at least one. */
  languages(): PageLanguage[];
  /** Where every fallback ends. */
  defaultLanguage(): string;
  /** `locales/<language>/<namespace>.json` as it is; null where there is none. */
  resource(language: string, namespace: string): Record<string, unknown> | null;
}

/** Tags of an Accept-Language header, best first. Nonsense is skipped. */
export function parseAcceptLanguage(header: string | undefined): string[] {
  return (header ?? '')
    .split(',', 20)
    .map((part) => /^\s*([A-Za-z0-9-]{1,35})\s*(?:;\s*q=([\d.]{1,5}))?\s*$/.exec(part))
    .filter((match) => match !== null)
    .map((match) => ({ tag: match[1] ?? '', weight: Number(match[2] ?? 1) }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
}

/**
 * The language that suits best: each wish in turn, exactly or by its shorter forms (`es-419-u-x` → `es-419` → `es`), else the default.
 * @see https://www.rfc-editor.org/rfc/rfc4647#section-3.4 (lookup)
 */
export function choosePageLanguage(texts: PageTexts, wished: string[]): PageLanguage {
  const offered = new Map(texts.languages().map((language) => [language.tag.toLowerCase(), language]));
  for (const wish of wished) {
    const parts = wish.toLowerCase().split('-');
    for (let length = parts.length; length > 0; length -= 1) {
      const found = offered.get(parts.slice(0, length).join('-'));
      if (found !== undefined) return found;
    }
  }
  const [first] = offered.values();
  const last = offered.get(texts.defaultLanguage().toLowerCase()) ?? first;
  return last ?? { tag: 'en', name: 'English', direction: 'ltr', fallback: [] };
}

/** All words of a namespace in a language, gaps filled along its fallbacks. Lists are left out. */
export function readPageTexts(texts: PageTexts, language: PageLanguage, namespace: string): Record<string, string> {
  const chain = [texts.defaultLanguage(), ...[...language.fallback].reverse(), language.tag];
  const words: Record<string, string> = {};
  for (const tag of chain) {
    for (const [key, value] of Object.entries(texts.resource(tag, namespace) ?? {})) if (typeof value === 'string') words[key] = value;
  }
  return words;
}
