// offer_person: asks whether the person wants to talk to somebody, and hands over on yes.
import { z } from 'zod';
import { HandoffPriority, HandoffReason, stepSchema, TextKey } from './common.ts';
import { readYesNo, YES_NO } from '../dialogues/dialogue.ts';
import { handOver } from '../handoff.ts';
import type { CompiledStep, StepType, Turn } from '../program.ts';
import { say, stepText } from '../turn.ts';
import { waitForStep } from '../waits.ts';

/** Schema of an offer_person step. */
export const OfferPersonStep = stepSchema('offer_person', {
  offer_person: z.strictObject({
    priority: HandoffPriority.default('normal'),
    reason: HandoffReason.optional(),
    text: TextKey.optional().describe('Question instead of system:offer_person.'),
  }),
});
export type OfferPersonStep = z.infer<typeof OfferPersonStep>;

/**
 * Offers a person.
 * @example
 * ```yaml
 * - offer_person: { priority: urgent }
 *   next: { 'no': closing }
 * - say: closing
 * ```
 */
export const offerPerson: StepType<OfferPersonStep> = {
  kind: 'offer_person',
  speaks: () => true,
  waits: true,
  run(turn, step) {
    askOffer(turn, step);
    return { go: 'wait' };
  },
  question: {
    expectation: () => ({ kind: 'choice', choices: YES_NO }),
    ask: askOffer,
    reply(turn, step, value) {
      const yes = readYesNo(value);
      if (yes === null) return null;
      if (!yes) return { go: 'next', choice: 'no' };
      const { priority, reason = 'asked' } = step.config.offer_person;
      return handOver(turn, { priority, reason, afterwards: { go: 'next', choice: 'yes' } });
    },
  },
  outcomes: () => ['yes', 'no'],
  texts: ({ offer_person: { text } }) => (text === undefined ? [] : [{ path: ['offer_person', 'text'], key: text }]),
};

function askOffer(turn: Turn, step: CompiledStep<OfferPersonStep>): void {
  const { text } = step.config.offer_person;
  say(turn, text === undefined ? { key: 'system:offer_person' } : stepText(turn, step, text), YES_NO);
  waitForStep(turn, step, 'offer');
}
