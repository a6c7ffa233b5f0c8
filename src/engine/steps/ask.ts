// ask: puts one question and waits for the reply, which is checked by its type and kept under a name.
import { z } from 'zod';
import { AnswerName, ChoiceId, Params, stepSchema, TextKey } from './common.ts';

/** What kind of reply an ask takes. */
export const AskType = z.enum([
  'choice',
  'yes_no',
  'text',
  'number',
  'date',
  'phone',
  'email',
  'locality',
  'location',
  'language',
  'media',
]);
export type AskType = z.infer<typeof AskType>;

/** Schema of an ask step. */
export const AskStep = stepSchema('ask', {
  ask: TextKey,
  type: AskType.optional().describe('Default: choice when there are choices.'),
  choices: z
    .array(ChoiceId)
    .min(1)
    .max(30)
    .optional()
    .describe('Labels are at <text key>.<choice>, synonyms at <text key>.<choice>.synonyms.'),
  optional: z.boolean().optional().describe('Adds "prefer not to say"; the value is then null.'),
  min: z.number().optional(),
  max: z.number().optional(),
  max_chars: z.int().min(1).max(4096).optional().describe('Longest text; default 1000.'),
  save: AnswerName.optional().describe('Name in answers; default: the text key.'),
  store: z.boolean().optional().describe('false: the reply decides where to go and is not kept.'),
  params: Params.optional(),
}).superRefine((step, ctx) => {
  const type = step.type ?? (step.choices ? 'choice' : undefined);
  const complain = (path: string, message: string) => ctx.addIssue({ code: 'custom', path: [path], message });
  if (type === undefined) complain('ask', `an ask needs choices, or a type: ${AskType.options.join(', ')}`);
  if (type === 'choice' && !step.choices) complain('type', 'a choice needs choices: [a, b]');
  if (type !== undefined && type !== 'choice' && step.choices) complain('choices', `an ask of type ${type} has no choices`);
  if (step.choices && new Set(step.choices).size < step.choices.length) complain('choices', 'the same choice stands twice');
  if (step.choices?.includes('default')) complain('choices', '"default" is not a choice: it means "any other" in next');
  if (step.choices?.includes('skip') && step.optional) complain('choices', '"skip" is added by optional: true; leave it out');
  if (type !== 'number' && (step.min !== undefined || step.max !== undefined))
    complain(step.min === undefined ? 'max' : 'min', 'only for type: number');
  if (step.min !== undefined && step.max !== undefined && step.min > step.max) complain('max', 'max is below min');
  if (type !== 'text' && step.max_chars !== undefined) complain('max_chars', 'only for type: text');
  if (!step.save && step.store !== false && !AnswerName.safeParse(step.ask).success)
    complain('ask', `"${step.ask}" cannot be the name of an answer; add save: <name>`);
});
export type AskStep = z.infer<typeof AskStep>;
