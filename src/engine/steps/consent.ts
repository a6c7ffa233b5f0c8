// consent: asks for one consent (ok, no, more) and records what was said with which text.
import { z } from 'zod';
import { Params, stepSchema } from './common.ts';
import { keyOf, currentStep, emit, say, stepText } from '../turn.ts';
import type { CompiledStep, StepType, Turn } from '../program.ts';
import type { Choice } from '../../domain/text.ts';
import { waitForStep } from '../waits.ts';
import { paramExpressions } from './common.ts';

/** Schema of a consent step. Texts: `<id>`, `<id>.ok`, `<id>.no`, `<id>.more`, `<id>.more_text`. */
export const ConsentStep = stepSchema('consent', {
  consent: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,40}$/, 'must be a purpose, such as keep_messages')
    .describe('Purpose. keep_messages also sets how long messages are kept. Give the step an id: its texts are under it.'),
  params: Params.optional(),
});
export type ConsentStep = z.infer<typeof ConsentStep>;

const OPTIONS = ['ok', 'no', 'more'] as const;

/**
 * Asks for one consent.
 * @example
 * ```yaml
 * - id: keep
 *   consent: keep_messages
 *   params: { days: '30' }
 * - say: thanks
 * ```
 */
export const consent: StepType<ConsentStep> = {
  kind: 'consent',
  speaks: () => true,
  waits: true,
  run(turn, step) {
    askConsent(turn, step);
    return { go: 'wait' };
  },
  question: {
    expectation: (turn, step) => ({ kind: 'choice', choices: choicesOf(turn, step) }),
    ask: askConsent,
    reply(turn, step, value) {
      if (value === 'more') {
        say(turn, stepText(turn, step, `${step.id}.more_text`));
        askConsent(turn, step);
        return { go: 'wait' };
      }
      if (value !== 'ok' && value !== 'no') return null;
      const { consent: purpose } = step.config;
      const textKey = keyOf(currentStep(turn)?.flow.id ?? '', step.id);
      emit(turn, { type: 'consent_recorded', purpose, given: value === 'ok', textKey });
      if (purpose === 'keep_messages')
        emit(turn, { type: 'keeping_set', keeping: value === 'ok' && !turn.session.facts.private ? 'standard' : 'session' });
      return { go: 'next', choice: value };
    },
  },
  outcomes: () => ['ok', 'no'],
  texts: (_config, id) => ['', '.ok', '.no', '.more', '.more_text'].map((suffix) => ({ path: ['consent'], key: `${id}${suffix}` })),
  expressions: ({ params }) => paramExpressions(params),
};

function choicesOf(turn: Turn, step: CompiledStep<ConsentStep>): Choice[] {
  const flow = currentStep(turn)?.flow.id ?? '';
  return OPTIONS.map((id) => ({ id, label: { key: keyOf(flow, `${step.id}.${id}`) } }));
}

function askConsent(turn: Turn, step: CompiledStep<ConsentStep>): void {
  say(turn, stepText(turn, step, step.id), choicesOf(turn, step));
  waitForStep(turn, step, 'consent');
}
