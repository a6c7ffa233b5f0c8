// Fits one turn's lines to a channel: as few messages as it allows, choices last, native where the channel has them.
// Called by runtime/apply before anything is stored, so that what is stored is exactly what is sent, however often it is tried.
// Only the last question's choices stay active; those of an earlier line of the same turn are dropped with it.
import type { Capabilities } from '../domain/capabilities.ts';
import type { OutboundMessage } from '../domain/message.ts';
import type { Line } from '../domain/text.ts';
import { isolateRuns } from './isolate.ts';
import { characterCount, chooseLayout, numberedLines } from './layout.ts';
import type { LabelledChoice } from './layout.ts';
import { countSegments, plainForSms } from './sms.ts';
import { splitToFit } from './split.ts';
import type { Texts } from './texts.ts';

/** Longer text messages are cut: carriers deliver long ones unreliably. */
export const MAX_SEGMENTS = 6;

export interface FitOptions {
  texts: Texts;
  language: string;
  /** Channel name; picks the author's own wording for it. */
  channel: string;
  capabilities: Capabilities;
}

/** The measure of one channel and language: what a finished message looks like, and whether it is short enough. */
interface Measure {
  language: string;
  finish: (text: string) => string;
  fits: (text: string) => boolean;
}

/**
 * The messages for one turn, in order. Text is in the person's language, with isolates, ready to store and send.
 * @returns no message when no line has words
 */
export function fitMessages(lines: Line[], options: FitOptions): OutboundMessage[] {
  const { texts, language, channel, capabilities } = options;
  const measure = measureFor(options);
  const asking = lines.findLast((line) => (line.choices?.length ?? 0) > 0);
  const choices = (asking?.choices ?? []).map((choice) => ({ id: choice.id, label: texts.render(choice.label, language, channel) }));
  const paragraphs = lines.map((line) => texts.render(line.text, language, channel).trim()).filter((text) => text !== '');
  if (paragraphs.length === 0 && choices.length === 0) return [];

  const native = asking?.layout === 'numbers' ? null : fitNative(paragraphs, choices, capabilities, measure);
  const pieces = native ?? { texts: packNumbered(paragraphs, choices, measure), layout: 'text' as const };
  return pieces.texts.map((text, index) => {
    const last = index === pieces.texts.length - 1;
    const finished = measure.finish(text);
    return {
      text: finished,
      choices: last ? choices : [],
      layout: last ? pieces.layout : 'text',
      language,
      direction: texts.direction(language),
      segments: capabilities.smsSegments ? countSegments(finished) : 1,
    };
  });
}

/** Buttons or a list under everything that was said, or else under the question alone; null when neither holds. */
function fitNative(
  paragraphs: string[],
  choices: LabelledChoice[],
  capabilities: Capabilities,
  measure: Measure,
): { texts: string[]; layout: 'buttons' | 'list' } | null {
  if (choices.length === 0 || paragraphs.length === 0) return null;
  for (let from = 0; from < paragraphs.length; from += 1) {
    const body = paragraphs.slice(from).join('\n\n');
    const layout = chooseLayout(choices, characterCount(measure.finish(body)), capabilities);
    if (layout === 'text' || !measure.fits(body)) continue;
    return { texts: [...pack(paragraphs.slice(0, from), measure), body], layout };
  }
  return null;
}

/** Numbered choices under the last paragraph; the two stay together if a message can hold them. */
function packNumbered(paragraphs: string[], choices: LabelledChoice[], measure: Measure): string[] {
  if (choices.length === 0) return pack(paragraphs, measure);
  const numbered = numberedLines(choices);
  const question = paragraphs.at(-1);
  if (question === undefined) return pack([numbered], measure);
  const earlier = paragraphs.slice(0, -1);
  const together = `${question}\n${numbered}`;
  if (measure.fits(together)) return pack([...earlier, together], measure);
  const parts = splitToFit(question, measure.language, measure.fits);
  const end = `${parts.at(-1) ?? ''}\n${numbered}`;
  const tail = measure.fits(end) ? [...parts.slice(0, -1), end] : [...parts, ...splitToFit(numbered, measure.language, measure.fits)];
  return [...pack(earlier, measure), ...tail];
}

/** Joins paragraphs into as few messages as fit; a paragraph too long for one message is cut. */
function pack(paragraphs: string[], measure: Measure): string[] {
  const messages: string[] = [];
  for (const paragraph of paragraphs) {
    const last = messages.at(-1);
    const joined = last === undefined ? paragraph : `${last}\n\n${paragraph}`;
    if (measure.fits(joined)) messages[Math.max(0, messages.length - 1)] = joined;
    else messages.push(...splitToFit(paragraph, measure.language, measure.fits));
  }
  return messages;
}

function measureFor({ texts, language, capabilities }: FitOptions): Measure {
  const direction = texts.direction(language);
  const finish = (text: string): string => isolateRuns(capabilities.smsSegments ? plainForSms(text) : text, direction);
  return {
    language,
    finish,
    fits(text) {
      const finished = finish(text);
      if (characterCount(finished) > capabilities.maxChars) return false;
      return !capabilities.smsSegments || countSegments(finished) <= MAX_SEGMENTS;
    },
  };
}
