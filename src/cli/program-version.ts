// The version of this program, as package.json tells it. Used by commands that write it down or print it.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { projectFolder } from '../app.ts';

const Package = z.object({ version: z.string() });

/** Such as `0.1.0`. */
export function programVersion(): string {
  return Package.parse(JSON.parse(readFileSync(path.join(projectFolder, 'package.json'), 'utf8'))).version;
}
