// Transcripts: what a heading may say, what time brings, and what is told where one does not hold.
import { describe, expect, it } from 'vitest';
import { TERMINAL_CAPABILITIES } from '../../src/channels/terminal/terminal.ts';
import type { CompiledRelease } from '../../src/release/compile.ts';
import { isSaid, Transcript } from '../../src/release/transcript.ts';
import { playTranscript } from '../../src/runtime/transcripts.ts';
import { compileWith, type Changes } from '../release/small-release.ts';

async function small(changes: Changes = {}): Promise<CompiledRelease> {
  const { release } = await compileWith(changes);
  if (release === undefined) throw new Error('The release does not compile.');
  return release;
}

const WITH_TIMEOUT: Changes = {
  'flows/school.yaml': [['choices: [early, late]', 'choices: [early, late]\n    timeout: { seconds: 3600, next: answer_3 }']],
};

describe('a transcript', () => {
  it('may begin in a flow, at a step, in a language', async () => {
    const release = await small();
    const step = release.program.flows.get('school')?.steps.at(-1)?.id ?? '';
    const transcript = Transcript.parse([{ language: 'ar', flow: 'school', step }, { user: '[opened]' }, { bot: 'نعم يمكنه.' }]);
    expect(playTranscript(release, transcript, TERMINAL_CAPABILITIES)).toEqual({ passed: true });
  });

  it('hears what comes due while time passes', async () => {
    const changes = { ...WITH_TIMEOUT };
    const release = await small(changes);
    const begin = [{ language: 'es', flow: 'school' }, { user: '[opened]' }, { bot: '¿Qué edad?' }];
    const early = Transcript.parse([...begin, { hours: 0.5 }, { silence: true }]);
    const late = Transcript.parse([...begin, { hours: 2 }, { bot: 'Sí puede.' }]);
    expect(playTranscript(release, early, TERMINAL_CAPABILITIES)).toEqual({ passed: true });
    expect(playTranscript(release, late, TERMINAL_CAPABILITIES)).toEqual({ passed: true });
  });

  it('tells the first entry that does not hold, counted in its file', async () => {
    const transcript = Transcript.parse([
      { channel: 'web', language: 'es' },
      { user: 'hola' },
      { bot: '¿Qué necesita?' },
      { bot: 'Adiós' },
    ]);
    const result = playTranscript(await small(), transcript, TERMINAL_CAPABILITIES);
    expect(result).toMatchObject({ passed: false, entry: 3, expected: 'Adiós' });
  });

  it('collects what is said now, to be reviewed as a change', async () => {
    const transcript = Transcript.parse([{ channel: 'web', language: 'es', flow: 'menu' }, { user: '[opened]' }, { bot: 'old words' }]);
    const actual: Transcript = [];
    playTranscript(await small(), transcript, TERMINAL_CAPABILITIES, actual);
    expect(actual.slice(1)).toEqual([{ user: '[opened]' }, { bot: '¿Qué necesita?\n[Escuela]\n[Persona]' }]);
    expect(actual[0]).toMatchObject({ channel: 'web', flow: 'menu' });
  });
});

describe('an expectation', () => {
  it('is words or a regular expression; an expression that cannot be read is words', () => {
    expect(isSaid('salud', 'la salud')).toBe(true);
    expect(isSaid('/^LA/i', 'la salud')).toBe(true);
    expect(isSaid('/^salud/', 'la salud')).toBe(false);
    expect(isSaid('/(/', 'la salud')).toBe(false);
  });
});
