// The house keeps its shape: floors, cycles, purity, sizes; and every path that the README names exists.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { barrels, brokenFloors, cycles, impurities, overlong, unexplained, type Sources } from './support/architecture.ts';

const root = path.resolve(import.meta.dirname, '..');

function readSources(): Sources {
  const sources: Sources = {};
  const visit = (folder: string): void => {
    for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
      const place = `${folder}/${entry.name}`;
      if (entry.isDirectory()) visit(place);
      else if (/\.(ts|tsx|mjs)$/.test(entry.name)) sources[place] = readFileSync(path.join(root, place), 'utf8');
    }
  };
  for (const folder of ['src', 'db', 'test']) visit(folder);
  return sources;
}

const sources = readSources();

describe('the house', () => {
  it('imports only from lower floors', () => expect(brokenFloors(sources)).toEqual([]));
  it('has no import cycles', () => expect(cycles(sources)).toEqual([]));
  it('keeps engine, language, rendering, desk, release and domain pure', () => expect(impurities(sources)).toEqual([]));
  it('keeps files under their size cap', () => expect(overlong(sources)).toEqual([]));
  it('has no barrels', () => expect(barrels(sources)).toEqual([]));
  it('opens every source file with what it is', () => expect(unexplained(sources)).toEqual([]));

  it('has every path that the README names', () => {
    const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
    const named = [...readme.matchAll(/`((?:src|flows|locales|db|test)\/[A-Za-z0-9_./-]*[A-Za-z0-9_/-])`/g)].map((match) => match[1] ?? '');
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((place) => !existsSync(path.join(root, place)))).toEqual([]);
  });

  it('keeps to the top level that was agreed', () => {
    const allowed =
      /^(src|flows|locales|db|test|package\.json|package-lock\.json|tsconfig\.json|README\.md|LICENSE|CHANGELOG\.md|Dockerfile|compose\.yaml|vite\.config\.ts|vitest\.config\.ts|knip\.json|node_modules|data|dist|screenshots|\..*)$/;
    expect(readdirSync(root).filter((name) => !allowed.test(name))).toEqual([]);
  });
});

describe('the rules bite', () => {
  it('finds an import that goes up a floor', () => {
    const broken = { 'src/engine/engine.ts': "import { openStore } from '../store/store.ts';\n" };
    expect(brokenFloors(broken)).toEqual(['src/engine/engine.ts (floor 2) imports src/store/store.ts (floor 4)']);
  });
  it('finds an import between rooms of one floor, even of a type', () => {
    const broken = { 'src/engine/engine.ts': "import type { Texts } from '../rendering/texts.ts';\n" };
    expect(brokenFloors(broken)).toHaveLength(1);
  });
  it('finds code in the widget that is more than a type', () => {
    expect(brokenFloors({ 'src/widget/a.ts': "import { z } from '../domain/message.ts';\n" })).toHaveLength(1);
    expect(brokenFloors({ 'src/widget/a.ts': "import type { Z } from '../domain/message.ts';\n" })).toEqual([]);
  });
  it('finds a page of the console that reaches beyond floor 3, from a .tsx file as well', () => {
    expect(brokenFloors({ 'src/console/cases/page.tsx': "import { x } from '../../store/cases.ts';\n" })).toHaveLength(1);
    expect(brokenFloors({ 'src/console/cases/page.tsx': "import { x } from '../../api/client.ts';\n" })).toEqual([]);
  });
  it('finds a cycle', () => {
    expect(cycles({ 'src/util/a.ts': "import './b.ts';\n", 'src/util/b.ts': "import './a.ts';\n" })).toHaveLength(1);
  });
  it('finds a clock, chance and node: imports in a pure room', () => {
    const impure = {
      'src/desk/a.ts': "import fs from 'node:fs';\nconst t = Date.now();\nconst r = Math.random();\n// Date.now() in a comment is fine\n",
    };
    expect(impurities(impure)).toHaveLength(3);
  });
  it('finds a file that is too long', () => expect(overlong({ 'src/util/a.ts': 'x\n'.repeat(401) })).toHaveLength(1));
  it('finds a barrel', () => expect(barrels({ 'src/util/index.ts': "export * from './a.ts';\n" })).toHaveLength(1));
  it('finds a file without an opening comment', () => expect(unexplained({ 'src/util/a.ts': 'export const a = 1;\n' })).toHaveLength(1));
});
