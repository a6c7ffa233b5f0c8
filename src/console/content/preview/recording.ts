// Turns a played conversation into a transcript, and a transcript back into what is to be played. Used by the preview; the form of
// transcripts stands in release/transcript.ts. Knows no React.
import type { EntryView, PlayedTurn, PlayInput } from '../../../api/content-shapes.ts';
import { choiceNumber } from '../../../domain/choice-number.ts';
import {
  isSaid,
  OPENED,
  PHOTO,
  splitTranscript,
  TRANSCRIPT_NOW,
  writeSaid,
  type Transcript,
  type TranscriptEntry,
  type TranscriptHeading,
} from '../../../release/transcript.ts';

type Json = Exclude<EntryView['value'], undefined>;

/** How a conversation begins. */
export interface PlaySetup {
  channel: TranscriptHeading['channel'];
  /** Null for somebody new. */
  language: string | null;
  flow: string | null;
  step: string | null;
  staffed: boolean;
  /** ISO time; null: now, or for a test the moment at which all tests play. */
  at: string | null;
}

/** When tests play, unless they say when. */
export const TEST_NOW = new Date(TRANSCRIPT_NOW).toISOString();

/** The transcript of turns that were played at the time of tests: what the person did, and everything that was said to it. */
export function toTranscript(turns: readonly PlayedTurn[], setup: PlaySetup): Json {
  const { channel, language, flow, step, staffed, at } = setup;
  const heading: Json = {
    channel,
    ...(staffed ? {} : { staffed }),
    ...(at === null ? {} : { at }),
    ...(language === null ? {} : { language }),
    ...(flow === null ? {} : { flow }),
    ...(flow === null || step === null ? {} : { step }),
  };
  const entries = turns.flatMap((turn, index): Json[] => {
    const said = writeSaid(turn.messages);
    const did = writeInput(turn.input, turns.slice(0, index));
    if (said !== '') return [did, ...expectationsOf(said)];
    return turn.input.kind === 'wait' ? [did] : [did, { silence: true }];
  });
  return [heading, ...entries];
}

function writeInput(input: PlayInput, before: readonly PlayedTurn[]): Json {
  switch (input.kind) {
    case 'opened':
      return { user: OPENED };
    case 'media':
      return { user: PHOTO };
    case 'text':
      return { user: input.text };
    case 'wait':
      return { hours: input.hours };
    case 'choice': {
      const asked = lastAsked(before);
      const label = asked?.layout === 'text' ? undefined : asked?.choices[input.index];
      return { user: label ?? choiceNumber(input.index, asked?.choices.length ?? 0) };
    }
  }
}

/** The last message that had choices. */
export function lastAsked(turns: readonly PlayedTurn[]): PlayedTurn['messages'][number] | undefined {
  return turns.flatMap(({ messages }) => messages).findLast(({ choices }) => choices.length > 0);
}

const COMPLAINT_NUMBER = /Q-\d{6}/g;

/** All words that were said, but for the number of a complaint, which is another one each time: what stands before and after it. */
function expectationsOf(said: string): Json[] {
  return said
    .split(COMPLAINT_NUMBER)
    .filter((words) => words.trim() !== '')
    .map((words) => ({ bot: words }));
}

/** A test as it is played. */
export interface RecordedTest {
  setup: PlaySetup;
  inputs: PlayInput[];
  /** By input: what is expected of the answer. */
  expected: TranscriptEntry[][];
}

/** What is to be played for a transcript. */
export function fromTranscript(transcript: Transcript): RecordedTest {
  const { heading, entries } = splitTranscript(transcript);
  const { channel, staffed, at = null, language = null, flow = null, step = null } = heading;
  const inputs: PlayInput[] = [];
  const expected: TranscriptEntry[][] = [];
  for (const entry of entries) {
    const input = readInput(entry);
    if (input === null) expected.at(-1)?.push(entry);
    else {
      inputs.push(input);
      expected.push([]);
    }
  }
  return { setup: { channel, staffed, at, language, flow, step }, inputs, expected };
}

function readInput(entry: TranscriptEntry): PlayInput | null {
  if ('hours' in entry) return { kind: 'wait', hours: entry.hours };
  if (!('user' in entry)) return null;
  if (entry.user === OPENED) return { kind: 'opened' };
  return entry.user === PHOTO ? { kind: 'media' } : { kind: 'text', text: entry.user };
}

/** Whether a turn says what is expected of it. */
export function holds(entry: TranscriptEntry, turn: PlayedTurn): boolean {
  const said = writeSaid(turn.messages);
  return 'bot' in entry ? isSaid(entry.bot, said) : said === '';
}
