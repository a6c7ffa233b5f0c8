// Plays transcripts: by `ventanilla test-flows`, by `check` and before publishing. Each `bot` entry is matched against everything said in
// that turn. Their form stands in release/transcript.ts.
import type { Capabilities } from '../domain/capabilities.ts';
import type { CompiledRelease } from '../release/compile.ts';
import {
  isSaid,
  OPENED,
  PHOTO,
  splitTranscript,
  TRANSCRIPT_NOW,
  writeSaid,
  type Transcript,
  type TranscriptHeading,
} from '../release/transcript.ts';
import type { TurnInput } from '../engine/env.ts';
import { createTimedPlayer, type Said } from './timed-player.ts';

export type TranscriptResult = { passed: true } | { passed: false; entry: number; expected: string; said: string };

const HOUR_MS = 3_600_000;

/** Plays a transcript and reports the first entry that does not hold. `actual` collects what was said, for `--update`. */
export function playTranscript(
  release: CompiledRelease,
  transcript: Transcript,
  capabilities: Record<TranscriptHeading['channel'], Capabilities>,
  actual?: Transcript,
): TranscriptResult {
  const { heading, entries, first } = splitTranscript(transcript);
  const { channel, staffed, at, language = null, flow = null, step = null } = heading;
  const player = createTimedPlayer(release, {
    channel,
    capabilities: capabilities[channel],
    begin: at ? Date.parse(at) : TRANSCRIPT_NOW,
    staffed,
    language,
    flow,
    step,
    // Flows are what is tested: an alert that is pinned for some days must not keep a release from being published.
    alert: false,
  });
  if (first === 1) actual?.push(heading);
  let said = '';
  for (const [index, entry] of entries.entries()) {
    if ('hours' in entry) {
      said = wordsOf(player.pass(entry.hours * HOUR_MS));
      actual?.push(entry, ...(said === '' ? [] : [{ bot: said }]));
    } else if ('user' in entry) {
      said = wordsOf(player.take(toInput(entry.user)));
      actual?.push(entry, said === '' ? { silence: true } : { bot: said });
    }
    if (actual) continue;
    if ('bot' in entry && !isSaid(entry.bot, said)) return { passed: false, entry: first + index, expected: entry.bot, said };
    if ('silence' in entry && said !== '') return { passed: false, entry: first + index, expected: '(silence)', said };
  }
  return { passed: true };
}

function wordsOf({ messages }: Said): string {
  return writeSaid(messages.map((message) => ({ ...message, choices: message.choices.map(({ label }) => label) })));
}

function toInput(user: string): TurnInput {
  if (user === OPENED) return { kind: 'opened' };
  return user === PHOTO ? { kind: 'message', text: '', media: true } : { kind: 'message', text: user };
}
