// PO files as translators' editors leave them are read for what they change; what is no such file is refused with words that help.
import { describe, expect, it } from 'vitest';
import { planImport } from '../../../src/content/exchange/apply-rows.ts';
import { readPo, writePo } from '../../../src/content/exchange/po.ts';
import type { ReadResult } from '../../../src/content/exchange/read-result.ts';
import { bytesOf, exchange, row } from './real-texts.ts';

const texts = exchange(
  row('welcome:hello', 'Good morning', 'Bonjour', { state: 'reviewed', note: 'The first words.' }),
  row('welcome:keep', 'We keep your messages {{days}} days.\nNo name needed.', 'Nous gardons vos messages {{days}} jours.', {
    state: 'machine-drafted',
  }),
  row('welcome:keep_sms', null, 'Messages gardés {{days}} jours.', { state: 'stale' }),
  row('welcome:yes.synonyms', ['yes', 'agree'], ['oui', "d'accord", 'ok'], { state: 'machine-drafted' }),
  row('menu:queue_one', '{{count}} person is before you', null, { maxChars: 40 }),
);

function read(text: string): ReadResult {
  return readPo(bytesOf(text));
}

function rowsOf(text: string): Record<string, unknown> {
  const result = read(text);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return Object.fromEntries(result.rows.map(({ key, target, state }) => [key, [target, state]]));
}

function codesOf(result: ReadResult): string[] {
  return result.problems.map((problem) => `${problem.severity} ${problem.code} ${problem.line ?? ''}`.trim());
}

describe('what is written', () => {
  const written = writePo(texts);
  it('has the key, the source and the words of a text, with its state and a note', () => {
    expect(written).toContain(
      `#. state: reviewed\n#. source-hash: ${texts.rows[0]?.sourceHash}\n#. The first words.\nmsgctxt "welcome:hello"\nmsgid "Good morning"\nmsgstr "Bonjour"\n`,
    );
  });
  it('marks what needs a look as fuzzy, and nothing else', () => {
    const fuzzy = written.split('\n\n').filter((entry) => entry.includes('#, fuzzy'));
    expect(fuzzy.map((entry) => /msgctxt "(.*)"/.exec(entry)?.[1])).toEqual([
      'welcome:keep',
      'welcome:keep_sms',
      'welcome:yes.synonyms[0]',
      'welcome:yes.synonyms[1]',
      'welcome:yes.synonyms[2]',
    ]);
  });
  it('says how much room there is', () => {
    expect(written).toContain('#. At most 40 characters.\nmsgctxt "menu:queue_one"');
  });
  it('breaks lines where the text does', () => {
    expect(written).toContain('msgid ""\n"We keep your messages {{days}} days.\\n"\n"No name needed."\n');
  });
});

describe('a file that an editor has saved', () => {
  // Header in another order and with fields of its own, long lines wrapped, one entry taken out of use, one no longer fuzzy.
  const edited = `# Translators: Amina, Luc, Zoé
# Copyright
msgid ""
msgstr ""
"MIME-Version: 1.0\\n"
"X-Generator: Poedit 3.6\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"X-Ventanilla-Release: 12\\n"
"Language: fr\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

#. state: machine-drafted
#. source-hash: ${texts.rows[3]?.sourceHash}
#, fuzzy
msgctxt "welcome:yes.synonyms[1]"
msgid "agree"
msgstr "d'accord"

#. state: machine-drafted
#. source-hash: ${texts.rows[3]?.sourceHash}
#, fuzzy
msgctxt "welcome:yes.synonyms[0]"
msgid "yes"
msgstr "oui"

#. state: machine-drafted
#. source-hash: ${texts.rows[3]?.sourceHash} (no source text)
#, fuzzy
msgctxt "welcome:yes.synonyms[2]"
msgid "welcome:yes.synonyms[2]"
msgstr "ok"

#. state: machine-drafted
#. source-hash: ${texts.rows[1]?.sourceHash}
#| msgid "We keep your messages."
msgctxt "welcome:keep"
msgid ""
"We keep your messages {{days}} "
"days.\\n"
"No name needed."
msgstr ""
"Nous gardons vos messages "
"{{days}} jours.\\n"
"Sans \\"nom\\"."

#. state: missing
#. source-hash: ${texts.rows[4]?.sourceHash}
#. At most 40 characters.
#: menu.json:3
#, fuzzy, no-wrap
msgctxt "menu:queue_one"
msgid "{{count}} person is before you"
msgstr "{{count}} personne"

#. state: reviewed
#. source-hash: ${texts.rows[0]?.sourceHash}
msgctxt "welcome:hello"
msgid "Good morning"
msgstr "Bonjour"

#, fuzzy
#~ msgctxt "welcome:gone"
#~ msgid "Gone"
#~ msgstr "Parti"
`;
  it.each([
    ['', edited],
    [' with the line ends of Windows', edited.replaceAll('\n', '\r\n')],
    [' with a mark at its beginning', `\ufeff${edited}`],
  ])('brings only its changes%s', (_, file) => {
    const result = read(file);
    expect(result).toMatchObject({ ok: true, language: 'fr', release: 12, problems: [] });
    if (!result.ok) return;
    const plan = planImport(texts, result, { overwriteReviewed: false });
    expect(plan.changes).toEqual([
      { key: 'welcome:keep', target: 'Nous gardons vos messages {{days}} jours.\nSans "nom".', state: 'drafted' },
      { key: 'menu:queue_one', target: '{{count}} personne', state: 'drafted' },
    ]);
    expect(plan.skipped.map(({ key, why }) => `${key} ${why}`)).toEqual(['welcome:yes.synonyms unchanged', 'welcome:hello unchanged']);
    expect(plan.confirmed).toEqual([]);
  });

  it('tells words that a person stands behind from those that still need a look', () => {
    const written = writePo(texts);
    expect(rowsOf(written)).toMatchObject({
      'welcome:keep': [expect.anything(), 'machine-drafted'],
      'welcome:keep_sms': [expect.anything(), 'stale'],
    });
    const confirmed = read(written.replaceAll('#, fuzzy\n', ''));
    if (!confirmed.ok) throw new Error('could not be read');
    const plan = planImport(texts, confirmed, { overwriteReviewed: false });
    expect(plan.changes).toEqual([]);
    expect(plan.confirmed.map((one) => one.key)).toEqual(['welcome:keep', 'welcome:keep_sms', 'welcome:yes.synonyms']);
  });

  it('takes an entry of another program that says nothing of a state', () => {
    const plain =
      'msgctxt "w:a"\nmsgid "A"\nmsgstr "Un"\n\n#, fuzzy\nmsgctxt "w:b"\nmsgid "B"\nmsgstr "Deux"\n\nmsgctxt "w:c"\nmsgid "w:c"\nmsgstr ""\n';
    expect(rowsOf(plain)).toEqual({ 'w:a': ['Un', 'drafted'], 'w:b': ['Deux', 'stale'], 'w:c': [null, 'missing'] });
    expect(read(plain)).toMatchObject({
      language: null,
      release: null,
      rows: [{ source: 'A', sourceHash: null }, { source: 'B' }, { source: null }],
    });
  });

  it('passes over what is out of use, with all that is said of it', () => {
    const file = '#. state: reviewed\n#, fuzzy\n#~ msgctxt "w:z"\n#~ msgid "Z"\n#~ msgstr "z"\n\nmsgctxt "w:a"\nmsgid "A"\nmsgstr "Un"\n';
    expect(rowsOf(file)).toEqual({ 'w:a': ['Un', 'drafted'] });
  });

  it('takes a list to be in the state of the string that needs most work', () => {
    const item = (index: number, state: string, words: string): string =>
      `#. state: ${state}\n${state === 'stale' ? '#, fuzzy\n' : ''}msgctxt "w:l[${index}]"\nmsgid "A"\nmsgstr "${words}"\n\n`;
    expect(rowsOf(item(0, 'reviewed', 'a') + item(1, 'drafted', 'b'))).toEqual({ 'w:l': [['a', 'b'], 'drafted'] });
    expect(rowsOf(item(0, 'reviewed', 'a') + item(1, 'stale', 'b') + item(2, 'drafted', 'c'))).toEqual({
      'w:l': [['a', 'b', 'c'], 'stale'],
    });
    expect(rowsOf(item(0, 'reviewed', 'a') + item(1, 'missing', ''))).toEqual({ 'w:l': [['a'], 'reviewed'] });
  });

  it('reads the escapes of other programs', () => {
    expect(rowsOf('msgctxt "w:a" \nmsgid "A" \t"B"\nmsgstr "\\a\\v\\101\\x42\\t\\\\n\\""')).toEqual({
      'w:a': ['\u0007\vAB\t\\n"', 'drafted'],
    });
  });

  it.each([
    ['pt_BR.UTF-8', 'pt-BR'],
    ['sr@latin', 'sr-Latn'],
    ['', null],
    ['the French one', null],
  ])('knows the language "%s"', (locale, language) => {
    expect(read(`msgid ""\nmsgstr "Language: ${locale}\\n"\n`)).toMatchObject({ ok: true, language });
  });
});

describe('a key that stands twice', () => {
  const entry = (key: string, words: string): string => `msgctxt "${key}"\nmsgid "A"\nmsgstr "${words}"\n\n`;
  it('is taken where the words are the same', () => {
    const file = entry('w:a', 'Un') + entry('w:a', 'Un');
    expect(rowsOf(file)).toEqual({ 'w:a': ['Un', 'drafted'] });
    expect(codesOf(read(file))).toEqual(['warning exchange.duplicate_key 5']);
  });
  it('is left out where they differ, and the rest is taken', () => {
    const file =
      entry('w:a', 'Un') + entry('w:b', 'Deux') + entry('w:a', 'Une') + entry('w:l[0]', 'x') + entry('w:l[1]', 'y') + entry('w:l[01]', 'z');
    expect(rowsOf(file)).toEqual({ 'w:b': ['Deux', 'drafted'] });
    expect(codesOf(read(file))).toEqual(['error exchange.duplicate_key 9', 'error exchange.duplicate_key 21']);
  });
  it('is left out where it is a text and a list', () => {
    expect(rowsOf(entry('w:a', 'Un') + entry('w:a[0]', 'Deux'))).toEqual({});
    expect(codesOf(read(entry('w:a', 'Un') + entry('w:a[0]', 'Deux')))).toEqual(['error exchange.duplicate_key 1']);
  });
});

describe('a file that is not whole', () => {
  const whole = writePo(texts);
  it('is refused wherever it was cut within an entry', () => {
    const start = whole.indexOf('msgctxt "menu:queue_one"');
    for (let end = start + 1; end < whole.indexOf('msgstr ""', start) + 8; end += 1) {
      expect(codesOf(read(whole.slice(0, end)))).toEqual([expect.stringMatching(/^error po\.truncated/)]);
    }
  });
  it('is told of where it was cut between two entries', () => {
    expect(codesOf(read(whole.slice(0, whole.indexOf('#. state: missing'))))).toEqual(['warning po.fewer']);
  });
  it.each([
    ['msgctxt "w:a"\nmsgid "A"\nmsgstr "a "b" c"\n\nmsgctxt "w:b"\n', 'error po.syntax 3'],
    ['msgctxt "w:a"\nmsgid "A"\nmsgstr "C:\\data"\n#\n', 'error po.syntax 3'],
    ['msgctxt "w:a"\nmsgid "A"\n\nmsgctxt "w:b"\nmsgid "B"\nmsgstr "b"\n', 'error po.syntax 1'],
    ['msgctxt "w:a"\nmsgid "A"\nmsgstr "a"\nmsgstr "b"\n\n', 'error po.syntax 4'],
    ['msgid "A"\nmsgstr "a"\n<<<<<<< mine\n\n#\n', 'error po.syntax 3'],
    ['msgstr "a"\nmsgid "A"\nmsgstr "b"\n', 'error po.syntax 1'],
  ])('is refused with the line: %j', (file, code) => {
    const result = read(file);
    expect(result.ok).toBe(false);
    expect(codesOf(result)).toContain(code);
  });
  it('is refused where no entry has a key of ours', () => {
    expect(codesOf(read('msgid "A"\nmsgstr "a"\n'))).toEqual(['error po.no_key']);
  });
  it('passes over entries without a key or with plural forms of their own', () => {
    const file =
      'msgid "A"\nmsgstr "a"\n\nmsgctxt "w:p"\nmsgid "P"\nmsgid_plural "Ps"\nmsgstr[0] "p"\nmsgstr[1] "ps"\n\nmsgctxt "w:b"\nmsgid "B"\nmsgstr "b"\n';
    expect(rowsOf(file)).toEqual({ 'w:b': ['b', 'drafted'] });
    expect(codesOf(read(file))).toEqual(['warning po.no_key 1', 'warning po.plural 4']);
  });
});
