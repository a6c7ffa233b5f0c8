// The shape of locales/<tag>/danger.json: messages from which danger is learned, as people write them. Read by release/ and danger-model.ts.
import { z } from 'zod';
import { EMERGENCY_KINDS } from '../domain/command.ts';

const Messages = z.array(z.string().trim().min(1).max(400)).min(10);

/** Messages by kind of danger, and `ordinary` ones: most of these should come close to danger in their words. */
export const DangerExamples = z.strictObject({
  ...(Object.fromEntries(EMERGENCY_KINDS.map((kind) => [kind, Messages])) as Record<(typeof EMERGENCY_KINDS)[number], typeof Messages>),
  ordinary: Messages,
});
export type DangerExamples = z.infer<typeof DangerExamples>;
