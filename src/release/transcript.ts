// Transcripts: tests that a content author can read and write (test/flows/*.yaml). Their form, and how an expectation is held against what
// was said. Played by runtime/transcripts.ts; recorded and shown by the console's preview.
import { z } from 'zod';

export const TRANSCRIPT_CHANNELS = ['sms', 'whatsapp', 'web'] as const;

export const TranscriptEntry = z.union([
  z.strictObject({ user: z.string() }).describe('what the person writes; [opened] opens a web chat, [photo] sends a picture'),
  z.strictObject({ bot: z.string().min(1) }).describe('words that the answer must contain, or /a regular expression/'),
  z.strictObject({ silence: z.literal(true) }).describe('the line says nothing'),
  z.strictObject({ hours: z.number().positive() }).describe('time that passes'),
]);
export type TranscriptEntry = z.infer<typeof TranscriptEntry>;

export const TranscriptHeading = z.strictObject({
  channel: z.enum(TRANSCRIPT_CHANNELS).default('sms'),
  staffed: z.boolean().default(true),
  at: z.iso.datetime({ offset: true }).optional(),
  /** Known from the start; without it the person is new. */
  language: z.string().optional(),
  /** Begin in this flow, at this step; [opened] as the first thing that the person does runs it. */
  flow: z.string().optional(),
  step: z.string().optional(),
});
export type TranscriptHeading = z.infer<typeof TranscriptHeading>;

/** A transcript file: an optional heading, then what is said in turn. */
export const Transcript = z.array(z.union([TranscriptHeading, TranscriptEntry])).min(2);
export type Transcript = z.infer<typeof Transcript>;

/** How a transcript writes what is no text. */
export const OPENED = '[opened]';
export const PHOTO = '[photo]';

/** All transcripts play on this Monday morning, so that content does not age under test. */
export const TRANSCRIPT_NOW = Date.parse('2026-11-23T10:00:00Z');

/** The heading of a transcript, with what it leaves out; and the entries after it. */
export function splitTranscript(transcript: Transcript): { heading: TranscriptHeading; entries: TranscriptEntry[]; first: number } {
  const heading = TranscriptHeading.safeParse(transcript[0]);
  const entries = transcript.flatMap((entry) => TranscriptEntry.safeParse(entry).data ?? []);
  return { heading: heading.data ?? TranscriptHeading.parse({}), entries, first: heading.success ? 1 : 0 };
}

/** What one turn said, as a transcript writes it: choices that can be pressed in brackets. */
export function writeSaid(messages: readonly { text: string; layout: string; choices: readonly string[] }[]): string {
  return messages
    .map(({ text, layout, choices }) => [text, ...(layout === 'text' ? [] : choices.map((label) => `[${label}]`))].join('\n'))
    .join('\n\n');
}

const EXPRESSION = /^\/(.*)\/([a-z]*)$/s;

/** Whether words that are expected, or a regular expression, stand in what was said. An expression that cannot be read expects itself. */
export function isSaid(expected: string, said: string): boolean {
  const pattern = EXPRESSION.exec(expected);
  if (pattern === null) return said.includes(expected);
  try {
    return new RegExp(pattern[1] ?? '', `${pattern[2] ?? ''}u`).test(said);
  } catch {
    return said.includes(expected);
  }
}
