// Which language the widget speaks: what the person chose, else what the conversation speaks. Brings letters that the device lacks.
// Used by chat.ts. Knows the panel only as something that can be given new words.
import { ensureFonts } from './fonts.ts';
import type { Memory } from './memory.ts';
import { loadTexts, type TextFile } from './texts.ts';

export interface Words {
  language(): string;
  /** The person chose; resolves when it is shown, with the language's own name. */
  choose(tag: string): Promise<string>;
  /** The conversation speaks this language. */
  follow(tag: string): void;
  /** Brings letters for a text where the device has none. */
  needLetters(text: string): void;
}

/** The page itself comes first; its letters can wait a moment. */
const WAIT_MS = 700;

/**
 * Starts with the words that are shown already.
 * @param element the widget; its class says that letters were brought
 * @param onChange shows the widget in other words
 */
export function createWords(base: string, memory: Memory, first: TextFile, element: Element, onChange: (file: TextFile) => void): Words {
  let file = first;
  /** Chosen in the header; until the conversation speaks it, nothing else is followed. */
  let chosen: string | null = null;

  const needLetters = (text: string): void =>
    ensureFonts(text, base, () => {
      element.classList.add('letters');
      document.documentElement.classList.add('ventanilla-letters');
    });
  setTimeout(() => needLetters(file.languages.map(({ name }) => name).join(' ')), WAIT_MS);

  async function show(tag: string): Promise<void> {
    const next = await loadTexts(base, [tag]);
    if (next === null || next.language === file.language) return;
    file = next;
    memory.write({ language: file.language });
    onChange(file);
  }

  return {
    language: () => file.language,
    async choose(tag) {
      chosen = tag;
      await show(tag);
      return file.languages.find((language) => language.tag === tag)?.name ?? tag;
    },
    follow(tag) {
      if (chosen !== null && tag !== chosen) return;
      chosen = null;
      if (tag !== file.language && file.languages.some((language) => language.tag === tag)) void show(tag);
    },
    needLetters,
  };
}
