// The console's words: every language says the same things, with the same values in them and all its plurals,
// and every key that a page asks for is there.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONSOLE_LANGUAGES } from '../../src/console/i18n.ts';

const home = path.resolve(import.meta.dirname, '../../src/console');
const areas = readdirSync(path.join(home, 'locales/en')).map((file) => file.replace('.json', ''));

type Words = Record<string, string>;
const PLURAL = /_(zero|one|two|few|many|other)$/;

function load(language: string, area: string): Words {
  const words: Words = {};
  const visit = (value: unknown, key: string): void => {
    if (typeof value === 'string') words[key] = value;
    else for (const [name, inner] of Object.entries(value as object)) visit(inner, key === '' ? name : `${key}.${name}`);
  };
  visit(JSON.parse(readFileSync(path.join(home, 'locales', language, `${area}.json`), 'utf8')), '');
  return words;
}

/** Keys without their plural endings. A key is a plural where it has the ending that every language has. */
function stems(words: Words): string[] {
  const plural = (key: string): boolean => PLURAL.test(key) && key.replace(PLURAL, '_other') in words;
  return [...new Set(Object.keys(words).map((key) => (plural(key) ? `${key.replace(PLURAL, '')} (counted)` : key)))].sort();
}

function valuesIn(text: string): string {
  return [...text.matchAll(/\{\{(\w+)/g)]
    .map((match) => match[1] ?? '')
    .sort()
    .join();
}

describe.each(CONSOLE_LANGUAGES.map(({ tag }) => tag).filter((tag) => tag !== 'en'))('in %s', (language) => {
  it.each(areas)('%s says what it says in English', (area) => {
    const [own, english] = [load(language, area), load('en', area)];
    expect(stems(own)).toEqual(stems(english));
    const others = Object.entries(own).filter(([key, text]) => !PLURAL.test(key) && valuesIn(text) !== valuesIn(english[key] ?? ''));
    expect(others.map(([key]) => key)).toEqual([]);
    expect(Object.entries(own).filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it.each(areas)('%s has all plurals of the language', (area) => {
    const own = load(language, area);
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    const counted = stems(own).filter((stem) => stem.endsWith(' (counted)'));
    const missing = counted
      .flatMap((stem) => pluralCategories.map((category) => stem.replace(' (counted)', `_${category}`)))
      .filter((key) => !(key in own));
    expect(missing).toEqual([]);
  });
});

describe('pages', () => {
  const sources = readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
  const code = new Map(
    sources.map((file) => [file, readFileSync(path.join(home, file), 'utf8').replaceAll(/^\s*(\/\/|\*|\/\*\*).*$/gm, '')]),
  );
  const words = new Map(areas.map((area) => [area, load('en', area)]));
  const has = (area: string, key: string): boolean => {
    const own = words.get(area) ?? {};
    return key in own || `${key}_other` in own;
  };

  it('ask only for words that are there', () => {
    const missing: string[] = [];
    for (const [file, text] of code) {
      const named = [...text.matchAll(/useTranslation\(\[?'(\w+)'/g)].map((match) => match[1] ?? '');
      const own = named.length === 0 ? ['shell'] : [...named, ...(/useTranslation\(\)/.test(text) ? ['shell'] : [])];
      for (const [, key = ''] of text.matchAll(/(?<![\w.])(?:t|\w+T|shell)\(\s*'([a-z][\w.:]*)'/g)) {
        const [area, rest] = key.includes(':') ? (key.split(':') as [string, string]) : ['', key];
        if (!(area === '' ? own : [area]).some((one) => has(one, rest))) missing.push(`${file}: ${key}`);
      }
    }
    expect(missing).toEqual([]);
  });

  it('use every word of the frame', () => {
    const all = [...code.values()].join('\n');
    const begun = [...all.matchAll(/`([a-z_.]+[._])\$\{/g)].map((match) => match[1] ?? '');
    const unused = stems(words.get('shell') ?? {})
      .map((stem) => stem.replace(' (counted)', ''))
      .filter((key) => !all.includes(`'${key}'`) && !all.includes(`'shell:${key}'`) && !begun.some((start) => key.startsWith(start)));
    expect(unused).toEqual([]);
  });
});
