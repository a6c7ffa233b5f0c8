// Writes changes of entries back into the files of a release. Called by drafts, merges and imports. Only what changed is written anew:
// a file without a change stays the very same string, and in a changed file all other lines stay as they are.
import { AppError } from '../domain/errors.ts';
import { kindOf, partsOf } from '../release/entry.ts';
import type { EntryChange, EntryKind, Json } from '../release/entry.ts';
import { editJson, writeWholeJson } from './edit-json.ts';
import { editYaml } from './edit-yaml.ts';
import { kindOfFile } from './entries.ts';
import { changeFile } from './entry-changes.ts';
import { parseValue } from './parse-value.ts';
import { wholeYaml } from './write-yaml.ts';
import type { FileStyle } from './write-yaml.ts';

/** How the files of each kind are written, and the comment that a new one begins with. */
const STYLES: Partial<Record<EntryKind, FileStyle & { comment: string }>> = {
  answer: { listAt: '', asBlocks: true, spaced: true, comment: 'Answers, one entry each. Their texts: locales/<tag>/answers.json.' },
  place: { listAt: '', asBlocks: true, spaced: true, comment: 'Places of the directory, one entry each.' },
  topic: {
    listAt: '',
    asBlocks: false,
    spaced: false,
    comment: 'Codes of the request log, one entry each. Their names: locales/<tag>/topics.json.',
  },
  locality: {
    listAt: '',
    asBlocks: false,
    spaced: false,
    comment: 'Places this line knows, one entry each. Their names: locales/<tag>/localities.json.',
  },
  term: {
    listAt: '',
    asBlocks: false,
    spaced: false,
    comment: 'Words that translators agreed on, one term each: by language, the preferred word first, then other accepted forms.',
  },
  language: { listAt: 'languages', asBlocks: false, spaced: false, comment: 'The languages this program knows, one entry each.' },
  setting: { listAt: '', asBlocks: false, spaced: false, comment: 'Settings of the hotline.' },
  transcript: { listAt: '', asBlocks: true, spaced: false, comment: '' },
  flow_order: { listAt: 'steps', asBlocks: true, spaced: false, comment: '' },
};
const PLAIN: FileStyle & { comment: string } = { listAt: '', asBlocks: false, spaced: false, comment: '' };

/**
 * The files of a release with changes applied; of several changes of one entry the last counts. Addresses of entries that are not
 * among the changes stay valid: a step whose id came from its position gets it written out when its position changes.
 * @param texts path below the content root → raw text
 * @throws content.invalid when a change names what cannot be there, or its value does not fit
 */
export function writeEntries(texts: Readonly<Record<string, string>>, changes: readonly EntryChange[]): Record<string, string> {
  const files = new Map(Object.entries(texts));
  for (const [path, ofFile] of changesByFile(changes)) {
    const text = changeText(path, files.get(path), ofFile);
    if (text === undefined) files.delete(path);
    else files.set(path, text);
  }
  return Object.fromEntries(files);
}

function changesByFile(changes: readonly EntryChange[]): Map<string, Map<string, Json | undefined>> {
  const files = new Map<string, Map<string, Json | undefined>>();
  for (const { address, value } of changes) {
    const { file, key } = partsOf(address);
    if (kindOf(address) === null || !file.split('/').every((name) => /^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u.test(name))) {
      throw new AppError('content.invalid', `Nothing of a release can stand at ${address}.`);
    }
    const ofFile = files.get(file) ?? new Map<string, Json | undefined>();
    files.set(file, ofFile.set(key, value));
  }
  return files;
}

function changeText(path: string, text: string | undefined, changes: ReadonlyMap<string, Json | undefined>): string | undefined {
  const kind = kindOfFile(path);
  if (kind === null) throw new AppError('content.invalid', `The file ${path} holds no entries.`);
  const before = text === undefined ? undefined : parseValue(path, text);
  if (text !== undefined && before === undefined) throw new AppError('content.invalid', `The file ${path} cannot be read; mend it first.`);
  const { value, items } = changeFile(kind, path, before, changes);
  if (value === undefined) return undefined;
  const { comment, ...style } = STYLES[kind] ?? PLAIN;
  if (text === undefined || before === undefined) {
    return path.endsWith('.json') ? writeWholeJson(value) : (comment === '' ? '' : `# ${comment}\n`) + wholeYaml(value, style);
  }
  return path.endsWith('.json') ? editJson(text, before, value) : editYaml(text, before, { value, ...(items && { items }) }, style);
}
