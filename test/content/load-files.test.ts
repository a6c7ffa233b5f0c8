// Files become a release source; what cannot be read is told with its line and column, and nothing throws.
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memorySource } from '../../src/content/file-source.ts';
import { loadFiles, MAX_FILE_BYTES } from '../../src/content/load-files.ts';
import { hashTexts, readArchive, writeArchive } from '../../src/content/release-archive.ts';
import { watchFiles } from '../../src/content/watch-files.ts';
import { formatProblem } from '../../src/release/problem.ts';

/** A set of files in which nothing is wrong yet. */
const sound: Record<string, string> = {
  'flows/settings/hotline.yaml': 'id: demo\n',
  'flows/settings/topics.yaml': '- { code: EDU }\n',
  'flows/settings/localities.yaml': "- { code: '*' }\n",
  'locales/languages.yaml': 'languages: []\n',
  'flows/school.yaml': 'topic: EDU\nsteps:\n  - ask: age\n    choices: [a, b]\n',
  'flows/answers/school.yaml': '[]\n',
  'flows/directory/places.yaml': '[]\n',
  'locales/es/school.json': '{\n  "age": "¿Edad?",\n  "age.a": "Á",\n  "age.synonyms": ["x", "y"]\n}\n',
  'locales/es/review.json': '{ "default": "machine-drafted" }',
  'locales/es/language.json': '{}',
};

async function problemsOf(changes: Record<string, string | Uint8Array>): Promise<string[]> {
  const source = await loadFiles(memorySource({ ...sound, ...changes }));
  return source.problems.map(formatProblem);
}

describe('a sound set of files', () => {
  it('is sorted into its parts', async () => {
    const source = await loadFiles(memorySource(sound), { number: 7 });
    expect(source.problems).toEqual([]);
    expect(source.number).toBe(7);
    expect(source.flows.map((flow) => flow.id)).toEqual(['school']);
    expect(source.locales.map((locale) => `${locale.language}/${locale.namespace}`)).toEqual(['es/school']);
    expect(source.vocabularies.map((file) => file.language)).toEqual(['es']);
    expect(source.reviews).toHaveLength(1);
    expect([source.answers.length, source.places.length]).toEqual([1, 1]);
  });

  it('knows where every value stands', async () => {
    const source = await loadFiles(memorySource(sound));
    const flow = source.flows[0]?.file;
    const texts = source.locales[0]?.file;
    expect(flow?.at(['steps', 0], 'choices')).toEqual({ file: 'flows/school.yaml', line: 4, column: 5 });
    expect(flow?.at(['steps', 0, 'choices', 1])).toEqual({ file: 'flows/school.yaml', line: 4, column: 18 });
    expect(flow?.at(['steps', 9, 'nothing'])).toEqual({ file: 'flows/school.yaml', line: 3, column: 3 });
    expect(texts?.at([], 'age.a')).toEqual({ file: 'locales/es/school.json', line: 3, column: 3 });
    expect(texts?.at(['age.synonyms', 1])).toEqual({ file: 'locales/es/school.json', line: 4, column: 25 });
  });
});

describe('files that cannot be read', () => {
  it.each([
    ['a tab', { 'flows/school.yaml': 'steps:\n\t- say: a\n' }, 'flows/school.yaml:2:1', 'spaces'],
    ['the same key twice', { 'flows/school.yaml': 'topic: EDU\ntopic: HEA\n' }, 'flows/school.yaml:2:1', 'same key'],
    ['an open bracket', { 'flows/school.yaml': 'steps: [\n' }, 'flows/school.yaml:2:1', 'valid YAML'],
    ['a custom tag', { 'flows/school.yaml': 'steps: !run x\n' }, 'flows/school.yaml:1:8', 'Tags'],
    ['two documents', { 'flows/school.yaml': 'a: 1\n---\nb: 2\n' }, 'flows/school.yaml:2:1', 'one document'],
    ['a comma too many', { 'locales/es/school.json': '{\n  "a": "b",\n}' }, 'locales/es/school.json:3:1', 'comma too many'],
    ['a comma missing', { 'locales/es/school.json': '{\n  "a": "b"\n  "c": "d"\n}' }, 'locales/es/school.json:3:3', 'is a comma missing'],
    ['curly quotes', { 'locales/es/school.json': '{ "a": “b” }' }, 'locales/es/school.json:1:8', 'straight double quotes'],
    ['a text over two lines', { 'locales/es/school.json': '{ "a": "b\nc" }' }, 'locales/es/school.json:1:8', '\\n'],
    ['a key twice', { 'locales/es/school.json': '{ "a": "b",\n  "a": "c" }' }, 'locales/es/school.json:2:3', 'twice'],
    ['a comment in JSON', { 'locales/es/school.json': '{ // x\n}' }, 'locales/es/school.json:1:3', 'key in double quotes'],
    ['text after the end', { 'locales/es/school.json': '{} x' }, 'locales/es/school.json:1:4', 'after the end'],
    ['an empty file', { 'locales/es/school.json': '' }, 'locales/es/school.json:1:1', 'ends too early'],
    ['another encoding', { 'locales/es/school.json': new Uint8Array([0x22, 0xe9, 0x22]) }, 'locales/es/school.json:1:1', 'UTF-8'],
    ['a huge file', { 'flows/school.yaml': 'a'.repeat(MAX_FILE_BYTES + 1) }, 'flows/school.yaml:1:1', '1 MB'],
    ['deep nesting', { 'locales/es/school.json': '['.repeat(200) }, 'locales/es/school.json:1:52', 'nested'],
    ['another ending', { 'flows/school.yml': 'steps: []' }, 'flows/school.yml:1:1', '.yaml'],
    ['a stray folder', { 'flows/more/x.yaml': 'steps: []' }, 'flows/more/x.yaml:1:1', 'ignored'],
  ])('%s', async (_, changes, position, hint) => {
    const problems = await problemsOf(changes as Record<string, string | Uint8Array>);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`${position} `);
    expect(problems[0]).toContain(hint);
  });

  it('refuses an alias bomb', async () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]'];
    for (const [index, name] of ['b', 'c', 'd', 'e', 'f', 'g'].entries()) {
      const alias = `*${'abcdef'[index]}`;
      bomb.push(`${name}: &${name} [${Array.from({ length: 9 }, () => alias).join(', ')}]`);
    }
    const problems = await problemsOf({ 'flows/school.yaml': bomb.join('\n') });
    expect(problems[0]).toContain('expand too far');
  });

  it('tells of settings that are missing', async () => {
    const { 'flows/settings/topics.yaml': _, ...rest } = sound;
    const source = await loadFiles(memorySource(rest));
    expect(source.problems.map(formatProblem)).toEqual([
      'flows/settings/topics.yaml:1:1 error: This file is missing; a release cannot do without it. (file.missing)',
    ]);
  });
});

describe('a folder', () => {
  let root: string;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'content-'));
    for (const [path, text] of Object.entries(sound)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
  });
  afterAll(() => rm(root, { recursive: true }));

  it('reads like the same files in memory', async () => {
    const fromFolder = await loadFiles(root);
    const fromMemory = await loadFiles(memorySource(sound));
    expect(fromFolder.texts).toEqual(fromMemory.texts);
    expect(fromFolder.problems).toEqual([]);
  });

  it('is refused in a sentence when it is not there', async () => {
    await expect(loadFiles(join(root, 'nowhere'))).rejects.toMatchObject({ code: 'content.invalid' });
  });

  it('is watched', async () => {
    let calls = 0;
    const told = new Promise<void>((resolve) => {
      const stop = watchFiles(root, () => {
        calls += 1;
        stop();
        resolve();
      });
    });
    await writeFile(join(root, 'flows/school.yaml'), sound['flows/school.yaml'] ?? '');
    await writeFile(join(root, 'locales/es/school.json'), sound['locales/es/school.json'] ?? '');
    await told;
    expect(calls).toBe(1);
  });
});

describe('an archive', () => {
  it('gives the same source back, with positions', async () => {
    const source = await loadFiles(memorySource(sound), { number: 3 });
    const { archive, hash } = await writeArchive(source);
    const again = await readArchive(archive);
    expect(again.number).toBe(3);
    expect(again.texts).toEqual(source.texts);
    expect(again.flows[0]?.file.at(['steps', 0], 'choices').line).toBe(4);
    expect(await writeArchive(again)).toEqual({ archive, hash });
  });

  it('is the same whatever the order of files, and its hash ignores the number', async () => {
    const reversed = Object.fromEntries(Object.entries(sound).toReversed());
    const one = await loadFiles(memorySource(sound), { number: 1 });
    const two = await loadFiles(memorySource(reversed), { number: 2 });
    expect((await writeArchive(one)).hash).toBe((await writeArchive(two)).hash);
    expect(hashTexts(one.texts)).toBe((await writeArchive(one)).hash);
    const changed = await loadFiles(memorySource({ ...sound, 'locales/es/school.json': '{}' }));
    expect(hashTexts(changed.texts)).not.toBe(hashTexts(one.texts));
  });

  it('of an earlier store, which is plain, gives the same source', async () => {
    const { texts } = await loadFiles(memorySource(sound));
    const files = Object.fromEntries(Object.entries(texts).toSorted(([a], [b]) => (a < b ? -1 : 1)));
    const again = await readArchive(JSON.stringify({ number: 3, files }));
    expect(again.texts).toEqual(texts);
    expect(hashTexts(again.texts)).toBe(createHash('sha256').update(JSON.stringify(files)).digest('hex'));
  });

  it('that is damaged is refused with a code', async () => {
    await expect(readArchive('{"number":1')).rejects.toMatchObject({ code: 'content.invalid' });
    await expect(readArchive('gzip:H4sIAAAA')).rejects.toMatchObject({ code: 'content.invalid' });
    await expect(readArchive('{"number":1}')).rejects.toMatchObject({ code: 'content.invalid' });
  });
});
