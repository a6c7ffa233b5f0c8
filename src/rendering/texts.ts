// Turns a text key into words of a language, by i18next: channel variants, plurals, interpolation, fallback chains.
// Called by fit.ts for what is sent and by release/ for checks and labels. It fits nothing to a channel and marks no direction.
// A missing text never throws and never shows its key: it falls back along the chain, at last to a safe text.
import { createInstance } from 'i18next';
import type { i18n } from 'i18next';
import type { Text, TextRef } from '../domain/text.ts';
import { formatNumber } from './digits.ts';
import type { LanguageInfo } from './language-info.ts';
import { pluralCategory } from './plural-categories.ts';
import { textForms } from './text-forms.ts';
import type { Direction } from './scripts.ts';

/** i18next JSON per language and namespace; keys are flat. Values are strings, or arrays of strings for synonyms and the like. */
export type Resources = Record<string, Record<string, Record<string, unknown>>>;

/** All texts of a release. */
export interface Texts {
  /** The words for a text in a language, in the wording of a channel (`sms`, `whatsapp`, `web` …). Plain text, one direction. */
  render(text: Text, language: string, channel: string): string;
  /** Whether the language itself, without fallback, has this `namespace:key` in some form (plain, plural or channel). */
  has(key: string, language: string): boolean;
  /** The strings of an array such as synonyms, keywords or phrasings, without fallback; empty when absent. */
  list(key: string, language: string): string[];
  direction(language: string): Direction;
}

/** What to say where a text and all its fallbacks are missing. */
const SAFE_TEXT = 'system:fault';
/** Nothing at all could be said: unreachable in a release that passed its checks. */
const NO_WORDS = '…';
const MAX_NESTING = 4;
/** Texts of a release that are remembered as they are shown on a channel. */
const MAX_FOUND = 20_000;

/**
 * Builds the texts of one release.
 * @param resources language → namespace → key → text
 * @param languages all languages, with their fallback chains
 * @param options `defaultLanguage` ends every chain; the first language when not given
 * @see https://www.i18next.com/misc/json-format
 */
export function createTexts(resources: Resources, languages: LanguageInfo[], options: { defaultLanguage?: string } = {}): Texts {
  const defaultLanguage = options.defaultLanguage ?? languages[0]?.tag ?? 'en';
  const infos = new Map(languages.map((language) => [language.tag, language]));
  const chains = new Map(languages.map((language) => [language.tag, chainOf(language, defaultLanguage)]));
  const forms = textForms(resources);
  const translatorFor = openTranslator(resources, defaultLanguage);

  /** Texts without parameters, as they were found: most of what is said, and there are only so many in a release. */
  const found = new Map<string, string>();

  function look(key: string, language: string, channel: string, params: Record<string, string>, count: number | undefined): string {
    if (count !== undefined || Object.keys(params).length > 0) return translate(key, language, channel, params, count);
    const place = `${language} ${channel} ${key}`;
    const known = found.get(place) ?? translate(key, language, channel, params, count);
    if (found.size < MAX_FOUND) found.set(place, known);
    return known;
  }

  function translate(key: string, language: string, channel: string, params: Record<string, string>, count: number | undefined): string {
    const [namespace, name] = splitKey(key);
    const chain = chains.get(language) ?? [language, defaultLanguage];
    return translatorFor(chain).t(name, {
      ns: namespace,
      lng: language,
      lngs: chain,
      context: channel,
      replace: params,
      nest: false,
      defaultValue: '',
      ...(count === undefined ? {} : { count }),
    });
  }

  function renderRef(ref: TextRef, language: string, channel: string, depth: number): string {
    const params: Record<string, string> = {};
    let count: number | undefined;
    for (const [name, value] of Object.entries(ref.params ?? {})) {
      if (typeof value === 'string') params[name] = value;
      else if (typeof value === 'number') {
        params[name] = formatNumber(value, infos.get(language)?.digits ?? 'latn');
        if (name === 'count') count = value;
      } else {
        const refs = depth >= MAX_NESTING ? [] : Array.isArray(value) ? value : [value];
        params[name] = refs
          .map((part) => renderRef(part, language, channel, depth + 1))
          .join(separatorIn(infos.get(language)?.direction ?? 'ltr'));
      }
    }
    const words = look(ref.key, language, channel, params, count) || ref.otherwise;
    return words || look(SAFE_TEXT, language, channel, {}, undefined) || NO_WORDS;
  }

  return {
    render: (text, language, channel) => ('literal' in text ? text.literal : renderRef(text, language, channel, 0)),
    has: (key, language) => forms.has(language, key),
    list(key, language) {
      const [namespace, name] = splitKey(key);
      const value = resources[language]?.[namespace]?.[name];
      return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
    },
    direction: (language) => infos.get(language)?.direction ?? 'ltr',
  };
}

/** What stands between the parts of a list. */
function separatorIn(direction: Direction): string {
  return direction === 'rtl' ? '، ' : ', ';
}

/** `namespace:key` in two; a key without a namespace belongs to `system`. */
export function splitKey(key: string): [namespace: string, name: string] {
  const colon = key.indexOf(':');
  return colon < 0 ? ['system', key] : [key.slice(0, colon), key.slice(colon + 1)];
}

function chainOf(language: LanguageInfo, defaultLanguage: string): string[] {
  return [...new Set([language.tag, ...language.fallback, defaultLanguage])];
}

/**
 * One i18next instance for all languages; one that is first needed is added then. Chains are handed over with each call, so that tags stay
 * as written.
 */
function openTranslator(resources: Resources, defaultLanguage: string): (chain: readonly string[]) => i18n {
  const translator = createInstance();
  void translator.init({
    resources: {},
    lng: defaultLanguage,
    fallbackLng: false,
    initAsync: false,
    keySeparator: false,
    nsSeparator: false,
    returnEmptyString: false,
    returnNull: false,
    interpolation: { escapeValue: false },
    missingInterpolationHandler: () => '',
  });
  const resolver = translator.services.pluralResolver as { getSuffix(code: string, count: number): string };
  resolver.getSuffix = (code, count) => `_${pluralCategory(code, count)}`;
  const added = new Set<string>();
  return (chain) => {
    for (const language of chain) {
      if (added.has(language)) continue;
      added.add(language);
      for (const [namespace, texts] of Object.entries(resources[language] ?? {})) {
        translator.addResourceBundle(language, namespace, withoutArrays(texts));
      }
    }
    return translator;
  };
}

/** Only strings are texts; an array asked for as a text falls back like a missing one. */
function withoutArrays(texts: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
