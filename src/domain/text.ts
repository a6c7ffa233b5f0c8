// A text before it is words: a key with values, chosen into a language later by rendering/.
// Engine and desk speak only in these, so a flow reads the same in every language and on every channel.

/**
 * A reference to a text: `namespace:key` in `locales/<tag>/<namespace>.json`, with values to fill in.
 * A value that is itself a TextRef is rendered first, in the same language; several are joined as a list.
 */
export interface TextRef {
  key: string;
  params?: Record<string, string | number | TextRef | TextRef[]>;
  /** What stands there where no language that may be shown has the text; without it, that something went wrong. */
  otherwise?: string;
}

/** Words that are the same in every language: a language's own name, a person's own words. */
export interface Literal {
  literal: string;
}

export type Text = TextRef | Literal;

/** One thing a person may choose. `id` is what comes back as a payload or is matched from a number or label. */
export interface Choice {
  id: string;
  label: Text;
  /** Further words that choose it are at `<label key>.synonyms` in the locale. */
}

/** One thing to say, perhaps with choices under it. Several lines of one turn are joined by rendering/. */
export interface Line {
  text: Text;
  choices?: Choice[];
  /** 'numbers' lists choices with digits even where buttons exist; default is whatever the channel does best. */
  layout?: 'numbers';
}
