// answer: shows one reviewed FAQ entry, or searches the entries with the person's own words.
import { z } from 'zod';
import { Cel, stepSchema, StepRef } from './common.ts';
import { pickedEntry, sayNoAnswer, searchAnswers, showAnswer, titleChoices } from '../answers.ts';
import { readYesNo, YES_NO } from '../dialogues/dialogue.ts';
import type { AnswerSearch } from '../env.ts';
import { countWords } from '../first-language.ts';
import { handOver } from '../handoff.ts';
import type { CompiledStep, StepType, Turn, WaitData } from '../program.ts';
import type { Then } from '../then.ts';
import { isPrivate } from '../private-lane.ts';
import { evaluateText, say } from '../turn.ts';
import { waitForStep } from '../waits.ts';

/** Schema of an answer step. */
export const AnswerStep = stepSchema('answer', {
  answer: z
    .union(
      [
        z.literal('pending'),
        z.string().regex(/^[A-Z][A-Za-z0-9_]{1,30}$/, 'must be the id of an entry (Q04), { search: answers.question }, or pending'),
        z.strictObject({ search: Cel.describe('Expression that gives the question, such as answers.q') }),
      ],
      { error: 'answer must be the id of an entry (Q04), { search: answers.question }, or pending' },
    )
    .describe('Id of an entry | { search: answers.q } | pending (the message held from before the welcome).'),
  found: StepRef.optional(),
  not_found: StepRef.optional(),
});
export type AnswerStep = z.infer<typeof AnswerStep>;

/**
 * Shows an answer.
 * @example
 * ```yaml
 * - answer: Q04
 *   not_found: say_sorry
 * - ask: question
 *   type: text
 * - answer: { search: answers.question }
 * - say: say_sorry
 * ```
 */
export const answer: StepType<AnswerStep> = {
  kind: 'answer',
  speaks: ({ answer: what }) => what !== 'pending' && typeof what === 'string',
  waits: false,
  run(turn, step) {
    const { answer: what } = step.config;
    if (what === 'pending') return answerPending(turn, step);
    if (typeof what === 'object') return answerSearch(turn, step, evaluateText(turn, step, 'answer.search'));
    const entry = turn.env.localAnswer(what, turn.session.facts.locality);
    return showFound(turn, step, entry ? { kind: 'answer', entry, score: 1 } : { kind: 'none' });
  },
  question: {
    expectation: (_turn, _step, data) => ({
      kind: 'choice',
      choices: data['entries'] === undefined ? YES_NO : titleChoices(data['entries']),
    }),
    ask(turn, step, data) {
      if (data['entries'] === undefined) say(turn, 'system:offer_person', YES_NO);
      else say(turn, 'system:is_it_about', titleChoices(data['entries']));
      waitForStep(turn, step, data['entries'] === undefined ? 'offer' : 'pick', data);
    },
    reply(turn, step, value, data) {
      if (data['entries'] === undefined) {
        const yes = readYesNo(value);
        if (yes === null) return null;
        return yes
          ? handOver(turn, { priority: 'normal', reason: 'asked', afterwards: leave(step, 'not_found') })
          : leave(step, 'not_found');
      }
      const entry = pickedEntry(turn, value, data['entries']);
      if (entry === undefined) return null;
      return showFound(turn, step, entry ? { kind: 'answer', entry, score: 1 } : { kind: 'none' });
    },
  },
  outcomes: () => ['found', 'not_found'],
  targets: ({ found, not_found }) => [
    ...(found === undefined ? [] : [{ path: ['found'], to: found }]),
    ...(not_found === undefined ? [] : [{ path: ['not_found'], to: not_found }]),
  ],
  expressions: ({ answer: what }) => (typeof what === 'object' ? [{ path: ['answer', 'search'], source: what.search, want: 'value' }] : []),
  entries: ({ answer: what }) => (typeof what === 'string' && what !== 'pending' ? [{ path: ['answer'], entry: what }] : []),
};

function leave(step: CompiledStep<AnswerStep>, outcome: 'found' | 'not_found'): Then {
  const target = step.config[outcome];
  return target === undefined ? { go: 'next', choice: outcome } : { go: 'to', step: target };
}

/** Three outcomes: the answer, a choice of titles, or an honest no with the offer of a person. */
function showFound(turn: Turn, step: CompiledStep<AnswerStep>, found: AnswerSearch): Then {
  if (found.kind === 'answer') return showAnswer(turn, found.entry) === 'private' ? { go: 'done' } : leave(step, 'found');
  if (found.kind === 'choose') return askAt(turn, step, { entries: found.entries.map(({ id }) => id) });
  sayNoAnswer(turn, turn.session.facts.topic);
  return step.config.not_found === undefined ? askAt(turn, step, {}) : leave(step, 'not_found');
}

function askAt(turn: Turn, step: CompiledStep<AnswerStep>, data: WaitData): Then {
  answer.question!.ask(turn, step, data);
  return { go: 'wait' };
}

function answerSearch(turn: Turn, step: CompiledStep<AnswerStep>, question: string | null): Then {
  return question === null || question.trim() === '' ? leave(step, 'not_found') : showFound(turn, step, searchAnswers(turn, question));
}

/** Words that make a first message a question rather than a greeting or a keyword. */
const QUESTION_WORDS = 3;

/**
 * The message held from before the welcome. A keyword stays held: its flow begins after the welcome.
 * What is too short to be a question, such as a greeting, is passed over in silence.
 */
function answerPending(turn: Turn, step: CompiledStep<AnswerStep>): Then {
  const { session, env } = turn;
  const text = session.pending;
  if (text === null) return leave(step, 'not_found');
  const heard = env.understand({ text }, { kind: 'none' }, session.language);
  const keyword = heard.kind === 'keyword' ? turn.program.flows.get(heard.flow) : undefined;
  if (keyword && isPrivate(turn, keyword)) {
    session.pending = null;
    return { go: 'goto', flow: keyword.id }; // Nothing else is asked first.
  }
  const words = countWords(text);
  if (keyword && words < QUESTION_WORDS) return leave(step, 'not_found');
  const found = searchAnswers(turn, text);
  if (keyword && found.kind !== 'answer') return leave(step, 'not_found');
  session.pending = null;
  if (found.kind !== 'none') return showFound(turn, step, found);
  if (words < QUESTION_WORDS || env.guessLanguage(text).basis === 'certain') return leave(step, 'not_found');
  sayNoAnswer(turn, null);
  return leave(step, 'not_found');
}
