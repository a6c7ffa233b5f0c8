// The hotline's own content with other limits, for tests and trials of what is held back.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectFolder } from '../../src/app.ts';

/**
 * Writes flows and texts into a folder.
 * @param limits as `limits` in flows/settings/hotline.yaml, in one line of YAML
 */
export function writeContentWithLimits(folder: string, limits: string): void {
  for (const part of ['flows', 'locales']) cpSync(path.join(projectFolder, part), path.join(folder, part), { recursive: true });
  const file = path.join(folder, 'flows/settings/hotline.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^limits:\n(?: .*\n)+/m, `limits: ${limits}\n`));
}
