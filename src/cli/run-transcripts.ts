// Plays the transcripts of a folder's test/flows against a release and prints the first line of each that does not hold.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { TERMINAL_CAPABILITIES } from '../channels/terminal/terminal.ts';
import type { CompiledRelease } from '../release/compile.ts';
import { Transcript } from '../release/transcript.ts';
import { playTranscript } from '../runtime/transcripts.ts';

/**
 * Plays every transcript.
 * @param options.update writes what the line says now instead of comparing; the change is then reviewed like any other.
 * @returns true when all hold.
 */
export function runTranscripts(release: CompiledRelease, folder: string, options: { update: boolean; quiet: boolean }): boolean {
  const place = path.join(folder, 'test', 'flows');
  const files = existsSync(place)
    ? readdirSync(place)
        .filter((file) => file.endsWith('.yaml'))
        .sort()
    : [];
  let failed = 0;
  for (const file of files) {
    const message = playFile(release, path.join(place, file), options.update);
    if (message === null) continue;
    failed += 1;
    console.log(`test/flows/${file}: ${message}`);
  }
  if (!options.quiet) console.log(`${files.length - failed} of ${files.length} transcripts hold`);
  return failed === 0;
}

function playFile(release: CompiledRelease, file: string, update: boolean): string | null {
  const parsed = Transcript.safeParse(parse(readFileSync(file, 'utf8')));
  if (!parsed.success) return `is no transcript: ${parsed.error.issues[0]?.path.join('.')} ${parsed.error.issues[0]?.message}`;
  if (update) {
    const actual: Transcript = [];
    playTranscript(release, parsed.data, TERMINAL_CAPABILITIES, actual);
    writeFileSync(file, stringify(actual, { lineWidth: 0 }));
    return null;
  }
  const result = playTranscript(release, parsed.data, TERMINAL_CAPABILITIES);
  return result.passed
    ? null
    : `entry ${result.entry + 1} expects ${result.expected}\n    but the line says: ${result.said.replaceAll('\n', '\n      ') || '(nothing)'}`;
}
