// Which language of the hotline a message names: "English", "inglés", "العربية", "en français". Called by understand.ts.
import type { Message } from './message.ts';
import { normalise } from './normalise.ts';
import type { Vocabulary } from './vocabulary.ts';
import { indexWords } from './word-index.ts';

/** Reads language names in their own and in all other languages of the hotline. */
export interface LanguageNameReader {
  /** The whole message is a name, or a tag. */
  exact(message: Message): string | null;
  near(message: Message): string | null;
  /** The language of a payload `language:<tag>`: the language switch of the web chat. */
  chosen(payload: string): string | null;
}

/** What the web chat sends along when somebody chooses a language in its header; src/widget/chat.ts. */
const SWITCH = 'language:';

/** Builds the reader for the hotline's languages; names of other languages mean nothing here. */
export function createLanguageNameReader(
  vocabularies: Record<string, Vocabulary>,
  languages: { tag: string; name: string }[],
): LanguageNameReader {
  const entries = languages.flatMap(({ tag, name }) => [
    { phrase: name, value: tag },
    ...Object.values(vocabularies).flatMap((vocabulary) =>
      (vocabulary.language_names[tag] ?? []).map((phrase) => ({ phrase, value: tag })),
    ),
  ]);
  const index = indexWords(entries);
  const tags = new Map(languages.map(({ tag }) => [normalise(tag), tag]));
  return {
    exact(message) {
      const found = index.exact(message);
      return found.length === 1 ? found[0]! : (tags.get(message.normalised) ?? null);
    },
    near: (message) => index.near(message),
    chosen(payload) {
      const tag = payload.startsWith(SWITCH) ? payload.slice(SWITCH.length) : null;
      return languages.some((language) => language.tag === tag) ? tag : null;
    },
  };
}
