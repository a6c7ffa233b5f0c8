// What the service is made of: locked by hash, licensed, listed, and without set-up scripts that nobody decided on.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

interface Locked {
  version?: string;
  resolved?: string;
  integrity?: string;
  license?: string;
  dev?: boolean;
  hasInstallScript?: boolean;
}
const root = path.resolve(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };
const packages = Object.entries(lock.packages).filter(([place]) => place !== '');
const nameOf = (place: string): string => place.split('node_modules/').at(-1) ?? '';

/** Licences under which the service may be given on. */
const ALLOWED = new Set(['MIT', 'Apache-2.0', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', '0BSD']);

/** Part of Vite, which builds the pages and is no part of them; a library of the service names Vite as an optional companion. */
const BUILDS_PAGES = /^lightningcss(-|$)/;

describe('every package of the lock', () => {
  it('is fixed by its hash, and comes from whichever registry npm is set to', () => {
    expect(
      packages.filter(([, { integrity }]) => integrity === undefined || !integrity.startsWith('sha512-')).map(([place]) => place),
    ).toEqual([]);
    expect(packages.filter(([, { resolved }]) => resolved !== undefined).map(([place]) => place)).toEqual([]);
    expect(read('.npmrc')).toMatch(/^omit-lockfile-registry-resolved=true$/m);
  });
  it('that a service runs on has a licence that allows it', () => {
    const others = packages.filter(
      ([place, { dev, license }]) => dev !== true && !BUILDS_PAGES.test(nameOf(place)) && !ALLOWED.has(license ?? 'unknown'),
    );
    expect(others.map(([place, { license }]) => `${place}: ${license}`)).toEqual([]);
  });
});

describe('set-up scripts of packages', () => {
  it('are decided on one by one', () => {
    const { allowScripts } = JSON.parse(read('package.json')) as { allowScripts: Record<string, boolean> };
    const withScript = packages.filter(([, { hasInstallScript }]) => hasInstallScript === true).map(([place]) => nameOf(place));
    expect(Object.keys(allowScripts).toSorted()).toEqual([...new Set(withScript)].toSorted());
    expect(new Set(Object.values(allowScripts))).toEqual(new Set([false]));
  });
  it('are turned off wherever the project installs anything', () => {
    // Not in .npmrc: there it would also turn off the steps that npm start and npm test take first.
    for (const file of ['Dockerfile', '.ci/run', 'src/cli/bootstrap.mjs'])
      for (const line of read(file)
        .split('\n')
        .filter((one) => /npm (ci|install|i|prune)\b|\['ci'/.test(one) && !/console|failed/.test(one)))
        expect(line, file).toContain('--ignore-scripts');
  });
});

it('the bill of materials names every package that a service runs on, with version, hash and licence', () => {
  const { npm_execpath: npm } = process.env;
  const made = spawnSync(npm === undefined ? 'npm' : process.execPath, [...(npm === undefined ? [] : [npm]), 'run', '--silent', 'sbom'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 100_000_000,
  });
  expect(made.stderr).not.toMatch(/failed/);
  const bill = JSON.parse(made.stdout) as {
    bomFormat: string;
    metadata: { component: { name: string } };
    components: { 'bom-ref': string; purl: string; licenses?: unknown[]; hashes?: unknown[] }[];
    dependencies: { ref: string; dependsOn: string[] }[];
  };
  expect(bill).toMatchObject({ bomFormat: 'CycloneDX', metadata: { component: { name: 'ventanilla' } } });
  const needed = packages.filter(([, { dev }]) => dev !== true).map(([place, { version }]) => `${nameOf(place)}@${version}`);
  expect([...new Set(bill.components.map((one) => one['bom-ref']))].toSorted()).toEqual([...new Set(needed)].toSorted());
  for (const one of bill.components) expect([one['bom-ref'], one.licenses?.length, one.hashes?.length]).toEqual([one['bom-ref'], 1, 1]);
  const known = new Set(bill.components.map((one) => one['bom-ref']));
  expect(bill.dependencies.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !known.has(ref))).toEqual([]);
});
