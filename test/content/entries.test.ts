// The files of a release are read as entries: each of its texts, answers, places and steps by an address of its own.
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readEntries, readFileEntries } from '../../src/content/entries.ts';
import { Flow } from '../../src/engine/flow.ts';
import { defaultStepId } from '../../src/engine/step-id.ts';
import { kindOf } from '../../src/release/entry.ts';
import { contentTexts } from '../support/content-texts.ts';

const texts = contentTexts();

function addresses(path: string, text: string): string[] {
  return readFileEntries(path, text).map(({ kind, key }) => `${kind} ${key}`);
}

describe('each kind of file', () => {
  it.each([
    ['locales/es/school.json', '{ "age": "¿Edad?", "age.synonyms": ["x"] }', ['text age', 'text age.synonyms']],
    ['locales/es/review.json', '{ "default": "drafted", "texts": { "school:age": {} } }', ['review default', 'review texts/school:age']],
    ['locales/es/language.json', '{ "greetings": [], "commands": {} }', ['words greetings', 'words commands']],
    ['locales/es/danger.json', '{ "danger": [] }', ['words danger']],
    ['locales/languages.yaml', 'languages: [{ tag: es }, { tag: ar }]', ['language es', 'language ar']],
    ['flows/answers/school.yaml', '- id: Q1\n- id: Q2\n', ['answer Q1', 'answer Q2']],
    ['flows/directory/places.yaml', '- id: clinic\n', ['place clinic']],
    ['flows/settings/topics.yaml', '- { code: EDU.ENR }\n', ['topic EDU.ENR']],
    ['flows/settings/localities.yaml', "- { code: '*' }\n", ['locality *']],
    ['flows/settings/hotline.yaml', 'id: demo\nlimits: {}\n', ['setting id', 'setting limits']],
    ['test/flows/school.es.yaml', '- user: hola\n- bot: hola\n', ['transcript transcript']],
    [
      'flows/school.yaml',
      'topic: EDU\nsteps:\n  - say: hi\n  - ask: age\n  - id: own\n    say: other\n  - directory: {}\nprivate: true\n',
      [
        'flow_head topic',
        'flow_head private',
        'flow_order order',
        'flow_step hi',
        'flow_step age',
        'flow_step own',
        'flow_step directory_4',
      ].map((name) => name.replace('head ', 'head head/').replace('step ', 'step steps/')),
    ],
  ])('%s', (path, text, expected) => {
    expect(addresses(path, text)).toEqual(expected);
    for (const { file, key, kind } of readFileEntries(path, text)) expect(kindOf(`${file}#${key}`)).toBe(kind);
  });

  it('gives values as they stand in the file, the id of a step only where it is written', () => {
    const entries = readEntries({
      'flows/a.yaml': 'steps:\n  - say: hi\n  - id: own\n    end: silent\n',
      'test/flows/a.es.yaml': '- user: 1\n',
    });
    expect(entries.get('flows/a.yaml#steps/hi')?.value).toEqual({ say: 'hi' });
    expect(entries.get('flows/a.yaml#steps/own')?.value).toEqual({ id: 'own', end: 'silent' });
    expect(entries.get('flows/a.yaml#order')?.value).toEqual(['hi', 'own']);
    expect(entries.get('test/flows/a.es.yaml#transcript')?.value).toEqual([{ user: 1 }]);
  });
});

describe('what is no entry', () => {
  it.each([
    ['a file for editors', 'flows/schema.json', '{ "a": 1 }'],
    ['a note', 'flows/README.md', 'a: 1'],
    ['a stray folder', 'flows/more/x.yaml', '- id: a'],
    ['broken YAML', 'flows/school.yaml', 'steps: ['],
    ['YAML with the same key twice', 'flows/school.yaml', 'topic: EDU\ntopic: HEA\n'],
    ['a custom tag', 'flows/school.yaml', 'topic: !run x\n'],
    ['broken JSON', 'locales/es/school.json', '{ "a": }'],
    ['a list where keys should be', 'locales/es/school.json', '["a"]'],
    ['keys where a list should be', 'flows/answers/a.yaml', 'id: Q1'],
    ['an empty file', 'flows/answers/a.yaml', ''],
    ['an empty list', 'flows/answers/a.yaml', '# nothing yet\n[]\n'],
  ])('%s', (_, path, text) => expect(readFileEntries(path, text)).toEqual([]));

  it('is an item without an id, and a second one with the same', () => {
    expect(addresses('flows/answers/a.yaml', '- id: Q1\n- topic: X\n- id: Q1\n- id: Q2\n- just words\n')).toEqual([
      'answer Q1',
      'answer Q2',
    ]);
    const flow = readFileEntries('flows/a.yaml', 'steps:\n  - say: a\n  - words\n  - id: a\n    end: silent\n  - answer: Q1\n');
    expect(flow.find(({ key }) => key === 'order')?.value).toEqual(['a', 'answer_4']);
  });
});

describe('the whole content', () => {
  it('names every step as the engine does', () => {
    const entries = readEntries(texts);
    const flows = Object.keys(texts).filter((path) => /^flows\/[^/]+\.yaml$/.test(path));
    expect(flows.length).toBeGreaterThan(10);
    for (const path of flows) {
      const steps = Flow.parse(parse(texts[path] ?? '')).steps.map((step, index) => step.id ?? defaultStepId(step, index));
      expect([path, entries.get(`${path}#order`)?.value]).toEqual([path, steps]);
      expect(steps.filter((id) => !entries.has(`${path}#steps/${id}`))).toEqual([]);
    }
  });

  it('gives each entry the kind of its address, by file in order', () => {
    const entries = readEntries(texts);
    expect(entries.size).toBeGreaterThan(5000);
    expect([...entries].filter(([address, { kind }]) => kindOf(address) !== kind)).toEqual([]);
    const files = [...new Set([...entries.values()].map(({ file }) => file))];
    expect(files).toEqual(files.toSorted((a, b) => (a < b ? -1 : 1)));
  });

  it('takes over what was read before, of files that are the same', () => {
    const before = readEntries(texts);
    const changed = { ...texts, 'locales/es/welcome.json': '{ "hello": "x" }' };
    const after = readEntries(changed, { texts, entries: before });
    expect(after.get('locales/es/welcome.json#hello')?.value).toBe('x');
    expect(after.get('locales/en/menu.json#need')).toBe(before.get('locales/en/menu.json#need'));
    expect([...after]).toEqual([...readEntries(changed)]);
  });
});
