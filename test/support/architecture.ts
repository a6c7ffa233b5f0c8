// The rules of the house as functions over source texts, so that the test can also prove that each rule bites.
import path from 'node:path';

/** Source files by path from the root, with forward slashes. */
export type Sources = Record<string, string>;

const FLOORS: Record<string, number> = {
  util: 0,
  domain: 1,
  api: 2,
  engine: 2,
  language: 2,
  rendering: 2,
  desk: 2,
  release: 3,
  content: 4,
  store: 4,
  channels: 4,
  console: 4,
  runtime: 5,
  http: 6,
  'app.ts': 7,
  cli: 8,
};
const PURE = new Set(['engine', 'language', 'rendering', 'desk', 'release', 'domain']);
const IMPURE_CODE = /\b(Date\.now\(|new Date\(\)|Math\.random\(|crypto\.randomUUID|setTimeout\(|setInterval\(|fetch\(|process\.)/;
const MAX_LINES = { source: 400, test: 600 };

interface Import {
  from: string;
  to: string;
  typeOnly: boolean;
}

/** The room of a file under src: its folder, or the file itself for src/app.ts. */
function roomOf(file: string): string {
  return file.replace(/^src\//, '').split('/')[0] ?? '';
}

function importsOf(file: string, text: string): Import[] {
  const found: Import[] = [];
  const pattern = /^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/gm;
  for (const match of text.matchAll(pattern)) {
    const target = match[2] ?? match[3] ?? '';
    const to = target.startsWith('.') ? path.posix.normalize(path.posix.join(path.posix.dirname(file), target)) : target;
    found.push({ from: file, to, typeOnly: match[1] !== undefined });
  }
  return found;
}

function sourceImports(sources: Sources): Import[] {
  return Object.entries(sources)
    .filter(([file]) => file.startsWith('src/') && /\.tsx?$/.test(file))
    .flatMap(([file, text]) => importsOf(file, text));
}

/** Imports that go up a floor, or sideways between rooms of one floor. */
export function brokenFloors(sources: Sources): string[] {
  const broken: string[] = [];
  for (const link of sourceImports(sources)) {
    if (!link.to.startsWith('src/')) continue;
    const from = roomOf(link.from);
    const to = roomOf(link.to);
    if (from === to) continue;
    if (from === 'widget') {
      if (!link.typeOnly) broken.push(`${link.from} imports ${link.to}: the widget may import types only`);
      continue;
    }
    const below = FLOORS[from];
    const above = FLOORS[to];
    if (below === undefined || above === undefined)
      broken.push(`${link.from} imports ${link.to}: ${below === undefined ? from : to} is no room of the house`);
    else if (above >= below) broken.push(`${link.from} (floor ${below}) imports ${link.to} (floor ${above})`);
  }
  return broken;
}

/** Cycles between files, each as a path; type-only imports count as well. */
export function cycles(sources: Sources): string[] {
  const graph = new Map<string, string[]>();
  for (const link of sourceImports(sources)) graph.set(link.from, [...(graph.get(link.from) ?? []), link.to]);
  const found = new Set<string>();
  const done = new Set<string>();
  const visit = (file: string, trail: string[]): void => {
    const at = trail.indexOf(file);
    if (at >= 0) {
      found.add([...trail.slice(at), file].join(' → '));
      return;
    }
    if (done.has(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...trail, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return [...found];
}

/** Clocks, chance and input or output in rooms that must be pure. */
export function impurities(sources: Sources): string[] {
  const found: string[] = [];
  for (const [file, text] of Object.entries(sources)) {
    if (!file.startsWith('src/') || !PURE.has(roomOf(file))) continue;
    for (const link of importsOf(file, text)) if (link.to.startsWith('node:') && !link.typeOnly) found.push(`${file} imports ${link.to}`);
    text.split('\n').forEach((line, index) => {
      const code = line.replace(/\/\/.*$/, '').replace(/^\s*\*.*$/, '');
      if (IMPURE_CODE.test(code)) found.push(`${file}:${index + 1} ${line.trim()}`);
    });
  }
  return found;
}

/** Files over the cap. */
export function overlong(sources: Sources): string[] {
  return Object.entries(sources).flatMap(([file, text]) => {
    const lines = text.split('\n').length - 1;
    const cap = file.startsWith('test/') ? MAX_LINES.test : MAX_LINES.source;
    return lines > cap ? [`${file} has ${lines} lines, the cap is ${cap}`] : [];
  });
}

/** Files under src that re-export others: a reader must be able to click through. */
export function barrels(sources: Sources): string[] {
  return Object.entries(sources)
    .filter(([file, text]) => file.startsWith('src/') && /^export\s+(\*|\{[^}]*\})\s+from/m.test(text))
    .map(([file]) => file);
}

/** Source files that do not open with a comment that says what they are. */
export function unexplained(sources: Sources): string[] {
  return Object.entries(sources)
    .filter(([file, text]) => file.startsWith('src/') && !/^(#!.*\n)?(\/\/|\/\*)/.test(text))
    .map(([file]) => file);
}
