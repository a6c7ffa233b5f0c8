// offer_person: asks whether the person wants to talk to somebody, and hands over on yes.
import { z } from 'zod';
import { HandoffPriority, HandoffReason, stepSchema, TextKey } from './common.ts';

/** Schema of an offer_person step. */
export const OfferPersonStep = stepSchema('offer_person', {
  offer_person: z.strictObject({
    priority: HandoffPriority.default('normal'),
    reason: HandoffReason.optional(),
    text: TextKey.optional().describe('Question instead of system:offer_person.'),
  }),
});
export type OfferPersonStep = z.infer<typeof OfferPersonStep>;
