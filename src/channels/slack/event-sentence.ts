// What happened to a case, as a sentence for its thread. Called by blocks.ts; pure. Holds nothing of the person.
import { escapeText } from './text.ts';
import { writeStaff } from './write-staff.ts';

type Write = (by: string, to: string) => string;

/** By kind; `by` and `to` are markup already. What is not here shows at the head of the thread, or nowhere. */
const SENTENCES: Readonly<Record<string, Write>> = {
  claimed: (by) => `${by} claimed the case.`,
  assigned: (_, to) => `The case was given to ${to}.`,
  released: (by) => `${by} gave the case back to the queue.`,
  transferred: (by, to) => `${by} transferred the case to ${to}.`,
  escalated: () => 'Nobody has answered in the promised time: the case was passed on.',
  no_reply: () => 'The person has waited for an answer too long: the case is back in the queue.',
  shift_ended: () => 'A shift has ended: the case is back in the queue.',
  menu: () => 'The person uses the menu meanwhile, and keeps the place in line.',
  left: () => 'The person has left the line.',
  stopped: () => 'The person has stopped the line. Nothing can be sent.',
  closed: (by) => `${by} closed the case.`,
  reopened: () => 'The person wrote again: the case is open.',
  callback_set: (by) => `${by} agreed a time to write to the person.`,
  callback_due: () => 'It is time to write to the person, as agreed.',
  priority_changed: (by, to) => `${by} set the priority to ${to}.`,
  topic_changed: (by) => `${by} changed the topic.`,
  interpreter_invited: (by, to) => `${by} invited ${to} to interpret.`,
  interpreter_dismissed: (by, to) => `${by} ended the interpreting of ${to}.`,
  referral_agreed: () => 'The person has agreed to a referral.',
  referral_refused: () => 'The person does not want the referral.',
  referral_withdrawn: () => 'The person has taken back what may be shared.',
};

/** Whether a thread is told of it. */
export function isTold(kind: string): boolean {
  return kind in SENTENCES;
}

/** The sentence, in Slack's markup. */
export function eventSentence(kind: string, by: string | null, to: string | null): string {
  const text = SENTENCES[kind]?.(by === null ? 'The service' : writeStaff(by), to === null ? 'somebody' : writeStaff(to));
  return text ?? escapeText(`The case has changed: ${kind}.`);
}
