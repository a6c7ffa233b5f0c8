// A release before it is compiled: the files of flows/ and locales/ as plain values that still know where they came from.
// Made by content/load-files.ts from a folder or from the store's archive; read by compile.ts. Nothing here is validated yet.
import type { Position, Problem } from './problem.ts';

/** One parsed YAML or JSON file. */
export interface SourceFile {
  /** Path below the content root, with `/`. */
  path: string;
  value: unknown;
  /**
   * Where a value stands, by its path of keys and indexes; with `key`, where that key of the mapping stands.
   * What does not exist is placed at the nearest thing around it.
   */
  at: (path: readonly PropertyKey[], key?: string) => Position;
}

/** A file of texts, one namespace in one language. */
export interface LocaleFile {
  language: string;
  namespace: string;
  file: SourceFile;
}

export interface ReleaseSource {
  number: number;
  /** Raw text of every file, by path: what the archive keeps. */
  texts: Record<string, string>;
  flows: { id: string; file: SourceFile }[];
  answers: SourceFile[];
  places: SourceFile[];
  /** flows/settings/: null where the file is missing or could not be read. */
  hotline: SourceFile | null;
  topics: SourceFile | null;
  localities: SourceFile | null;
  /** locales/languages.yaml. */
  languages: SourceFile | null;
  /** locales/glossary.yaml: null where there is none. */
  glossary: SourceFile | null;
  locales: LocaleFile[];
  /** locales/<tag>/review.json. */
  reviews: { language: string; file: SourceFile }[];
  /** locales/<tag>/language.json. */
  vocabularies: { language: string; file: SourceFile }[];
  /** locales/<tag>/danger.json. */
  dangers: { language: string; file: SourceFile }[];
  /** What could not be read. */
  problems: Problem[];
}
