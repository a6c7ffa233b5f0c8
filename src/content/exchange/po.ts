// GNU gettext PO for translators: msgctxt is the text's key, msgid its source, msgstr its translation.
// Called for export and import of texts. Its state and the hash of its source stand in comments that editors keep; what needs
// a look is fuzzy besides. Plural forms are texts of their own here, so no entry has a msgid_plural.
import { TEXT_STATES } from '../../api/content-shapes.ts';
import type { TextState } from '../../api/content-shapes.ts';
import { decodeFile } from './decode-file.ts';
import { parsePoEntries } from './po-entries.ts';
import type { PoEntry } from './po-entries.ts';
import { quotePo } from './po-strings.ts';
import { firstProblems, refuse, releaseNumber } from './read-result.ts';
import type { ExchangeProblem, ReadResult } from './read-result.ts';
import type { TextExchange } from './text-row.ts';
import { rowsOf, unitsOf } from './units.ts';
import type { ReadUnit, Unit } from './units.ts';

/** States that a translator should look at again. */
const FUZZY: ReadonlySet<TextState> = new Set(['stale', 'machine-drafted']);
const NO_SOURCE = ' (no source text)';

/** A PO file with all rows, to be saved as UTF-8. */
export function writePo(exchange: TextExchange): string {
  const units = exchange.rows.flatMap(unitsOf);
  const header = [
    'Project-Id-Version: Ventanilla',
    `Language: ${exchange.language.replaceAll('-', '_')}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=UTF-8',
    'Content-Transfer-Encoding: 8bit',
    `X-Source-Language: ${exchange.sourceLanguage}`,
    `X-Ventanilla-Release: ${exchange.release}`,
    `X-Ventanilla-Texts: ${units.length}`,
    '',
  ].join('\n');
  return [`msgid ""\nmsgstr ${quotePo(header)}\n`, ...units.map(writeEntry)].join('\n');
}

function writeEntry(unit: Unit): string {
  const note = (unit.note ?? '').split(/[\p{Cc}\u2028\u2029]+/u).filter((line) => line.trim() !== '');
  const comments = [
    `state: ${unit.state}`,
    `source-hash: ${unit.sourceHash}${unit.source === null ? NO_SOURCE : ''}`,
    ...(unit.maxChars === undefined ? [] : [`At most ${unit.maxChars} characters.`]),
    ...note,
  ];
  return [
    ...comments.map((line) => `#. ${line}`),
    ...(unit.target !== null && FUZZY.has(unit.state) ? ['#, fuzzy'] : []),
    `msgctxt ${quotePo(unit.key)}`,
    // An entry must have something to translate: where there is no source, that is the key.
    `msgid ${quotePo(unit.source ?? unit.key)}`,
    `msgstr ${quotePo(unit.target ?? '')}`,
    '',
  ].join('\n');
}

/** Reads a PO file, edited with whatever tool. */
export function readPo(bytes: Uint8Array): ReadResult {
  const decoded = decodeFile(bytes, { format: 'po', name: 'a PO file', charsetOf: declaredCharset });
  if (!decoded.ok) return decoded;
  const { entries, problems: faults } = parsePoEntries(decoded.text);
  if (faults.length > 0) return { ok: false, problems: firstProblems(faults) };
  const header = headerOf(entries);
  const texts = entries.filter((entry) => entry.context !== null || entry.id !== '');
  const problems: ExchangeProblem[] = [];
  const units = texts.flatMap((entry) => unitOf(entry, problems));
  if (units.length === 0 && texts.length > 0) {
    return refuse(
      'po.no_key',
      'No entry of this PO file has a msgctxt with the key of a text, such as "welcome:hello": it was not exported from here.',
    );
  }
  const exported = Number(header.get('x-ventanilla-texts') ?? 0);
  if (texts.length < exported) problems.push(fewer(texts.length, exported));
  const read = rowsOf(units);
  return {
    ok: true,
    language: languageOf(header.get('language')),
    release: releaseNumber(header.get('x-ventanilla-release')),
    rows: read.rows,
    problems: firstProblems([...problems, ...read.problems]),
  };
}

/** A file that was cut off between two lines looks whole. */
function fewer(found: number, exported: number): ExchangeProblem {
  const message = `This file has ${found} of the ${exported} texts that were exported. If nobody took the others out, it was cut off: look at its last text.`;
  return { severity: 'warning', code: 'po.fewer', message };
}

/** What the header says about the charset, looked for before anything can be read. */
function declaredCharset(start: string): string | null {
  return /^"?[^\n]*Content-Type:[^\n"\\]*charset=([\w.:+-]+)/im.exec(start)?.[1] ?? null;
}

/** The fields of the header, by their names in small letters. */
function headerOf(entries: readonly PoEntry[]): Map<string, string> {
  const lines = entries.find((entry) => entry.context === null && entry.id === '')?.text.split('\n') ?? [];
  return new Map(lines.map((line) => [line.split(':', 1)[0]?.trim().toLowerCase() ?? '', line.slice(line.indexOf(':') + 1).trim()]));
}

/** `pt_BR.UTF-8` is pt-BR, `sr@latin` sr-Latn. */
function languageOf(locale: string | undefined): string | null {
  const match = /^([A-Za-z]{2,3}(?:[_-][A-Za-z0-9]{2,8})*)(?:\.[\w-]+)?(?:@(\w+))?$/.exec(locale ?? '');
  if (match === null) return null;
  const script = match[2] === 'latin' ? '-Latn' : match[2] === 'cyrillic' ? '-Cyrl' : '';
  return (match[1] ?? '').replaceAll('_', '-') + script;
}

function unitOf(entry: PoEntry, problems: ExchangeProblem[]): ReadUnit[] {
  const { context: key, line } = entry;
  if (key === null) {
    const message = 'This entry has no msgctxt with the key of a text, so it is passed over.';
    problems.push({ severity: 'warning', code: 'po.no_key', message, line });
    return [];
  }
  if (entry.plural) {
    const message = `"${key}" has plural forms of its own (msgid_plural); here each form is a text with its own key, so it is passed over.`;
    problems.push({ severity: 'warning', code: 'po.plural', message, line, key });
    return [];
  }
  const hash = firstMatch(entry, /^source-hash: ([0-9a-f]{8})( \(no source text\))?$/);
  const sourceless = hash === null ? entry.id === key : hash[2] !== undefined;
  return [{ key, source: sourceless ? null : entry.id, target: entry.text, state: stateOf(entry), sourceHash: hash?.[1] ?? null, line }];
}

function firstMatch(entry: PoEntry, pattern: RegExp): RegExpExecArray | null {
  for (const line of entry.comments) {
    const match = pattern.exec(line);
    if (match !== null) return match;
  }
  return null;
}

/** An entry that is no longer fuzzy has been looked at, whatever the comment of the export says. */
function stateOf(entry: PoEntry): TextState {
  if (entry.text === '') return 'missing';
  const written = firstMatch(entry, /^state: ([a-z-]+)$/)?.[1];
  const state = TEXT_STATES.find((known) => known === written) ?? null;
  if (entry.fuzzy) return state !== null && FUZZY.has(state) ? state : 'stale';
  return state === 'reviewed' ? 'reviewed' : 'drafted';
}
