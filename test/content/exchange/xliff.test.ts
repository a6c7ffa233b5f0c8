// XLIFF files as translators' tools leave them are read for what they change; values are protected; hostile XML gets nowhere.
import { describe, expect, it } from 'vitest';
import { planImport } from '../../../src/content/exchange/apply-rows.ts';
import type { ReadResult } from '../../../src/content/exchange/read-result.ts';
import { readXliff, writeXliff } from '../../../src/content/exchange/xliff.ts';
import { bytesOf, exchange, row } from './real-texts.ts';

const texts = exchange(
  row('welcome:hello', 'Good <morning> & "night"', 'Bonjour', { state: 'reviewed', note: 'The first words.' }),
  row('welcome:keep', '{{days}} days, {{name}}, {{days}}', '{{name}} : {{days}} jours {{days}} {{days}}', { state: 'machine-drafted' }),
  row('welcome:yes.synonyms', ['yes'], ['oui', "d'accord"], { state: 'drafted' }),
  row('menu:queue', 'Wait', null, { maxChars: 40 }),
  row('menu:old', 'New words', 'Vieux', { state: 'stale' }),
  row('menu:odd', '$t(menu:queue) \u001b', 'A\u0000'),
);
const written = writeXliff(texts);

function read(text: string): ReadResult {
  return readXliff(bytesOf(text));
}

/** A file with one unit. */
function file(unit: string, head = 'version="2.1" srcLang="en" trgLang="fr"'): string {
  return `<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" ${head}>\n<file id="w">\n${unit}\n</file>\n</xliff>`;
}

function rowOf(unit: string): unknown {
  const result = read(file(unit));
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.rows[0];
}

describe('what is written', () => {
  it('has one file a namespace and one unit a text, named by its key', () => {
    expect([...written.matchAll(/<file id="([^"]*)"/g)].map((match) => match[1])).toEqual(['welcome', 'menu']);
    expect([...written.matchAll(/<unit id="([^"]*)" name="([^"]*)"/g)].map((match) => `${match[1]} ${match[2]}`)).toEqual([
      'u1 welcome:hello',
      'u2 welcome:keep',
      'u3 welcome:yes.synonyms[0]',
      'u4 welcome:yes.synonyms[1]',
      'u1 menu:queue',
      'u2 menu:old',
      'u3 menu:odd',
    ]);
  });
  it('says the state in the words of the standard, and finer ones beside', () => {
    expect([...written.matchAll(/<segment ([^>]*)>/g)].map((match) => match[1])).toEqual([
      'state="reviewed"',
      'state="initial" subState="ventanilla:machine-drafted"',
      'state="translated"',
      'state="translated"',
      'state="initial"',
      'state="initial" subState="ventanilla:stale"',
      'state="translated"',
    ]);
  });
  it('makes values codes, with the same id in source and target', () => {
    const code = (id: number, name: string, data: number): string =>
      `<ph id="${id}" equiv="{{${name}}}" disp="{{${name}}}" dataRef="d${data}"/>`;
    expect(written).toContain('<originalData><data id="d1">{{days}}</data><data id="d2">{{name}}</data></originalData>');
    expect(written).toContain(`<source>${code(1, 'days', 1)} days, ${code(2, 'name', 2)}, ${code(3, 'days', 1)}</source>`);
    expect(written).toContain(
      `<target>${code(2, 'name', 2)} : ${code(1, 'days', 1)} jours ${code(3, 'days', 1)} ${code(4, 'days', 1)}</target>`,
    );
    expect(written).toContain('equiv="$t(menu:queue)"');
  });
  it('has characters that XML knows no way to hold as elements', () => {
    expect(written).toContain('<cp hex="001B"/></source>');
    expect(written).toContain('<target>A<cp hex="0000"/></target>');
  });
});

describe('a file that a tool has saved', () => {
  it('brings only its changes', () => {
    const edited = written
      .replace(
        '<segment state="initial">\n        <source>Wait</source>',
        '<segment state="translated"><source>Wait</source><target>Attendez</target>',
      )
      .replace('state="initial" subState="ventanilla:stale"', 'state="final"')
      .replace('<target>oui</target>', '<target><![CDATA[ouais]]></target>')
      .replace('<target>Bonjour</target>', '<target>Bonsoir &amp; &#x62;<!-- b -->on</target>');
    const result = read(edited);
    expect(result).toMatchObject({ ok: true, language: 'fr', release: 12, problems: [] });
    if (!result.ok) return;
    const plan = planImport(texts, result, { overwriteReviewed: false });
    expect(plan.changes).toEqual([
      { key: 'welcome:yes.synonyms', target: ['ouais', "d'accord"], state: 'drafted' },
      { key: 'menu:queue', target: 'Attendez', state: 'drafted' },
    ]);
    expect(plan.confirmed).toEqual([{ key: 'menu:old', state: 'drafted' }]);
    expect(plan.skipped.find((skipped) => skipped.why === 'reviewed')).toEqual({
      key: 'welcome:hello',
      why: 'reviewed',
      was: 'Bonjour',
      wanted: 'Bonsoir & bon',
    });
  });

  it('is read with prefixes, groups, and modules that it does not know', () => {
    const foreign = `<?xml version="1.0"?>
<?tool keep?>
<x:xliff xmlns:x="urn:oasis:names:tc:xliff:document:2.0" xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0" version="2.0" srcLang="en" trgLang="fr">
 <x:file id="w"><x:group id="g"><x:unit id="a">
  <mtc:matches><mtc:match ref="#1"><x:source>No</x:source><x:target>Non</x:target></mtc:match></mtc:matches>
  <x:notes><x:note>A note</x:note></x:notes>
  <x:segment><x:source>A</x:source><x:target>Un<mtc:odd>!</mtc:odd></x:target></x:segment>
  <mtc:old><x:segment><x:source>Z</x:source><x:target>Zut</x:target></x:segment></mtc:old>
 </x:unit></x:group></x:file>
</x:xliff>`;
    expect(read(foreign)).toEqual({
      ok: true,
      language: 'fr',
      release: null,
      rows: [{ key: 'w:a', source: 'A', target: 'Un', state: null, sourceHash: null }],
      problems: [],
    });
  });

  it('joins segments, and takes from the source what lies between them', () => {
    const unit = `<unit id="a" name="w:two"><segment state="final"><source>One.</source><target>Un.</target></segment>
      <ignorable><source> </source></ignorable><segment state="translated"><source>Two.</source><target>Deux.</target></segment></unit>`;
    expect(rowOf(unit)).toMatchObject({ source: 'One. Two.', target: 'Un. Deux.', state: 'drafted' });
  });
  it('puts segments in the order that the target wants', () => {
    const unit =
      '<unit id="a"><segment><source>A</source><target order="2">Un</target></segment><segment><source>B</source><target order="1">Deux</target></segment></unit>';
    expect(rowOf(unit)).toMatchObject({ target: 'DeuxUn' });
  });
  it('takes a half translated unit as not translated', () => {
    const result = read(
      file('<unit id="a"><segment><source>A</source><target>Un</target></segment><segment><source>B</source></segment></unit>'),
    );
    expect(result).toMatchObject({ ok: true, rows: [{ key: 'w:a', target: null, state: 'missing' }] });
    expect(result.problems).toMatchObject([{ severity: 'warning', code: 'xliff.incomplete', key: 'w:a', line: 3 }]);
  });
  it('knows what codes stand for, from their data or from how they are shown', () => {
    const unit = `<unit id="a"><originalData><data id="d">{{a}}</data><data id="e">{{<cp hex="0001"/></data></originalData><segment><source>A</source><target>
<ph id="1" dataRef="d" equiv="wrong"/><ph id="2" equiv="{{b}}"/><ph id="3" disp="{{c}}"/><pc id="4" dataRefStart="d" equivEnd="]"><mrk id="m" type="term">in</mrk></pc><sc id="5" dataRef="e"/></target></segment></unit>`;
    expect(rowOf(unit)).toMatchObject({ target: '\n{{a}}{{b}}{{c}}{{a}}in]{{\u0001' });
  });
  it('takes a value that a tool has broken as no value', () => {
    const result = read(written.replace('<ph id="2" equiv="{{name}}" disp="{{name}}" dataRef="d2"/> :', '{name} :'));
    if (!result.ok) throw new Error('could not be read');
    expect(planImport(texts, result, { overwriteReviewed: true }).skipped).toContainEqual(
      expect.objectContaining({ key: 'welcome:keep', why: 'placeholders' }),
    );
  });
  it.each([
    ['', null],
    ['state="initial"', null],
    ['state="initial" subState="other:constructor"', null],
    ['state="initial" subState="ventanilla:stale"', 'stale'],
    ['state="initial" subState="ventanilla:machine-drafted"', 'machine-drafted'],
    ['state="translated" subState="ventanilla:machine-drafted"', 'drafted'],
    ['state="final"', 'reviewed'],
    ['state="constructor"', null],
  ])('reads <segment %s> as %s', (attributes, state) => {
    expect(rowOf(`<unit id="a"><segment ${attributes}><source>A</source><target>B</target></segment></unit>`)).toMatchObject({ state });
  });
  it('leaves out a key that stands twice with different words', () => {
    const unit = (words: string): string =>
      `<unit id="a" name="w:a"><segment><source>A</source><target>${words}</target></segment></unit>\n`;
    expect(read(file(unit('Un') + unit('Une')))).toMatchObject({
      ok: true,
      rows: [],
      problems: [{ code: 'exchange.duplicate_key', key: 'w:a', line: 4 }],
    });
  });
});

describe('a file that is not taken', () => {
  const bomb = Array.from({ length: 12 }, (_, index) => `<!ENTITY e${index + 1} "${`&e${index};`.repeat(10)}">`).join('');
  const unit = (words: string): string => `<unit id="a"><segment><source>A</source><target>${words}</target></segment></unit>`;
  it.each([
    ['XLIFF 1.2', '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file/></xliff>', 'xliff.version'],
    ['a later XLIFF', '<xliff version="2.2" xmlns="urn:oasis:names:tc:xliff:document:2.2"/>', 'xliff.version'],
    ['another root', '<doc><xliff/></doc>', 'exchange.format'],
    ['a bomb of entities', `<!DOCTYPE xliff [<!ENTITY e0 "x">${bomb}]>${file(unit('&e12;'))}`, 'xliff.doctype'],
    ['an entity from outside', `<!DOCTYPE xliff [<!ENTITY x SYSTEM "file:///etc/passwd">]>${file(unit('&x;'))}`, 'xliff.doctype'],
    ['a document type from outside', `<!DOCTYPE xliff SYSTEM "http://example.org/x.dtd">${file(unit('x'))}`, 'xliff.doctype'],
    ['an entity that nobody declared', file(unit('&x;')), 'xliff.syntax'],
    ['a character that XML cannot hold', file(unit('\u0001')), 'xliff.syntax'],
    ['the same as a number', file(unit('&#1;')), 'xliff.syntax'],
    ['a character that there is not', file(unit('<cp hex="110000"/>')), 'xliff.syntax'],
    ['tags that cross', file('<unit id="a"></file>'), 'xliff.syntax'],
    ['endless nesting', file(`<unit id="a">${'<g>'.repeat(100_000)}`), 'xliff.too_deep'],
  ])('%s', (_, text, code) => {
    const result = read(text);
    expect(result.ok).toBe(false);
    expect(result.problems.map((problem) => problem.code)).toEqual([code]);
  });
  it('says which version is needed, and where something is wrong', () => {
    expect(read('<xliff version="1.2"/>').problems[0]?.message).toMatch(/XLIFF 1\.2.*2\.0 and 2\.1/);
    expect(read(file('<unit id="a">\n&x;</unit>')).problems[0]).toMatchObject({
      line: 4,
      message: expect.stringContaining('undefined entity'),
    });
  });
  it('is told to be cut off, wherever that was', () => {
    const whole = file(unit('Un'));
    for (let end = whole.indexOf('<file'); end < whole.length; end += 1) {
      expect(read(whole.slice(0, end)).problems.map((problem) => problem.code)).toEqual(['xliff.truncated']);
    }
  });
});
