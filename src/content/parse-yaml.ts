// Reads one YAML file into a plain value that knows its lines. Called by load-files.ts. YAML 1.2, no custom tags,
// hardly any aliases: a file that expands without end is refused.
import { isMap, isNode, LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { errorAt } from '../release/problem.ts';
import type { Position, Problem } from '../release/problem.ts';
import type { SourceFile } from '../release/source.ts';

const MAX_ALIASES = 20;

/** What an author can do about the parser's commonest complaints. */
const HINTS: Record<string, string> = {
  DUPLICATE_KEY: 'The same key stands twice in this mapping; keep one of them.',
  TAB_AS_INDENT: 'Indent with spaces, not with tabs.',
  BAD_INDENT: 'The indentation does not fit the lines above; line it up.',
  MISSING_CHAR: 'Something is missing here, often a closing quote, bracket or comma, or a colon.',
  MULTILINE_IMPLICIT_KEY: 'A key must stand on one line; is there a colon or a quote missing?',
  BLOCK_AS_IMPLICIT_KEY: 'Two things stand on one line; put text that has a colon into quotes.',
  UNRESOLVED_ALIAS: 'There is no anchor of that name; write the value out.',
  TAG_RESOLVE_FAILED: 'Tags such as !name are not used here; remove it.',
  MULTIPLE_DOCS: 'A file holds one document; remove the --- line.',
};

/** The file's value, or why it cannot be read. */
export function parseYaml(path: string, text: string): { file: SourceFile } | { problems: Problem[] } {
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true, strict: true, version: '1.2' });
  const faults = [...doc.errors, ...doc.warnings];
  if (faults.length > 0) {
    const problems = faults.map((fault) => {
      const detail = fault.message.split('\n')[0] ?? '';
      return errorAt(
        position(path, lines, fault.pos[0]),
        'file.yaml',
        `This is not valid YAML: ${detail}. ${HINTS[fault.code] ?? ''}`.trim(),
      );
    });
    return { problems };
  }
  try {
    const value: unknown = doc.toJS({ maxAliasCount: MAX_ALIASES });
    return { file: { path, value, at: (keys, key) => locate(doc, lines, path, keys, key) } };
  } catch {
    const where = position(path, lines, Math.max(0, text.indexOf('*')));
    return { problems: [errorAt(where, 'file.aliases', 'Aliases (*name) of this file expand too far; write the values out instead.')] };
  }
}

function position(file: string, lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { file, line: Math.max(1, line), column: Math.max(1, col) };
}

function locate(doc: Document, lines: LineCounter, file: string, path: readonly PropertyKey[], key: string | undefined): Position {
  for (let length = path.length; length >= 0; length -= 1) {
    const node: unknown = length === 0 ? doc.contents : doc.getIn(path.slice(0, length), true);
    if (!isNode(node)) continue;
    if (key !== undefined && length === path.length && isMap(node)) {
      const pair = node.items.find((item) => String(item.key) === key);
      if (pair !== undefined && isNode(pair.key)) return position(file, lines, pair.key.range?.[0] ?? 0);
    }
    return position(file, lines, node.range?.[0] ?? 0);
  }
  return { file, line: 1, column: 1 };
}
