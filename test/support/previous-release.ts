// The release before this one, from git's tags `v*`: its tree, with this version's migrations put over its own.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const git = (folder: string, ...args: string[]): string | null => {
  const ran = spawnSync('git', args, { cwd: folder, encoding: 'utf8' });
  return ran.status === 0 ? ran.stdout.trim() : null;
};

/** The newest tag `v*` that is not of this very commit, or why there is none. */
export function previousTag(folder: string): { tag: string } | { none: string } {
  if (git(folder, 'rev-parse', '--show-toplevel') === null) return { none: 'this is no git checkout' };
  const here = git(folder, 'tag', '--points-at', 'HEAD')?.split('\n') ?? [];
  const tags = (git(folder, 'tag', '--list', 'v*', '--sort=-v:refname') ?? '')
    .split('\n')
    .filter((tag) => tag !== '' && !here.includes(tag));
  const [tag] = tags;
  if (tag !== undefined) return { tag };
  return {
    none:
      git(folder, 'rev-parse', '--is-shallow-repository') === 'true'
        ? 'this clone is shallow and has no earlier tag'
        : 'there is no earlier release',
  };
}

/** Puts an earlier release into a folder of its own, on the new schema. */
export function checkOut(folder: string, tag: string): string {
  const place = mkdtempSync(path.join(tmpdir(), 'ventanilla-previous-'));
  const tree = execFileSync('git', ['archive', tag], { cwd: folder, maxBuffer: 1e9 });
  execFileSync('tar', ['-x'], { cwd: place, input: tree });
  symlinkSync(path.join(folder, 'node_modules'), path.join(place, 'node_modules'));
  // It would refuse a schema that it does not know; what is asked is whether its queries run on it.
  cpSync(path.join(folder, 'db', 'migrations'), path.join(place, 'db', 'migrations'), { recursive: true });
  cpSync(path.join(folder, 'src', 'store', 'migrations.ts'), path.join(place, 'src', 'store', 'migrations.ts'));
  return place;
}
