// Content from the command line: a release as files and back, translations, directories and flows of others as drafts, and what is refused.
import BetterSqlite3 from 'better-sqlite3';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand, type Ran } from '../support/command.ts';

let home: string;
let files: string;
beforeAll(() => {
  home = mkdtempSync(path.join(tmpdir(), 'ventanilla-cli-content-'));
  files = path.join(home, 'files');
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const run = (args: string[], data = 'data'): Promise<Ran> => runCommand(args, { DATA_DIR: path.join(home, data) });
const draftIn = (ran: Ran): string => /draft (\S+)\./.exec(ran.stdout)?.[1] ?? '';

describe('content on the command line', () => {
  it('a release is written as the files that it came from', async () => {
    const ran = await run(['export', 'release', '--out', files]);
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    const root = path.resolve(import.meta.dirname, '../..');
    for (const name of [
      'flows/school.yaml',
      'flows/answers/health.yaml',
      'locales/ar/welcome.json',
      'locales/languages.yaml',
      'test/flows/school.es.yaml',
    ])
      expect(readFileSync(path.join(files, name), 'utf8')).toBe(readFileSync(path.join(root, name), 'utf8'));
  }, 60_000);

  it('a release that was changed is the very same in an empty installation', async () => {
    const changed = path.join(home, 'changed');
    cpSync(files, changed, { recursive: true });
    for (const name of readdirSync(path.join(changed, 'test/flows')))
      if (name !== 'welcome.en.yaml') rmSync(path.join(changed, 'test/flows', name));
    const settings = path.join(changed, 'flows/settings/hotline.yaml');
    writeFileSync(settings, readFileSync(settings, 'utf8').replace('complaint_answer_days: 15', 'complaint_answer_days: 14'));
    expect((await run(['import', 'release', changed])).stdout).toContain('Release 2 is in place.');
    expect(await run(['export', 'release', '2', '--out', path.join(home, 'again')])).toMatchObject({ status: 0 });
    expect((await run(['import', 'release', path.join(home, 'again')], 'other')).stdout).toContain('Release 2 is in place.');
    const hashOf = (data: string): unknown =>
      new BetterSqlite3(path.join(home, data, 'ventanilla.db'), { readonly: true })
        .prepare('select hash from releases where number = 2')
        .pluck()
        .get();
    expect(hashOf('other')).toBe(hashOf('data'));
    expect((await run(['rollback', '1'])).stdout).toContain('Release 3 has the content of release 1.');
    expect((await run(['diff', '1', 'current'])).stdout).toContain('Nothing differs.');
  }, 180_000);

  it('a translation comes back as a draft with its changes alone, which a command does not publish', async () => {
    await run(['export', 'po', '--language', 'fr', '--out', home]);
    const file = path.join(home, 'ventanilla-3-fr.po');
    const po = readFileSync(file, 'utf8');
    const target = /msgctxt "site:[^"]+"\nmsgid "[^"{]+"\nmsgstr "([^"{]{20,})"/.exec(po)?.[1] ?? '';
    expect(target).not.toBe('');
    writeFileSync(file, po.replace(`msgstr "${target}"`, `msgstr "${target} Bonne route."`));
    const looked = await run(['import', 'po', file, '--dry-run']);
    expect(looked.stdout).toContain('2 entries would change in release 3.');
    const taken = await run(['import', 'po', file]);
    expect(taken).toMatchObject({ status: 0 });
    const told = await run(['diff', 'current', draftIn(taken)]);
    expect(told.stdout).toContain('Bonne route.');
    const published = await run(['publish', draftIn(taken)]);
    expect(published).toMatchObject({ status: 1 });
    expect(published.stderr).toContain('has to approve it first');
  }, 120_000);

  it('a directory goes out in HSDS and comes back as it was', async () => {
    expect((await run(['export', 'hsds', '--out', home])).stdout).toContain('directory.json');
    const ran = await run(['import', 'hsds', path.join(home, 'directory.json')]);
    expect(ran.stdout).toContain('Nothing would change.');
  }, 60_000);

  it('what cannot be read is refused with what to do, and leaves no draft behind', async () => {
    const file = path.join(home, 'broken.xlf');
    writeFileSync(file, '<xliff version="1.2"><file></file></xliff>');
    const ran = await run(['import', 'xliff', file]);
    expect(ran.status).toBe(1);
    expect(ran.stdout).toMatch(/error: .*2\./);
    expect(await run(['import', 'po', path.join(home, 'nowhere.po')])).toMatchObject({ status: 1 });
    expect((await run(['diff', 'one', 'two'])).stderr).toContain('"one" is no release and no draft');
    expect((await run(['rollback', '3'])).stderr).toContain('This release is the current one.');
  }, 120_000);
});
