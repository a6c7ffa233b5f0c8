// directory: lists places near the person for a topic, or says honestly that there is none and notes the gap.
import { z } from 'zod';
import { TopicCode } from '../../domain/content.ts';
import { Cel, stepSchema, StepRef } from './common.ts';
import type { Place } from '../../domain/content.ts';
import type { Value } from '../../domain/session.ts';
import { readYesNo, YES_NO } from '../dialogues/dialogue.ts';
import type { PlaceQuery } from '../env.ts';
import { handOver } from '../handoff.ts';
import { sayPlaces } from '../places.ts';
import type { CompiledStep, StepType, Turn } from '../program.ts';
import { isServed, offerPrivateLane } from '../private-lane.ts';
import type { Then } from '../then.ts';
import { emit, evaluate, say } from '../turn.ts';
import { waitForStep } from '../waits.ts';

/** Schema of a directory step. */
export const DirectoryStep = stepSchema('directory', {
  directory: z.strictObject({
    topic: TopicCode,
    near: Cel.optional().describe('A locality or location, such as answers.place; default: the locality already known.'),
    limit: z.int().min(1).max(10).default(3),
    open_now: z.boolean().optional(),
    women_only: z.boolean().optional(),
    female_staff: z.boolean().optional(),
    child_friendly: z.boolean().optional(),
  }),
  found: StepRef.optional(),
  not_found: StepRef.optional(),
});
export type DirectoryStep = z.infer<typeof DirectoryStep>;

/**
 * Lists places near the person.
 * @example
 * ```yaml
 * - ask: place
 *   type: locality
 *   optional: true
 * - directory: { topic: EDU.SUP, near: answers.place, limit: 3 }
 * ```
 */
export const directory: StepType<DirectoryStep> = {
  kind: 'directory',
  speaks: () => true,
  waits: false,
  run(turn, step) {
    const { topic } = step.config.directory;
    if (turn.env.topicIsPrivate(topic) && !isServed(turn)) return offerPrivateLane(turn, topic);
    const places: Place[] = turn.env.findPlaces(queryOf(step.config, evaluate(turn, step, 'directory.near'), turn));
    if (places.length === 0) return sayNoService(turn, step, topic);
    sayPlaces(turn, places);
    emit(turn, { type: 'places_shown', places: places.map(({ id }) => id), topic });
    return leave(step, 'found');
  },
  question: {
    expectation: () => ({ kind: 'choice', choices: YES_NO }),
    ask(turn, step) {
      say(turn, 'system:offer_person', YES_NO);
      waitForStep(turn, step, 'offer');
    },
    reply(turn, step, value) {
      const yes = readYesNo(value);
      if (yes === null) return null;
      return yes ? handOver(turn, { priority: 'normal', reason: 'asked', afterwards: leave(step, 'not_found') }) : leave(step, 'not_found');
    },
  },
  outcomes: () => ['found', 'not_found'],
  targets: ({ found, not_found }) => [
    ...(found === undefined ? [] : [{ path: ['found'], to: found }]),
    ...(not_found === undefined ? [] : [{ path: ['not_found'], to: not_found }]),
  ],
  expressions: ({ directory: { near } }) => (near === undefined ? [] : [{ path: ['directory', 'near'], source: near, want: 'value' }]),
  topics: ({ directory: { topic } }) => [{ path: ['directory', 'topic'], code: topic }],
};

function leave(step: CompiledStep<DirectoryStep>, outcome: 'found' | 'not_found'): Then {
  const target = step.config[outcome];
  return target === undefined ? { go: 'next', choice: outcome } : { go: 'to', step: target };
}

function queryOf({ directory: wanted }: DirectoryStep, near: Value | undefined, turn: Turn): PlaceQuery {
  const query: PlaceQuery = {
    topic: wanted.topic,
    locality: typeof near === 'string' ? near : turn.session.facts.locality,
    limit: wanted.limit,
  };
  if (typeof near === 'object' && near !== null) query.near = near;
  if (wanted.open_now !== undefined) query.openNow = wanted.open_now;
  if (wanted.women_only !== undefined) query.womenOnly = wanted.women_only;
  if (wanted.female_staff !== undefined) query.femaleStaff = wanted.female_staff;
  if (wanted.child_friendly !== undefined) query.childFriendly = wanted.child_friendly;
  return query;
}

/** Says honestly that there is none, notes the gap, and offers a person unless the flow knows better. */
function sayNoService(turn: Turn, step: CompiledStep<DirectoryStep>, topic: string): Then {
  const { locality } = turn.session.facts;
  say(
    turn,
    locality === null ? { key: 'system:no_service' } : { key: 'system:no_service', params: { place: { key: `localities:${locality}` } } },
  );
  emit(turn, { type: 'gap', topic, locality });
  emit(turn, { type: 'log', fields: { outcome: 'no_service' } });
  if (step.config.not_found !== undefined) return leave(step, 'not_found');
  directory.question!.ask(turn, step, {});
  return { go: 'wait' };
}
