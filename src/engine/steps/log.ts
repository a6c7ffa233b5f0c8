// log: writes coded fields into the request log. Never free text, a name, a number or a status.
import { z } from 'zod';
import { stepSchema } from './common.ts';
import type { LogFields } from '../../domain/event.ts';
import type { Value } from '../../domain/session.ts';
import type { StepType } from '../program.ts';
import { emit, evaluate, setFacts } from '../turn.ts';

const REFERENCE = /^(answers|facts)\.[a-z][a-z0-9_]*$/;
const CODE = /^[A-Za-z0-9_.*-]{1,40}$/;
const Code = z.string().regex(CODE, 'must be a code (letters, digits, _ . -) or a reference such as answers.reason');
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

/** The value as the log takes it, or undefined: what does not fit is left out, never written. */
function codeOf(field: string, value: Value): string | number | boolean | undefined {
  if (value === null || typeof value === 'object') return undefined;
  const codes = (LOG_CODES as Record<string, readonly string[] | undefined>)[field];
  if (codes) return codes.includes(String(value)) ? String(value) : undefined;
  if (field === 'helpful' || field === 'disability' || field === 'sensitive') return typeof value === 'boolean' ? value : undefined;
  if (field === 'rating') return typeof value === 'number' ? value : Number(value) || undefined;
  return CODE.test(String(value)) ? String(value) : undefined;
}

/**
 * Writes coded fields into the request log.
 * @example
 * ```yaml
 * - ask: reason
 *   choices: [papers, full, other]
 * - log: { outcome: denied, barrier: answers.reason }
 * - say: closing
 * ```
 */
export const log: StepType<LogStep> = {
  kind: 'log',
  speaks: () => false,
  waits: false,
  run(turn, step) {
    const fields: Record<string, unknown> = {};
    for (const [field, given] of Object.entries(step.config.log)) {
      const value = codeOf(field, REFERENCE.test(String(given)) ? (evaluate(turn, step, `log.${field}`) ?? null) : given);
      if (value !== undefined) fields[field] = value;
    }
    if (typeof fields['topic'] === 'string') setFacts(turn, { topic: fields['topic'] });
    if (Object.keys(fields).length > 0) emit(turn, { type: 'log', fields: fields as LogFields });
    return { go: 'next' };
  },
  expressions: ({ log }) =>
    Object.entries(log).flatMap(([field, given]) =>
      typeof given === 'string' && REFERENCE.test(given) ? [{ path: ['log', field], source: given, want: 'value' as const }] : [],
    ),
  topics: ({ log: { topic } }) => (topic === undefined || REFERENCE.test(topic) ? [] : [{ path: ['log', 'topic'], code: topic }]),
};
