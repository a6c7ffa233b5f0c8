// What the web chat costs a person's data plan.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { projectFolder } from '../../src/app.ts';
import type { Figure } from './run.ts';

/** Bytes of the built widget, gzip. */
export function benchWidget(): Figure {
  return {
    name: 'widget_gzip',
    value: gzipSync(readFileSync(path.join(projectFolder, 'dist/widget/widget.js')), { level: 9 }).length,
    unit: 'bytes',
  };
}
