// Golden tests of the step types: each steps/<type>.yaml holds small flows and what their turns must say and do.
// Also runs the example in the documentation of each step type.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { EngineEnv, TurnInput } from '../../src/engine/env.ts';
import { STEPS } from '../../src/engine/steps/index.ts';
import { SCHOOL_PLACE, testEnv } from './test-env.ts';
import { converse, programOf, type Played } from './test-program.ts';

interface GoldenTurn {
  send?: string;
  open?: boolean;
  timeout?: number;
  media?: boolean;
  location?: { latitude: number; longitude: number };
  says?: string[];
  lines?: unknown[];
  choices?: string[];
  /** Events that are among those of the turn. */
  events?: unknown[];
  /** Types of events that are not. */
  without?: string[];
  answers?: Record<string, unknown>;
  waits?: string | null;
  private?: boolean;
  topic?: string;
  language?: string;
}
interface Golden {
  name: string;
  steps: unknown[];
  other?: unknown[];
  env?: { emergencyNumber?: string; desk?: Partial<EngineEnv['desk']>; place?: Record<string, unknown> };
  turns: GoldenTurn[];
}

const FRAME = { welcome: { steps: [{ say: 'hello' }] }, menu: { steps: [{ ask: 'need', choices: ['a'] }] } };

function envOf({ emergencyNumber, desk, place }: NonNullable<Golden['env']>): Partial<EngineEnv> {
  return {
    ...(emergencyNumber === undefined ? {} : { emergencyNumber: () => emergencyNumber }),
    ...(desk === undefined ? {} : { desk: { ...testEnv().desk, ...desk } }),
    ...(place === undefined ? {} : { findPlaces: () => [{ ...SCHOOL_PLACE, ...place }] }),
  };
}

function inputOf({ send, timeout, media, location }: GoldenTurn): TurnInput {
  if (timeout !== undefined) return { kind: 'timeout', token: timeout };
  if (send === undefined) return { kind: 'opened' };
  return { kind: 'message', text: send, ...(media ? { media } : {}), ...(location ? { location } : {}) };
}

function check(turn: GoldenTurn, { says, choices, facts, session, events }: Played): void {
  if (turn.says) expect(says).toEqual(turn.says);
  if (turn.lines) expect(events.flatMap((event) => (event.type === 'say' ? [event.line] : []))).toEqual(turn.lines);
  if (turn.choices) expect(choices).toEqual(turn.choices);
  for (const event of turn.events ?? []) expect(facts).toContainEqual(event);
  for (const type of turn.without ?? []) expect(facts.map((fact) => fact.type)).not.toContain(type);
  if (turn.answers) expect(session.stack.at(-1)?.answers).toEqual(turn.answers);
  if (turn.waits !== undefined) expect(session.wait?.kind ?? null).toBe(turn.waits);
  if (turn.private !== undefined) expect(session.facts.private).toBe(turn.private);
  if (turn.topic !== undefined) expect(session.facts.topic).toBe(turn.topic);
  if (turn.language !== undefined) expect(session.language).toBe(turn.language);
}

describe.each(Object.keys(STEPS))('step %s', (kind) => {
  const goldens = parse(readFileSync(new URL(`steps/${kind}.yaml`, import.meta.url), 'utf8')) as Golden[];
  it.each(goldens.map((golden) => [golden.name, golden] as const))('%s', (_name, { steps, other, env = {}, turns }) => {
    const known = { ...FRAME, demo: { steps }, ...(other ? { other: { steps: other } } : {}) };
    const { program } = { program: programOf(known, { answers: { has: () => true } }) };
    const chat = converse(program, { flow: 'demo', language: 'es', env: envOf(env) });
    for (const turn of turns) check(turn, chat.take(inputOf(turn)));
  });
});

describe('documentation', () => {
  const sources = readdirSync(new URL('../../src/engine/steps/', import.meta.url)).filter(
    (name) => !['common.ts', 'index.ts'].includes(name),
  );
  it('has one file a step type', () => {
    expect(sources.map((name) => name.replace('.ts', '').replaceAll('-', '_')).sort()).toEqual(Object.keys(STEPS).sort());
  });

  it.each(sources)('the example in %s compiles and runs', (name) => {
    const source = readFileSync(new URL(`../../src/engine/steps/${name}`, import.meta.url), 'utf8');
    const example = /@example\n \* ```yaml\n([\s\S]*?) \* ```/.exec(source)?.[1]?.replaceAll(/^ \* ?/gm, '');
    expect(example).toBeDefined();
    const program = programOf({ ...FRAME, demo: { steps: parse(example!) }, other: { steps: [{ say: 'arrived' }] } });
    const chat = converse(program, { flow: 'demo', language: 'es' });
    for (const text of ['', '1', '1', 'Madrid', '2026-12-01', '12', 'sí', 'ok', 'no']) {
      const { says, facts } = text === '' ? chat.open() : chat.send(text);
      expect(says.length).toBeGreaterThan(0);
      expect(facts.filter(({ type }) => type === 'error')).toEqual([]);
    }
  });
});
