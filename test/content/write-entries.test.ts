// Changes of entries are written into their files, and everything beside them stays as somebody wrote it.
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readEntries } from '../../src/content/entries.ts';
import { writeEntries } from '../../src/content/write-entries.ts';
import { AppError } from '../../src/domain/errors.ts';
import type { EntryChange, Json } from '../../src/release/entry.ts';

const FLOW = `# A flow about school.
topic: EDU # the code
steps:
  # Asked first.
  - ask: age
    choices: [ early,   late ]   # in this order

  - directory: { topic: EDU, limit: 3 }
    next: helped
  # Only for parents.
  # Two lines of it.
  - say: "words"

  # A part of its own.

  - id: helped
    call: was_this_helpful
    # nothing follows
`;

const ANSWERS = `# Answers about school.
- id: Q1
  topic: EDU   # general
  source: 'A: b'

# About courses

- id: Q2
  topic: EDU.LAN
  source: "quoted"

- id: Q3
  topic: EDU
  source: plain
`;

/** The text of one file after changes of some of its entries. */
function change(path: string, text: string, changes: Record<string, Json | undefined>): string | undefined {
  const list = Object.entries(changes).map(([key, value]) => ({ address: `${path}#${key}`, value }));
  return writeEntries({ [path]: text }, list)[path];
}
const flow = (changes: Record<string, Json | undefined>, text = FLOW) => change('flows/school.yaml', text, changes);
const answers = (changes: Record<string, Json | undefined>) => change('flows/answers/school.yaml', ANSWERS, changes);

describe('without a change', () => {
  it('gives back the very same files', () => {
    const texts = { 'flows/school.yaml': FLOW, 'flows/answers/school.yaml': ANSWERS, 'locales/es/school.json': '{"a":"b"}' };
    expect(writeEntries(texts, [])).toEqual(texts);
    const same = [...readEntries(texts)].map(([address, { value }]) => ({ address, value }));
    expect(writeEntries(texts, same)).toEqual(texts);
  });

  it('takes away what is not there without a trace', () => {
    expect(answers({ Q9: undefined })).toBe(ANSWERS);
    expect(writeEntries({}, [{ address: 'flows/a.yaml#steps/x', value: undefined }])).toEqual({});
    expect(writeEntries({}, [{ address: 'flows/answers/a.yaml#Q1', value: undefined }])).toEqual({});
  });
});

describe('a list of entries', () => {
  it('changes one field on its line', () => {
    expect(answers({ Q2: { id: 'Q2', topic: 'EDU.LAN', source: 'new' } })).toBe(ANSWERS.replace('"quoted"', '"new"'));
    expect(answers({ Q1: { id: 'Q1', topic: 'EDU.X', source: 'A: b' } })).toBe(ANSWERS.replace('topic: EDU ', 'topic: EDU.X '));
  });
  it('appends a new entry in the manner of the others', () => {
    expect(answers({ Q4: { id: 'Q4', topic: 'EDU', source: 'C: d', names: { es: 'x' } } })).toBe(
      `${ANSWERS}\n- id: Q4\n  topic: EDU\n  source: 'C: d'\n  names: { es: x }\n`,
    );
    const topics = '# Codes.\n\n- { code: A }\n- { code: B }\n\n- { code: C }\n';
    expect(change('flows/settings/topics.yaml', topics, { D: { code: 'D', gcm: [1, 2] } })).toBe(`${topics}- { code: D, gcm: [1, 2] }\n`);
  });
  it('takes an entry away with its lines, and leaves the headings', () => {
    expect(answers({ Q1: undefined })).toBe(ANSWERS.replace(/- id: Q1[^#]*# general\n[^\n]*\n\n/, '\n'));
    expect(answers({ Q2: undefined })).toBe(ANSWERS.replace(/- id: Q2[^]*(?=- id: Q3)/, ''));
    expect(answers({ Q3: undefined })).toBe(ANSWERS.slice(0, ANSWERS.indexOf('\n- id: Q3')));
  });
  it('keeps an empty list under its heading when the last entry goes', () => {
    expect(answers({ Q1: undefined, Q2: undefined, Q3: undefined })).toBe('# Answers about school.\n\n# About courses\n\n[]\n');
    expect(change('locales/languages.yaml', 'languages:\n  - { tag: es }\n', { es: undefined })).toBe('languages: []\n');
  });
  it('fills an empty list', () => {
    const filled = '# None yet.\n- id: Q1\n  topic: EDU\n';
    for (const text of ['# None yet.\n[]\n', '# None yet.\n', '# None yet.']) {
      expect(change('flows/answers/a.yaml', text, { Q1: { id: 'Q1', topic: 'EDU' } })).toBe(filled);
    }
    expect(change('locales/languages.yaml', 'languages: [] # none\n', { es: { tag: 'es' } })).toContain('- { tag: es }');
  });
  it('begins a new file with what it holds', () => {
    const texts = writeEntries({}, [
      { address: 'flows/directory/es.yaml#clinic', value: { id: 'clinic', hours: [{ byday: ['MO'], opens_at: '09:00' }] } },
    ]);
    expect(texts['flows/directory/es.yaml']).toBe(
      "# Places of the directory, one entry each.\n- id: clinic\n  hours:\n    - { byday: [MO], opens_at: '09:00' }\n",
    );
  });
  it('keeps the line breaks of Windows', () => {
    const windows = ANSWERS.replaceAll('\n', '\r\n');
    const changed = change('flows/answers/a.yaml', windows, { Q3: { id: 'Q3', topic: 'NEW', source: 'plain' } });
    expect(changed).toBe(windows.replace('id: Q3\r\n  topic: EDU', 'id: Q3\r\n  topic: NEW'));
  });
});

describe('the steps of a flow', () => {
  it('change in their place, with everything around them', () => {
    expect(flow({ 'steps/age': { ask: 'age', choices: ['early', 'late'], optional: true } })).toBe(
      FLOW.replace('# in this order\n', '# in this order\n    optional: true\n'),
    );
    expect(flow({ 'steps/words': { say: 'words', when: 'answers.age == "late"' } })).toBe(
      FLOW.replace('- say: "words"\n', '- say: "words"\n    when: answers.age == "late"\n'),
    );
    expect(flow({ 'steps/directory_2': { directory: { topic: 'HEA', limit: 3 }, next: 'helped' } })).toBe(
      FLOW.replace('{ topic: EDU', '{ topic: HEA'),
    );
  });
  it('come in where the order says, and else at the end', () => {
    const extra = { say: 'extra' };
    const order = ['age', 'directory_2', 'extra', 'words', 'helped'];
    expect(flow({ 'steps/extra': extra, order })).toBe(FLOW.replace('  # Only for', '  - say: extra\n  # Only for'));
    expect(flow({ 'steps/extra': extra })).toBe(`${FLOW}  - say: extra\n`);
  });
  it('move with the comments directly above them', () => {
    const moved = flow({ order: ['words', 'age', 'directory_2', 'helped'] }) ?? '';
    expect(moved).toContain('steps:\n  # Only for parents.\n  # Two lines of it.\n  - say: "words"\n  # Asked first.\n  - ask: age\n');
    expect(moved).toContain('\n  # A part of its own.\n\n  - id: helped\n    call: was_this_helpful\n    # nothing follows\n');
  });
  it('keep their addresses: an id by position is written out when the position changes', () => {
    const order = ['words', 'age', 'directory_2', 'helped'];
    expect(flow({ order })).toContain('  - id: directory_2\n    directory: { topic: EDU, limit: 3 }\n    next: helped\n');
    expect(flow({ 'steps/age': undefined })).toContain('- id: directory_2\n');
    expect(flow({ 'steps/words': undefined })).not.toContain('id: directory_2');
    const entries = readEntries({ 'flows/school.yaml': flow({ order }) ?? '' });
    expect(entries.get('flows/school.yaml#order')?.value).toEqual(order);
    const onOneLine = 'steps:\n  - say: a\n  - { goto: menu }\n';
    expect(flow({ 'steps/a': undefined }, onOneLine)).toBe('steps:\n  - { id: goto_2, goto: menu }\n');
  });
  it('keep their id when the text that gave it changes', () => {
    expect(flow({ 'steps/words': { say: 'other' } })).toContain('  - id: words\n    say: "other"\n');
  });
  it('are not made by an order that names what is not there', () => {
    expect(flow({ order: ['nobody', 'age', 'directory_2', 'words', 'helped'] })).toBe(FLOW);
  });
  it('stay behind the step before them where an order does not name them', () => {
    expect(
      parse(flow({ order: ['helped', 'words', 'age'] }) ?? '').steps.map((step: Record<string, Json>) => step.id ?? step.say ?? step.ask),
    ).toEqual(['helped', 'words', 'age', 'directory_2']);
  });
  it('leave an empty list when the last one goes', () => {
    expect(flow({ 'steps/a': undefined }, 'topic: EDU\nsteps:\n  - say: a\n')).toBe('topic: EDU\nsteps: []\n');
    expect(flow({ 'steps/a': { say: 'a' } }, 'topic: EDU\nsteps: []\n')).toBe('topic: EDU\nsteps:\n  - say: a\n');
  });
});

describe('the head of a flow', () => {
  it('changes, grows above the steps and shrinks', () => {
    expect(flow({ 'head/topic': 'HEA' })).toBe(FLOW.replace('topic: EDU #', 'topic: HEA #'));
    expect(flow({ 'head/private': true })).toBe(FLOW.replace('steps:\n', 'private: true\nsteps:\n'));
    expect(flow({ 'head/topic': undefined })).toBe(FLOW.replace('topic: EDU # the code\n', ''));
  });
});

describe('whole flows and transcripts', () => {
  const made = {
    'head/topic': 'EDU',
    order: ['a', 'b'],
    'steps/b': { id: 'b', end: 'silent' },
    'steps/a': { ask: 'a', choices: ['x', '1'] },
  };
  const list = Object.entries(made).map(([key, value]) => ({ address: `flows/new.yaml#${key}`, value }));
  it('are made of their entries', () => {
    expect(writeEntries({}, list)).toEqual({
      'flows/new.yaml': "topic: EDU\nsteps:\n  - ask: a\n    choices: [x, '1']\n  - id: b\n    end: silent\n",
    });
    const transcript: EntryChange = { address: 'test/flows/new.es.yaml#transcript', value: [{ user: 'hola' }, { bot: 'Hola: sí' }] };
    expect(writeEntries({}, [transcript])).toEqual({ 'test/flows/new.es.yaml': "- user: hola\n- bot: 'Hola: sí'\n" });
  });
  it('go when all of their entries go', () => {
    const gone = list.map(({ address }) => ({ address, value: undefined }));
    expect(writeEntries(writeEntries({}, list), gone)).toEqual({});
    const text = { 'test/flows/a.es.yaml': '- user: hola\n' };
    expect(writeEntries(text, [{ address: 'test/flows/a.es.yaml#transcript', value: undefined }])).toEqual({});
  });
  it('keep the lines of a transcript that did not change', () => {
    const text = '# By hand.\n- user: "hola"\n# the greeting\n- bot: /Hola/\n- user: adiós\n';
    const value: Json = [{ user: 'hola' }, { user: 'otra' }, { bot: '/Hola/' }, { user: 'hasta luego' }];
    expect(change('test/flows/a.es.yaml', text, { transcript: value })).toBe(
      '# By hand.\n- user: "hola"\n- user: otra\n# the greeting\n- bot: /Hola/\n- user: hasta luego\n',
    );
  });
});

describe('texts', () => {
  const json = '{\n  "a": "A",\n  "a.synonyms": ["x", "y"],\n  "b": "B"\n}\n';
  const texts = (changes: Record<string, Json | undefined>, text = json) => change('locales/es/school.json', text, changes);
  it('change one by one in a file with lists on one line', () => {
    expect(texts({ a: 'Á "1"' })).toBe(json.replace('"A"', '"Á \\"1\\""'));
    expect(texts({ 'a.synonyms': ['z'] })).toBe(json.replace('["x", "y"]', '["z"]'));
    expect(texts({ c: ['p', 'q'] })).toBe(json.replace('"B"', '"B",\n  "c": ["p", "q"]'));
    expect(texts({ a: undefined, c: 'C' })).toBe('{\n  "a.synonyms": ["x", "y"],\n  "b": "B",\n  "c": "C"\n}\n');
    expect(texts({ b: undefined })).toBe('{\n  "a": "A",\n  "a.synonyms": ["x", "y"]\n}\n');
    expect(texts({ a: undefined, b: undefined, 'a.synonyms': undefined })).toBe('{}\n');
  });
  it('keep a file as JSON.stringify writes it where it looks so', () => {
    const standard = `${JSON.stringify({ a: 'A', 'a.synonyms': ['x', 'y'], b: 'B' }, null, 2)}\n`;
    const after = { 'a.synonyms': ['x', 'z'], b: 'B', c: 'C' };
    expect(texts({ a: undefined, c: 'C', 'a.synonyms': ['x', 'z'] }, standard)).toBe(`${JSON.stringify(after, null, 2)}\n`);
  });
  it('keep files on one line, files with odd spaces and values that look like marks', () => {
    expect(texts({ c: 'C' }, '{ "a": "}", "b": "\\"," }')).toBe('{ "a": "}", "b": "\\",", "c": "C" }');
    expect(texts({ b: undefined }, '{ "a": "}", "b": "\\"," }')).toBe('{ "a": "}" }');
    expect(texts({ b: 'x' }, '{\n\n    "a" : "1",\n    "b" :"2"\n}')).toBe('{\n\n    "a" : "1",\n    "b" :"x"\n}');
    expect(texts({ a: 'x' }, '{}')).toBe('{\n  "a": "x"\n}');
  });
  it('begin a new file', () => {
    const texts = writeEntries({}, [{ address: 'locales/eo/menu.json#need', value: 'Kio?' }]);
    expect(texts).toEqual({ 'locales/eo/menu.json': '{\n  "need": "Kio?"\n}\n' });
  });
  it('have states and words in files of their own', () => {
    const review = '{ "default": "drafted",\n  "texts": { "a:b": { "state": "drafted" } } }\n';
    const state = { state: 'reviewed', by: 'Ana' };
    expect(change('locales/es/review.json', review, { 'texts/a:c': state, default: 'reviewed' })).toBe(
      '{ "default": "reviewed",\n  "texts": { "a:b": { "state": "drafted" }, "a:c": { "state": "reviewed", "by": "Ana" } } }\n',
    );
    expect(change('locales/es/review.json', review, { 'texts/a:b': undefined })).toBe('{ "default": "drafted",\n  "texts": {} }\n');
    const words = '{\n  "greetings": ["hola"],\n  "commands": {\n    "stop": ["alto"],\n    "help": ["ayuda"]\n  }\n}\n';
    expect(change('locales/es/language.json', words, { commands: { help: ['ayuda'], stop: ['alto', 'baja'] } })).toBe(
      words.replace('["alto"]', '["alto", "baja"]'),
    );
  });
});

describe('values in YAML', () => {
  const settings = 'a: 1\n# about b\nb: old\n';
  it.each<[string, Json]>([
    [
      'words that others read as something else',
      ['yes', 'No', 'null', '12', '1e3', '09:00', '2027-01-31', '+34 600', '~', '', ' x ', '- a', '#a', 'a #b', 'a: b', '*', 'a:'],
    ],
    ['quotes', ["it's", 'say "no"', '\'"', '\\', '"a', "'a"]],
    [
      'signs',
      ['\t', 'a\u0000b', '\u2028', '\uFEFFa', '\u0085', '\u00a0x', '😀', 'ﷺ', '‏اسم', '{{days}}', '[a]', '%a', '@a', '`a`', '|', '>'],
    ],
    ['lines', ['a\nb', 'a\n', 'a\n\nb\n', '\na', 'a\n\n', ' a\nb', 'a \nb', 'a\n  b\n', '\n', '# a\n# b', 'a\r\nb']],
    ['numbers and marks', [0, -1.5, 1e21, true, false, null]],
    ['nested ones', { list: [[], {}, [[1]], { a: { b: ['x\ny', { c: null }] } }], 'odd key: x': { '': 1, '1': 'x', '? y': [] } }],
    [
      'long ones',
      {
        a: 'word '.repeat(60).trim(),
        b: ['word '.repeat(30), 'x'],
        c: Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`key${i}`, i])),
      },
    ],
  ])('%s come back as they went in', (_, value) => {
    const text = change('flows/settings/hotline.yaml', settings, { b: value, c: value }) ?? '';
    expect(parse(text)).toEqual({ a: 1, b: value, c: value });
    expect(text).toContain('a: 1\n# about b\nb:');
    for (const item of Array.isArray(value) ? value : [value]) {
      const alone = change('flows/settings/hotline.yaml', settings, { b: item }) ?? '';
      expect(parse(alone)).toEqual({ a: 1, b: item });
    }
  });

  it('replaces a form of writing that cannot be edited in part, and says the same', () => {
    const anchors = '# Heading\n- &x\n  id: Q1\n  topic: EDU\n- id: Q2\n  like: *x\n';
    const text = change('flows/answers/a.yaml', anchors, { Q1: undefined }) ?? '';
    expect(text.startsWith('# Heading\n')).toBe(true);
    expect(parse(text)).toEqual([{ id: 'Q2', like: { id: 'Q1', topic: 'EDU' } }]);
    const odd = change('flows/settings/hotline.yaml', '? a\n: 1\nb: {x: 1,\n  y: 2}\n', { b: { x: 2, y: 2 } }) ?? '';
    expect(parse(odd)).toEqual({ a: 1, b: { x: 2, y: 2 } });
  });
});

describe('what does not fit is refused', () => {
  const texts = {
    'flows/school.yaml': FLOW,
    'flows/answers/a.yaml': 'id: Q1\n',
    'flows/broken.yaml': 'steps: [',
    'locales/es/a.json': '{',
  };
  it.each<[string, string, Json | undefined, RegExp]>([
    ['an address of nothing', 'flows/schema.json#a', 'x', /Nothing of a release can stand at/],
    ['an address outside', 'locales/../a.json#a', 'x', /Nothing of a release can stand at/],
    ['a hidden file', 'flows/.a.yaml#order', [], /Nothing of a release can stand at/],
    ['a step for no flow', 'flows/none.yaml#steps/a', { say: 'a' }, /There is no flow flows\/none.yaml/],
    ['a head for no flow', 'flows/none.yaml#head/topic', 'EDU', /There is no flow/],
    ['a step that is no mapping', 'flows/school.yaml#steps/a', 'say a', /must be a mapping/],
    ['a step with another id', 'flows/school.yaml#steps/a', { id: 'b', say: 'a' }, /says another id/],
    ['steps as a head', 'flows/school.yaml#head/steps', [], /no key of the head/],
    ['an order that says one twice', 'flows/school.yaml#order', ['age', 'age'], /each once/],
    ['no order while there are steps', 'flows/school.yaml#order', undefined, /cannot be taken away/],
    ['an answer with another id', 'flows/answers/b.yaml#Q1', { id: 'Q2' }, /whose id is "Q1"/],
    ['a topic that is a word', 'flows/settings/topics.yaml#EDU', 'EDU', /whose code is "EDU"/],
    ['a text that is a number', 'locales/es/b.json#a', 1, /string or a list of strings/],
    ['a transcript that is a text', 'test/flows/a.es.yaml#transcript', 'hola', /must be a list/],
    ['a file that is no list', 'flows/answers/a.yaml#Q2', { id: 'Q2' }, /not the list/],
    ['a file that cannot be read', 'flows/broken.yaml#steps/a', { say: 'a' }, /cannot be read/],
    ['a text file that cannot be read', 'locales/es/a.json#a', 'x', /cannot be read/],
  ])('%s', (_, address, value, message) => {
    const attempt = (): unknown => writeEntries(texts, [{ address, value }]);
    expect(attempt).toThrow(AppError);
    expect(attempt).toThrow(expect.objectContaining({ code: 'content.invalid' }));
    expect(attempt).toThrow(message);
  });
});
