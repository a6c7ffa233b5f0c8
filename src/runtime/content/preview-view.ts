// What the preview shows of a played turn: messages with their measure as text messages, events, values, and the price of it all.
// Called by preview.ts. Only shapes what was played; decides nothing.
import type { PlayedMessage, PlayedTurn, PlayInput, PlayView, ProblemView } from '../../api/content-shapes.ts';
import type { HotlineSettings } from '../../domain/content.ts';
import type { EngineEvent } from '../../domain/event.ts';
import type { OutboundMessage } from '../../domain/message.ts';
import type { Session } from '../../domain/session.ts';
import type { CompiledRelease } from '../../release/compile.ts';
import { smsAlphabet } from '../../rendering/sms.ts';
import type { Said } from '../timed-player.ts';

/** Prices are told to a thousandth of a cent: what is beyond comes from adding them up. */
const PRICE_STEPS = 100_000;

interface Played {
  input: PlayInput;
  said: Said;
  /** After the turn; null for somebody whose data were deleted. */
  session: Session | null;
  owner: string;
  channel: string;
  prices: HotlineSettings['prices'];
}

/** One turn. */
export function showTurn({ input, said, session, owner, channel, prices }: Played): PlayedTurn {
  const frame = session?.stack.at(-1);
  const stands = frame !== undefined && frame.step !== '';
  return {
    input,
    messages: said.messages.map((message) => showMessage(message, channel === 'sms', prices)),
    events: said.events.filter(({ type }) => type !== 'say').map(showEvent),
    variables: session === null ? {} : variablesOf(session),
    flow: stands ? frame.flow : null,
    step: stands ? frame.step : null,
    language: session?.language ?? null,
    owner,
  };
}

/** All turns, with what their text messages cost together. */
export function addPrices(release: CompiledRelease, turns: PlayedTurn[], problems: ProblemView[]): PlayView {
  const { prices } = release.settings;
  const measures = turns.flatMap(({ messages }) => messages.flatMap(({ sms }) => (sms === null ? [] : [sms])));
  const segments = measures.reduce((sum, sms) => sum + sms.segments, 0);
  return {
    turns,
    currency: prices?.currency ?? null,
    totalPrice: prices === undefined || measures.length === 0 ? null : priceOf(segments, prices.sms_segment),
    segments,
    problems,
  };
}

function showMessage({ text, choices, layout, segments }: OutboundMessage, isSms: boolean, prices: Played['prices']): PlayedMessage {
  return {
    text,
    choices: choices.map(({ label }) => label),
    layout,
    sms: isSms
      ? {
          encoding: smsAlphabet(text).alphabet === 'GSM-7' ? 'gsm7' : 'ucs2',
          characters: text.length,
          segments,
          price: prices === undefined ? null : priceOf(segments, prices.sms_segment),
        }
      : null,
  };
}

function priceOf(segments: number, each: number): number {
  return Math.round(segments * each * PRICE_STEPS) / PRICE_STEPS;
}

function showEvent({ type, ...detail }: EngineEvent): PlayedTurn['events'][number] {
  return { type, detail: JSON.parse(JSON.stringify(detail)) as PlayedTurn['events'][number]['detail'] };
}

/** What expressions of the running flow can read, by the names that they use; answers of flows that called it are named with their flow. */
function variablesOf(session: Session): PlayedTurn['variables'] {
  const { facts, stack, pending, misses } = session;
  const answers = stack.flatMap((frame, index) => {
    const prefix = index === stack.length - 1 ? 'answers' : `${frame.flow}.answers`;
    return Object.entries(frame.answers).map(([name, value]) => [`${prefix}.${name}`, value] as const);
  });
  return {
    ...Object.fromEntries(answers),
    'facts.locality': facts.locality,
    'facts.topic': facts.topic,
    'facts.question': facts.question,
    'facts.private': facts.private,
    pending,
    misses,
  };
}
