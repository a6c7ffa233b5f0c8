// Pieces of the flow language that several step types share: ids, text keys, conditions, next, timeout.
// Used by the schemas in this folder; knows nothing of how a step is run.
import { z } from 'zod';

/** Id of a step, as other steps name it: a plain id, or the text key that stands for it. */
export const StepRef = z
  .string({ error: 'must be the id of a step of this flow, or "end"' })
  .regex(/^[A-Za-z][\w.:]{0,80}$/, 'must be the id of a step of this flow, or "end"')
  .describe('Id of a step of this flow, or "end".');

/** A text of this flow's namespace (`age`), or of another with a colon (`system:limits`). */
export const TextKey = z
  .string({ error: 'must be a text key, such as "age" or "system:limits"' })
  .regex(/^([a-z][a-z0-9_]*:)?[A-Za-z][\w.]{0,80}$/, 'must be a text key, such as "age" or "system:limits"')
  .describe('Text key: locales/<tag>/<flow>.json → key, or another namespace with a colon (system:limits).');

/** Id of a flow: the stem of its file. */
export const FlowId = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,40}$/, 'must be the id of a flow: lower-case letters, digits and _')
  .describe('Id of a flow: the name of its file without .yaml.');

/** An expression in the Common Expression Language, without macros and without matches(). */
export const Cel = z
  .string({ error: 'must be an expression in quotes, such as answers.age >= 18' })
  .min(1)
  .max(500)
  .describe(
    'CEL expression over answers, facts, channel, language, hour, today and desk; daysBetween(today, answers.date). No macros, no matches().',
  );

/** Name under which an answer is kept. */
export const AnswerName = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,40}$/, 'must be a name of lower-case letters, digits and _')
  .describe('Name in answers.<name>.');

/** One choice's id; its label is at `<text key>.<choice>`. */
export const ChoiceId = z
  .string({ error: 'a choice must be a word; write it in quotes if it is a number or true/false' })
  .regex(/^[a-z0-9][a-z0-9_]{0,40}$/, 'a choice must be lower-case letters, digits and _');

/** Values for the `{{name}}` places of a text, each an expression. */
export const Params = z
  .record(z.string().regex(/^[A-Za-z]\w{0,40}$/), Cel)
  .describe('Values for {{name}} in the text, each a CEL expression.');

const Condition = z.strictObject({ if: Cel.optional(), to: StepRef }).describe('Goes to `to` when `if` holds; without `if` always.');

/** An ordered list of conditions; the first that holds decides. */
export const Conditions = z.array(Condition).min(1);
export type Conditions = z.infer<typeof Conditions>;

/** Where a step leads: one step, one for each choice, or the first condition that holds. */
export const Next = z
  .union([StepRef, z.record(z.string(), StepRef), Conditions], {
    error: 'next must be a step id, a map of choice → step id (with "default" for the rest), or a list of { if, to }',
  })
  .describe('Step id | { choice: id, …, default: id } | [{ if: CEL, to: id }, { to: id }]. Without it the following step is next.');
export type Next = z.infer<typeof Next>;

/** Keys that every step may have. */
export const commonKeys = {
  id: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,60}$/, 'an id is lower-case letters, digits and _, and begins with a letter')
    .refine((id) => id !== 'end', '"end" is reserved: it means the end of the flow')
    .optional()
    .describe('Default: the text key of say and ask, else <type>_<position>.'),
  when: Cel.optional().describe('CEL condition. Where it does not hold the step is passed over and its next is followed.'),
  next: Next.optional(),
  timeout: z
    .strictObject({ seconds: z.int().min(5).max(2_592_000), next: StepRef })
    .optional()
    .describe('Where to go when nobody has answered in time.'),
  on_misunderstood: StepRef.optional().describe('Where to go instead of the usual "I did not understand".'),
};

/** The keys common to all steps, as parsed. */
export type StepConfig = z.infer<z.ZodObject<typeof commonKeys>>;

/** Reasons that a flow may give for calling a person. */
export const HandoffReason = z.enum(['asked', 'flow', 'misunderstood', 'private', 'deadline', 'child', 'fault', 'media', 'emergency']);
/** How soon a person should look: emergency 24 h, urgent 72 h, normal two weeks. */
export const HandoffPriority = z.enum(['normal', 'urgent', 'emergency']);

/**
 * Makes the strict schema of one step type, with a message that names what is unknown.
 * @param type The step's type key.
 * @param shape The type's own keys, the type key among them.
 */
export function stepSchema<Shape extends z.ZodRawShape>(
  type: string,
  shape: Shape,
): z.ZodObject<typeof commonKeys & Shape, z.core.$strict> {
  const keys = [...Object.keys(shape), ...Object.keys(commonKeys)];
  return z.strictObject(
    { ...commonKeys, ...shape },
    {
      error: (issue) =>
        issue.code === 'unrecognized_keys'
          ? `unknown key ${issue.keys.map((key) => `"${key}"`).join(', ')} in a ${type} step; known keys: ${keys.join(', ')}`
          : undefined,
    },
  );
}

/** The expressions of `params`, for compiling. */
export function paramExpressions(params: Record<string, string> | undefined): { path: string[]; source: string; want: 'value' }[] {
  return Object.entries(params ?? {}).map(([name, source]) => ({ path: ['params', name], source, want: 'value' }));
}
