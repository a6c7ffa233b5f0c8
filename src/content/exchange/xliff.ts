// XLIFF 2.1 for translators' tools: one <file> a namespace, one <unit> a text, its key as the unit's name. Reads 2.0 and 2.1.
// Called for export and import of texts. Release and hash of the source stand in the standard's metadata module, room for
// characters in its size module: tools that know them keep them.
import type { TextState } from '../../api/content-shapes.ts';
import { decodeFile } from './decode-file.ts';
import { firstProblems } from './read-result.ts';
import type { ReadResult } from './read-result.ts';
import { namespaceOf } from './text-row.ts';
import type { TextExchange } from './text-row.ts';
import { rowsOf, unitsOf } from './units.ts';
import type { Unit } from './units.ts';
import { escapeAttribute, escapeText, unitText } from './xliff-text.ts';
import { METADATA, parseXliff, XLIFF } from './xliff-units.ts';

/** What the standard's four states say of ours; the finer ones go beside them. */
const STATES: Record<TextState, string> = {
  missing: 'state="initial"',
  stale: 'state="initial" subState="ventanilla:stale"',
  'machine-drafted': 'state="initial" subState="ventanilla:machine-drafted"',
  drafted: 'state="translated"',
  reviewed: 'state="reviewed"',
};

/** An XLIFF file with all rows, to be saved as UTF-8. */
export function writeXliff(exchange: TextExchange): string {
  const files = new Map<string, Unit[]>();
  for (const row of exchange.rows) {
    const namespace = namespaceOf(row.key);
    const units = files.get(namespace) ?? [];
    units.push(...unitsOf(row));
    files.set(namespace, units);
  }
  const spaces = `xmlns="${XLIFF}" xmlns:mda="${METADATA}" xmlns:slr="urn:oasis:names:tc:xliff:sizerestriction:2.0"`;
  const languages = `srcLang="${escapeAttribute(exchange.sourceLanguage)}" trgLang="${escapeAttribute(exchange.language)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<xliff ${spaces} version="2.1" ${languages}>`,
    ...[...files]
      .filter(([, units]) => units.length > 0)
      .flatMap(([namespace, units], index) => writeFile(exchange, namespace, units, index)),
    '</xliff>',
    '',
  ].join('\n');
}

function writeFile(exchange: TextExchange, namespace: string, units: Unit[], index: number): string[] {
  const id = /^[A-Za-z][\w-]*$/.test(namespace) ? namespace : `file-${index + 1}`;
  const original = escapeAttribute(`locales/${exchange.language}/${namespace}.json`);
  return [
    `  <file id="${id}" original="${original}" xml:space="preserve">`,
    '    <slr:profiles generalProfile="xliff:codepoints"/>',
    `    ${metadata({ release: String(exchange.release) })}`,
    ...units.flatMap((unit, at) => writeUnit(unit, at + 1)),
    '  </file>',
  ];
}

function writeUnit(unit: Unit, number: number): string[] {
  // A unit must have something to translate: where there is no source, that is the key.
  const text = unitText(unit.source ?? unit.key, unit.target);
  const room = unit.maxChars === undefined ? '' : ` slr:sizeRestriction="${unit.maxChars}"`;
  const notes = [
    ...(unit.note === undefined ? [] : [unit.note]),
    ...(unit.maxChars === undefined ? [] : [`At most ${unit.maxChars} characters.`]),
  ];
  return [
    `    <unit id="u${number}" name="${escapeAttribute(unit.key)}" canResegment="no"${room}>`,
    `      ${metadata({ sourceHash: unit.sourceHash, ...(unit.source === null ? { noSource: 'yes' } : {}) })}`,
    ...(notes.length === 0 ? [] : [`      <notes>${notes.map((note) => `<note>${escapeAttribute(note)}</note>`).join('')}</notes>`]),
    ...(text.originalData === '' ? [] : [`      ${text.originalData}`]),
    `      <segment ${unit.target === null ? STATES.missing : STATES[unit.state]}>`,
    `        <source>${text.source}</source>`,
    ...(text.target === null ? [] : [`        <target>${text.target}</target>`]),
    '      </segment>',
    '    </unit>',
  ];
}

function metadata(values: Record<string, string>): string {
  const entries = Object.entries(values).map(([type, value]) => `<mda:meta type="${type}">${escapeText(value)}</mda:meta>`);
  return `<mda:metadata><mda:metaGroup category="ventanilla">${entries.join('')}</mda:metaGroup></mda:metadata>`;
}

/** Reads an XLIFF file, edited with whatever tool. */
export function readXliff(bytes: Uint8Array): ReadResult {
  const decoded = decodeFile(bytes, { format: 'xliff', name: 'XLIFF', charsetOf: declaredCharset });
  if (!decoded.ok) return decoded;
  const parsed = parseXliff(decoded.text);
  if (!parsed.ok) return parsed;
  const read = rowsOf(parsed.units);
  const { language, release } = parsed;
  return { ok: true, language, release, rows: read.rows, problems: firstProblems([...parsed.problems, ...read.problems]) };
}

function declaredCharset(start: string): string | null {
  return /^\s*<\?xml\s[^>]*\bencoding=["']([\w.:-]+)["']/.exec(start)?.[1] ?? null;
}
