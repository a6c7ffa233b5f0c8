// log: writes coded fields into the request log. Never free text, a name, a number or a status.
import { z } from 'zod';
import { stepSchema } from './common.ts';

const REFERENCE = /^(answers|facts)\.[a-z][a-z0-9_]*$/;
const Code = z.string().regex(/^[A-Za-z0-9_.*-]{1,40}$/, 'must be a code (letters, digits, _ . -) or a reference such as answers.reason');
const orReference = <T extends z.ZodType>(schema: T, what: string) => {
  const message = `must be ${what}, or a reference such as answers.reason`;
  return z.union([schema, z.string().regex(REFERENCE, message)], { error: message });
};

/** Allowed values of the coded fields; references are checked against them before publishing. */
export const LOG_CODES = {
  callerType: ['migrant', 'family', 'employer', 'provider', 'other'],
  outcome: ['answered', 'referred', 'handed_over', 'no_service', 'not_understood', 'abandoned', 'emergency', 'stopped', 'denied'],
  gender: ['woman', 'man', 'other', 'prefer_not'],
  ageBand: ['under_18', '18_24', '25_39', '40_59', '60_plus'],
} as const;
const LOG_FIELDS = [
  'topic',
  'stage',
  'locality',
  'callerType',
  'outcome',
  'barrier',
  'helpful',
  'rating',
  'gender',
  'ageBand',
  'disability',
  'sensitive',
];
const oneOf = <const C extends readonly [string, ...string[]]>(codes: C) => orReference(z.enum(codes), `one of ${codes.join(', ')}`);

/** Schema of a log step. */
export const LogStep = stepSchema('log', {
  log: z
    .strictObject(
      {
        topic: Code.optional(),
        stage: Code.optional(),
        locality: Code.optional(),
        callerType: oneOf(LOG_CODES.callerType).optional(),
        outcome: oneOf(LOG_CODES.outcome).optional(),
        barrier: Code.optional(),
        helpful: orReference(z.boolean(), 'true or false').optional(),
        rating: orReference(z.int().min(1).max(5), 'a number from 1 to 5').optional(),
        gender: oneOf(LOG_CODES.gender).optional(),
        ageBand: oneOf(LOG_CODES.ageBand).optional(),
        disability: orReference(z.boolean(), 'true or false').optional(),
        sensitive: z.boolean().optional(),
      },
      {
        error: (issue) =>
          issue.code === 'unrecognized_keys'
            ? `unknown field "${issue.keys.join('", "')}"; known fields: ${LOG_FIELDS.join(', ')}`
            : undefined,
      },
    )
    .describe('Fields of the request log; a value that begins with answers. or facts. is a reference.'),
});
export type LogStep = z.infer<typeof LogStep>;
