// Languages of a directory as BCP 47 tags: from ISO 639-1 or 639-3 codes, or from names in English, Spanish, French, Portuguese or itself.
// Called by place-of-service.ts.
import { normalise } from '../../language/normalise.ts';
import type { HsdsLanguage } from './shape.ts';

const NAMES_IN = ['en', 'es', 'fr', 'pt'];
/** Languages that people on the move speak and that have no code of two letters. */
const THREE_LETTERS =
  'aii apc arz ase ber bem ckb cmn din dyu fil fon hak hmn kab kek kmr kri luo mam men mos nah nan nus pap pcm prs quc rhg rom rmy rup sat shi snk srr tem tet tpi tzm wuu yue yua zgh'.split(
    ' ',
  );

/** Names that the standard lists do not have, by what is meant. */
const OTHER_NAMES: Record<string, string> = {
  castellano: 'es',
  castilian: 'es',
  castellan: 'es',
  farsi: 'fa',
  filipino: 'fil',
  kreyol: 'ht',
  kurmanji: 'kmr',
  mandarin: 'zh',
  mandarino: 'zh',
  moldovan: 'ro',
  pashtu: 'ps',
  pushto: 'ps',
  sorani: 'ckb',
  tagalog: 'tl',
  tamazight: 'zgh',
};
/** No languages: several, undetermined, none. */
const NO_LANGUAGES = new Set(['mul', 'und', 'zxx', 'mis']);

const namesIn = new Map<string, Intl.DisplayNames>();
let byName: Map<string, string> | null = null;

/** The tags of a language record: one by its code, else one for each name in it; none when neither is known. */
export function readLanguages({ code, name = '' }: Pick<HsdsLanguage, 'code' | 'name'>): string[] {
  const tag = code === undefined ? null : tagOf(code);
  if (tag !== null) return [tag];
  const tags = name.split(/[,;/&]/).map((part) => named(part) ?? codeAsName(part.trim()));
  return [...new Set(tags.filter((each) => each !== null))];
}

/** In place of a name some write a code; "No" and "Si" are none. */
function codeAsName(name: string): string | null {
  return /^[a-z]{2,3}$/.test(name) ? tagOf(name) : null;
}

/** `eng` → `en`, `pt_br` → `pt-BR`; null for what is no code of a known language. */
function tagOf(code: string): string | null {
  try {
    const written = code.replaceAll('_', '-');
    const [tag = ''] = Intl.getCanonicalLocales(written === 'tgl' ? 'tl' : written);
    const language = tag.split('-')[0] ?? '';
    if (NO_LANGUAGES.has(language) || nameOf(language, 'en') === null) return null;
    // Tagalog stays Tagalog, and Dari a language rather than the Persian of a country.
    if (written === 'tl' || written === 'tgl') return 'tl';
    return /^[a-z]{3}$/i.test(written) && tag.includes('-') ? written.toLowerCase() : tag;
  } catch {
    return null;
  }
}

/** The name of a language in another; null when there is none. */
export function nameOf(tag: string, language: string): string | null {
  try {
    const names = namesIn.get(language) ?? new Intl.DisplayNames([language], { type: 'language', fallback: 'none' });
    // A language's own name is asked for once; those of the few languages of directories all the time.
    if (NAMES_IN.includes(language)) namesIn.set(language, names);
    return names.of(tag) ?? null;
  } catch {
    return null;
  }
}

/** "Kurdish (Sorani)" is Sorani, "Arabic (Sudan)" is Arabic: what is more exact first. */
function named(name: string): string | null {
  byName ??= readNames();
  const parts = name.split(/[()]/).map((part) => normalise(part));
  const known = [normalise(name), ...parts.slice(1), ...parts.slice(0, 1)].map((part) => byName?.get(part));
  return known.find((tag) => tag !== undefined) ?? null;
}

/** Of two languages of one name the one with the shorter code is meant. */
function readNames(): Map<string, string> {
  const names = new Map(Object.entries(OTHER_NAMES));
  for (const tag of [...twoLetters(), ...THREE_LETTERS]) {
    for (const language of [...NAMES_IN, tag]) {
      const name = normalise(nameOf(tag, language) ?? '');
      if (name !== '' && !names.has(name)) names.set(name, tag);
    }
  }
  return names;
}

function twoLetters(): string[] {
  const letters = 'abcdefghijklmnopqrstuvwxyz'.split('');
  return letters.flatMap((first) => letters.map((second) => first + second)).filter((tag) => tagOf(tag) === tag);
}
