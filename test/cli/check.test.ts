// `ventanilla check` refuses each kind of mistake, with the file, the line and the column where it stands.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { projectFolder } from '../../src/app.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-check-'));
  for (const part of ['flows', 'locales']) cpSync(path.join(projectFolder, part), path.join(folder, part), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function edit(file: string, change: (text: string) => string): void {
  const place = path.join(folder, file);
  const before = readFileSync(place, 'utf8');
  const after = change(before);
  if (after === before) throw new Error(`the test changed nothing in ${file}`);
  writeFileSync(place, after);
}

function editJson(file: string, change: (texts: Record<string, unknown>) => void): void {
  edit(file, (text) => {
    const texts = JSON.parse(text) as Record<string, unknown>;
    change(texts);
    return JSON.stringify(texts, null, 2);
  });
}

function check(): { status: number | null; output: string } {
  const run = spawnSync(process.execPath, ['src/cli/main.ts', 'check', '--folder', folder], { cwd: projectFolder, encoding: 'utf8' });
  return { status: run.status, output: run.stdout + run.stderr };
}

const TINY = 'steps:\n  - say: hello\n    id: hello\n';

describe('check', () => {
  it('passes the content as it is', () => expect(check()).toMatchObject({ status: 0 }));

  it.each([
    [
      'an unknown step type',
      () => edit('flows/school.yaml', (text) => text.replace(/^ {2}- ask: /m, '  - aks: ')),
      /flows\/school\.yaml:\d+:\d+ error: .*unknown step type "aks"/,
    ],
    [
      'a dangling next',
      () => edit('flows/school.yaml', (text) => text.replace(/next: [a-z_]+$/m, 'next: nowhere_at_all')),
      /flows\/school\.yaml:\d+:\d+ error: .*nowhere_at_all/,
    ],
    [
      'a missing Arabic text',
      () => editJson('locales/ar/system.json', (texts) => delete texts['help']),
      /:\d+:\d+ error: .*(ar|Arabic|العربية)/,
    ],
    [
      'an interpolation that differs between languages',
      () =>
        editJson(
          'locales/fr/system.json',
          (texts) => (texts['handoff_open'] = String(texts['handoff_open']).replace('{{minutes}}', '{{minute}}')),
        ),
      /locales\/fr\/system\.json:\d+:\d+ error: .*minute/,
    ],
    [
      'an over-long WhatsApp button',
      () =>
        editJson('locales/es/welcome.json', (texts) => {
          const key = Object.keys(texts).find((name) => name.endsWith('.ok')) ?? '';
          delete texts[`${key}_whatsapp`];
          texts[key] = 'Estoy completamente de acuerdo con todo esto';
        }),
      /:\d+:\d+ error: .*20/,
    ],
    [
      'a loop without a wait',
      () => writeFileSync(path.join(folder, 'flows/housing.yaml'), TINY + '    next: hello\n'),
      /flows\/housing\.yaml:\d+:\d+ error: .*(wait|loop)/i,
    ],
  ])('refuses %s', (_, breakIt, pattern) => {
    breakIt();
    const { status, output } = check();
    expect(output).toMatch(pattern);
    expect(status).toBe(1);
  });
});
