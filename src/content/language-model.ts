// Loads the trained language identification, once and when it is first asked. Called wherever a release is compiled.
// The file is made by `ventanilla train-language`; the card beside it says from what, and how good it is.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { createIdentify, type Identify } from '../language/identification/model.ts';
import { unpackModels } from '../language/identification/pack.ts';

/** Where the trained model stands. */
export const MODEL_FILE = path.join(import.meta.dirname, 'language-model', 'model.br');

let loaded: Identify | null = null;

/** The language identification that this program comes with. */
export const identifyLanguage: Identify = (text, options) => {
  loaded ??= createIdentify(unpackModels(brotliDecompressSync(readFileSync(MODEL_FILE))));
  return loaded(text, options);
};
