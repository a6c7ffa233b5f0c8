// ask: puts one question and waits for the reply, which is checked by its type and kept under a name.
import { z } from 'zod';
import { AnswerName, ChoiceId, Params, stepSchema, TextKey } from './common.ts';
import type { Value } from '../../domain/session.ts';
import type { Choice } from '../../domain/text.ts';
import { languageChoices } from '../dialogues/language.ts';
import { YES_NO } from '../dialogues/dialogue.ts';
import type { Expectation } from '../env.ts';
import type { AnswerKind, CompiledStep, StepType } from '../program.ts';
import type { Turn } from '../program.ts';
import type { Then } from '../then.ts';
import { currentStep, emit, keyOf, say, setAnswer, setFacts, stepText } from '../turn.ts';
import { waitForStep } from '../waits.ts';
import { paramExpressions } from './common.ts';

/** What kind of reply an ask takes. */
const AskType = z.enum(['choice', 'yes_no', 'text', 'number', 'date', 'phone', 'email', 'locality', 'location', 'language', 'media']);
type AskType = z.infer<typeof AskType>;

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

const SKIP: Choice = { id: 'skip', label: { key: 'system:skip' } };
const DEFAULT_MAX_CHARS = 1000;

/**
 * Asks one question.
 * @example
 * ```yaml
 * - ask: age
 *   choices: [early, primary]
 *   next: { early: place }
 * - ask: weeks
 *   type: number
 *   min: 0
 *   timeout: { seconds: 3600, next: end }
 * - ask: place
 *   type: locality
 *   optional: true
 * ```
 */
export const ask: StepType<AskStep> = {
  kind: 'ask',
  speaks: () => true,
  waits: true,
  run(turn, step) {
    askIt(turn, step);
    return { go: 'wait' };
  },
  question: { expectation, ask: askIt, reply, extraChoices, tryAgain: ({ config }) => TRY_AGAIN[typeOf(config)] ?? null },
  outcomes: (config) => [...(config.choices ?? (typeOf(config) === 'yes_no' ? ['yes', 'no'] : [])), ...(config.optional ? ['skip'] : [])],
  texts: (config) => [
    { path: ['ask'], key: config.ask },
    ...(config.choices ?? []).map((choice, i) => ({ path: ['choices', i], key: `${config.ask}.${choice}` })),
  ],
  expressions: ({ params }) => paramExpressions(params),
  answers: (config) =>
    config.store === false ? [] : [{ path: [config.save ? 'save' : 'ask'], name: nameOf(config), kind: kindOf(config) }],
};

const TRY_AGAIN: Partial<Record<AskType, string>> = {
  number: 'system:try_again_number',
  date: 'system:try_again_date',
  phone: 'system:try_again_phone',
  email: 'system:try_again_email',
  locality: 'system:try_again_locality',
};

function typeOf(config: AskStep): AskType {
  return config.type ?? 'choice';
}

function nameOf(config: AskStep): string {
  return config.save ?? config.ask;
}

function kindOf(config: AskStep): AnswerKind {
  const type = typeOf(config);
  return type === 'choice' ? { type, textKey: config.ask, choices: config.choices ?? [] } : { type };
}

function choicesOf(turn: Turn, { config }: CompiledStep<AskStep>): Choice[] {
  const type = typeOf(config);
  const skip = config.optional ? [SKIP] : [];
  if (type === 'yes_no') return [...YES_NO, ...skip];
  if (type === 'language') return [...languageChoices(turn), ...skip];
  const flow = currentStep(turn)?.flow.id ?? '';
  return [...(config.choices ?? []).map((id) => ({ id, label: { key: keyOf(flow, `${config.ask}.${id}`) } })), ...skip];
}

function askIt(turn: Turn, step: CompiledStep<AskStep>): void {
  say(turn, stepText(turn, step, step.config.ask), choicesOf(turn, step));
  waitForStep(turn, step, 'ask');
}

function expectation(turn: Turn, step: CompiledStep<AskStep>): Expectation {
  const { config } = step;
  const type = typeOf(config);
  switch (type) {
    case 'choice':
      return { kind: 'choice', choices: choicesOf(turn, step) };
    case 'text':
      return { kind: 'text', maxChars: config.max_chars ?? DEFAULT_MAX_CHARS };
    case 'number': {
      const { min, max } = config;
      return { kind: 'number', ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
    }
    default:
      return { kind: type };
  }
}

/** What else an optional question accepts: the words for skipping, and for yes or no the number of the third choice. */
function extraChoices({ config }: CompiledStep<AskStep>): Extract<Expectation, { kind: 'choice' }> | null {
  const type = typeOf(config);
  if (!config.optional || type === 'choice') return null;
  return { kind: 'choice', choices: type === 'yes_no' ? [...YES_NO, SKIP] : [SKIP] };
}

function reply(turn: Turn, step: CompiledStep<AskStep>, value: Value): Then | null {
  const { config } = step;
  const accepted = accept(turn, config, value);
  if (accepted === undefined) return null;
  if (config.store !== false) setAnswer(turn, nameOf(config), accepted);
  if (typeOf(config) === 'locality' && typeof accepted === 'string') {
    setFacts(turn, { locality: accepted });
    emit(turn, { type: 'log', fields: { locality: accepted } });
  }
  const choice = choiceOf(config, accepted);
  return choice === undefined ? { go: 'next' } : { go: 'next', choice };
}

function choiceOf(config: AskStep, value: Value): string | undefined {
  if (value === null) return 'skip';
  if (typeof value === 'boolean' && typeOf(config) === 'yes_no') return value ? 'yes' : 'no';
  return typeOf(config) === 'choice' && typeof value === 'string' ? value : undefined;
}

/** The value as it is kept; undefined when it is no valid reply to this question. */
function accept(turn: Turn, config: AskStep, value: Value): Value | undefined {
  if (value === null || value === 'skip') return config.optional ? null : acceptKind(turn, config, value);
  return acceptKind(turn, config, value);
}

function acceptKind(turn: Turn, config: AskStep, value: Value): Value | undefined {
  const type = typeOf(config);
  switch (type) {
    case 'choice':
      return typeof value === 'string' && config.choices?.includes(value) ? value : undefined;
    case 'yes_no':
      return value === 'yes' ? true : value === 'no' ? false : typeof value === 'boolean' ? value : undefined;
    case 'media':
      return value === true ? true : undefined;
    case 'number':
      return typeof value === 'number' && value >= (config.min ?? -Infinity) && value <= (config.max ?? Infinity) ? value : undefined;
    case 'location':
      return typeof value === 'object' && value !== null ? value : undefined;
    case 'language':
      return turn.env.languages.some(({ tag }) => tag === value) ? value : undefined;
    case 'text':
      return typeof value === 'string' ? value.slice(0, config.max_chars ?? DEFAULT_MAX_CHARS) : undefined;
    default:
      return typeof value === 'string' ? value : undefined;
  }
}
