// The widget's own words, one small JSON file a language from the service. The conversation's words come with its lines.

export interface Language {
  tag: string;
  /** The language's name in itself. */
  name: string;
  direction: 'ltr' | 'rtl';
}

/** Answer of `widget/texts/<tag>.json`. */
export interface TextFile {
  language: string;
  direction: 'ltr' | 'rtl';
  /** All languages on offer, in the order of the list. */
  languages: Language[];
  texts: Record<string, string>;
}

/**
 * Loads the words in the first of the wished languages that is on offer, else in the service's own.
 * @returns null when the service cannot be reached
 */
export async function loadTexts(base: string, wished: string[]): Promise<TextFile | null> {
  const [first = 'und', ...others] = wished;
  const query = others.length === 0 ? '' : `?or=${encodeURIComponent(others.join(','))}`;
  try {
    const response = await fetch(`${base}widget/texts/${encodeURIComponent(first)}.json${query}`, { credentials: 'omit' });
    return response.ok ? ((await response.json()) as TextFile) : null;
  } catch {
    return null;
  }
}

/** A word, with its values filled in. */
export function say(file: TextFile, key: string, values: Record<string, string | number> = {}): string {
  return (file.texts[key] ?? key).replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
}
