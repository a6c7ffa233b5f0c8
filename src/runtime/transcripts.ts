// Transcripts: tests that a content author can read and write (test/flows/*.yaml). Played by `ventanilla test-flows`,
// by `check` and before publishing. Each `bot` entry is matched against everything said in that turn.
import { z } from 'zod';
import type { Capabilities } from '../domain/capabilities.ts';
import type { CompiledRelease } from '../release/compile.ts';
import { createPlayer } from './player.ts';

const Entry = z.union([
  z.strictObject({ user: z.string() }).describe('what the person writes; [opened] opens a web chat, [photo] sends a picture'),
  z.strictObject({ bot: z.string().min(1) }).describe('words that the answer must contain, or /a regular expression/'),
  z.strictObject({ silence: z.literal(true) }).describe('the line says nothing'),
  z.strictObject({ hours: z.number().positive() }).describe('time that passes'),
]);
const Heading = z.strictObject({
  channel: z.enum(['sms', 'whatsapp', 'web']).default('sms'),
  staffed: z.boolean().default(true),
  at: z.iso.datetime({ offset: true }).optional(),
});
type Heading = z.infer<typeof Heading>;

/** A transcript file: an optional heading, then what is said in turn. */
export const Transcript = z.array(z.union([Heading, Entry])).min(2);
export type Transcript = z.infer<typeof Transcript>;

/** All transcripts play on this Monday morning, so that content does not age under test. */
export const TRANSCRIPT_NOW = Date.parse('2026-11-23T10:00:00Z');
const MATCH = /^\/(.*)\/([a-z]*)$/s;

export type TranscriptResult = { passed: true } | { passed: false; entry: number; expected: string; said: string };

/** Plays a transcript and reports the first entry that does not hold. `actual` collects what was said, for `--update`. */
export function playTranscript(
  release: CompiledRelease,
  transcript: Transcript,
  capabilities: Record<Heading['channel'], Capabilities>,
  actual?: Transcript,
): TranscriptResult {
  const heading = Heading.safeParse(transcript[0]);
  const { channel, staffed, at } = heading.success ? heading.data : Heading.parse({});
  let now = at ? Date.parse(at) : TRANSCRIPT_NOW;
  const player = createPlayer(release, { channel, capabilities: capabilities[channel], now: () => now, staffed });
  let said = '';
  for (const [index, entry] of transcript.entries()) {
    if (index === 0 && heading.success) {
      actual?.push(entry);
      continue;
    }
    if ('hours' in entry) now += entry.hours * 3_600_000;
    if ('user' in entry) {
      now += 1000;
      said = say(player, entry.user);
      actual?.push(entry, said === '' ? { silence: true } : { bot: said });
    } else if ('hours' in entry) actual?.push(entry);
    if (actual) continue;
    if ('bot' in entry && !matches(entry.bot, said)) return { passed: false, entry: index, expected: entry.bot, said };
    if ('silence' in entry && said !== '') return { passed: false, entry: index, expected: '(silence)', said };
  }
  return { passed: true };
}

function say(player: ReturnType<typeof createPlayer>, user: string): string {
  const input =
    user === '[opened]'
      ? ({ kind: 'opened' } as const)
      : user === '[photo]'
        ? ({ kind: 'message', text: '', media: true } as const)
        : ({ kind: 'message', text: user } as const);
  return player
    .play(input)
    .messages.map((message) =>
      [message.text, ...(message.layout === 'text' ? [] : message.choices.map((choice) => `[${choice.label}]`))].join('\n'),
    )
    .join('\n\n');
}

function matches(expected: string, said: string): boolean {
  const pattern = MATCH.exec(expected);
  return pattern ? new RegExp(pattern[1] ?? '', `${pattern[2] ?? ''}u`).test(said) : said.includes(expected);
}
