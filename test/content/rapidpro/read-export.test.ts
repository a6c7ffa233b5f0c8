// What is no export, is too old or too new, or is broken, is refused as a whole and says what to do; nothing half imported is left.
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readRapidPro } from '../../../src/content/rapidpro/read-rapidpro.ts';
import { summariseImport } from '../../../src/content/rapidpro/summarise.ts';
import { bytesOf, enter, exported, flow, node, noteOf, send, stepsOf, take, textsOf } from './small-flows.ts';

const options = { languages: { spa: 'es' }, existingFlows: new Set<string>(), sourceLanguage: 'es' };
const sound = exported([flow('Hello', [node('a', [send('Hola.')])])]);
const text = (words: string) => new TextEncoder().encode(words);

describe('a file that cannot be read', () => {
  it.each<[string, Uint8Array, string, RegExp]>([
    ['is no JSON', text('{ "version": '), 'not_json', /export it again/],
    ['is no text', new Uint8Array([0xff, 0xfe, 0x00]), 'not_text', /UTF-8/],
    ['is broken gzip', new Uint8Array([0x1f, 0x8b, 0x08, 0x00]), 'not_text', /gzip/],
    ['is something else', bytesOf({ rules: [] }), 'not_an_export', /Export/],
    ['is a list', bytesOf([1, 2]), 'not_an_export', /Export/],
    ['holds no flow', bytesOf(exported([])), 'no_flows', /choose flows/],
    [
      'is of version 11',
      bytesOf({ version: 11, flows: [{ metadata: { name: 'Old' }, base_language: 'spa', action_sets: [], rule_sets: [] }] }),
      'old_spec',
      /export it again from a current RapidPro/,
    ],
    [
      'is of spec 12',
      bytesOf(exported([flow('Old', [], { spec_version: '12.0.0' })])),
      'old_spec',
      /export it again from a current RapidPro/,
    ],
    ['is of spec 15', bytesOf(exported([flow('New', [], { spec_version: '15.0.0' })])), 'new_spec', /newer/],
  ])('because it %s gives no files', (_, bytes, code, advice) => {
    const result = readRapidPro(bytes, options);
    expect(result).toMatchObject({ files: {}, reviews: {}, flows: [] });
    expect(result.problems).toEqual([{ severity: 'error', code, message: expect.stringMatching(advice) as string }]);
  });
});

describe('a file that can be read', () => {
  const plain = readRapidPro(bytesOf(sound), options).files;

  it('gives the flow and its texts', () => {
    expect(plain).toEqual({
      'flows/hello.yaml': '# Imported from a flow of RapidPro: Hello\nsteps:\n  - say: hola\n',
      'locales/es/hello.json': '{\n  "hola": "Hola."\n}\n',
    });
  });

  it('may be packed, begin with a mark, or be one flow alone', () => {
    expect(readRapidPro(gzipSync(bytesOf(sound)), options).files).toEqual(plain);
    expect(readRapidPro(text(`\ufeff${JSON.stringify(sound)}`), options).files).toEqual(plain);
    expect(readRapidPro(bytesOf(flow('Hello', [node('a', [send('Hola.')])])), options).files).toEqual(plain);
  });

  it('gives the same files each time', () => {
    expect(readRapidPro(bytesOf(sound), options)).toEqual(readRapidPro(bytesOf(sound), options));
  });

  it('loses a broken flow alone, and the calls of it', () => {
    const result = take([
      flow('Broken', [], { nodes: [{ actions: 'none' }] }),
      flow('Sound', [node('a', [enter('Broken')], 'b'), node('b', [send('Hola.')])]),
    ]);
    expect(result.problems).toEqual([
      expect.objectContaining({ severity: 'error', code: 'flow_unreadable', message: expect.stringContaining('"Broken"') as string }),
    ]);
    expect(stepsOf(result, 'sound')).toEqual([{ say: 'hola' }]);
    expect(noteOf(result, 'a')).toEqual({ node: 'a', step: null, outcome: 'not_supported', why: 'flow_missing', detail: 'Broken' });
  });

  it('may hold a flow without nodes, which does nothing', () => {
    expect(stepsOf(take([flow('Empty', [])]), 'empty')).toEqual([{ id: 'nothing', set: { done: true } }]);
  });
});

describe('names', () => {
  it('of flows are slugs, each once, none that is in use', () => {
    const names = ['Menú', 'menu', 'MENU!', '¿¿??', '2º paso', 'school', 'welcome', 'Una historia muy larga que no cabe en ningún nombre'];
    const { flows } = take(names.map((name, index) => flow(name, [node(`n${index}`, [send('Hola.')])], { uuid: String(index) })));
    expect(flows.map(({ id }) => id)).toEqual([
      'menu_2',
      'menu_3',
      'menu_4',
      'flow',
      'n2_paso',
      'school_2',
      'welcome_2',
      'una_historia_muy_larga_que_no_cabe',
    ]);
  });

  it('of texts are no plurals, no channels and no words of the flow language', () => {
    const texts = ['The other', 'By sms', 'End', 'Keywords', 'Say 1', 'مرحبا'];
    const result = take([
      flow('Names', [
        node(
          'a',
          texts.map((words) => send(words)),
        ),
      ]),
    ]);
    expect(stepsOf(result, 'names').map(({ say }) => say)).toEqual([
      'the_other_item',
      'by_sms_item',
      'end_item',
      'keywords_item',
      'say_1_item',
      'text',
    ]);
  });
});

describe('languages', () => {
  it('that the hotline has are taken over as drafts, others are told', () => {
    const localization = { ara: { 'say Hola.': { text: ['مرحبا.'] } }, kat: { 'say Hola.': { text: ['x'] } } };
    const result = take([flow('Hello', [node('a', [send('Hola.')], 'b'), node('b', [send('Adiós.')])], { localization })], {
      topic: 'EDU',
    });
    expect(result.files['flows/hello.yaml']).toContain('topic: EDU\n');
    expect(textsOf(result, 'hello', 'ar')).toEqual({ hola: 'مرحبا.' });
    expect(result.reviews).toEqual({
      es: { 'hello:hola': { state: 'drafted' }, 'hello:adios': { state: 'drafted' } },
      ar: { 'hello:hola': { state: 'drafted' } },
    });
    expect(result.problems).toEqual([
      { severity: 'warning', code: 'translations_left_out', message: expect.stringContaining('kat') as string },
    ]);
    expect(noteOf(result, 'b')).toEqual({ node: 'b', step: 'adios', outcome: 'taken_over', why: 'translation_missing', detail: 'ar' });
  });

  it('a translation that fills in other values than its source is left out', () => {
    const localization = { ara: { 'say Son @fields.age.': { text: ['لا رقم'] } } };
    const result = take([flow('Age', [node('a', [send('Son @fields.age.')])], { localization })]);
    expect(textsOf(result, 'age', 'ar')).toEqual({});
    expect(noteOf(result, 'a')).toMatchObject({ outcome: 'changed', detail: expect.stringContaining('translation_differs') as string });
  });

  it('a flow in a language that the hotline does not have is left out', () => {
    const result = take([
      flow('Georgian', [node('a', [send('x')])], { language: 'kat' }),
      flow('Calls', [node('b', [enter('Georgian'), send('Hola.')])]),
    ]);
    expect(Object.keys(result.files)).toEqual(['flows/calls.yaml', 'locales/es/calls.json']);
    expect(result.problems).toContainEqual(expect.objectContaining({ severity: 'error', code: 'language_unknown' }));
    expect(noteOf(result, 'a')).toEqual({ node: 'a', step: null, outcome: 'not_supported', why: 'flow_refused' });
  });
});

it('the rest of an export is told: words that began a flow are kept but off, campaigns and groups are left out', () => {
  const triggers = [
    { trigger_type: 'K', keywords: ['Hola', 'ayuda'], keyword: 'hola', flow: { uuid: 'Hello', name: 'Hello' } },
    { trigger_type: 'C', keyword: null, flow: { uuid: 'Hello', name: 'Hello' } },
  ];
  const result = take([flow('Hello', [node('a', [send('Hola.')])])], {}, { triggers, campaigns: [{}], groups: [{}, {}] });
  expect(textsOf(result, 'hello')).toEqual({ hola: 'Hola.', keywords: ['hola', 'ayuda'] });
  expect(result.files['flows/hello.yaml']).not.toContain('triggers');
  expect(result.problems.map(({ code }) => code)).toEqual(['campaigns_left_out', 'groups_left_out', 'keywords_off', 'triggers_left_out']);
});

it('an import is summed up by outcome and by reason', () => {
  const { flows } = take([
    flow('Sum', [
      node('a', [send('Hola.')], 'b'),
      node('b', [{ type: 'call_webhook', uuid: 'x' }], 'c'),
      node('c', [{ type: 'call_webhook', uuid: 'y' }, send('Adiós.', { buttons: ['x'] })]),
    ]),
  ]);
  expect(summariseImport(flows)).toEqual({
    flows: 1,
    nodes: 3,
    outcomes: { taken_over: 1, changed: 1, not_supported: 1 },
    reasons: [{ why: 'call_left_out', words: expect.stringContaining('outside') as string, nodes: 2 }],
  });
});
