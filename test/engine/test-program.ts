// Builds programs for the engine's tests from YAML, and plays turns against them.
import { expect } from 'vitest';
import { parse } from 'yaml';
import type { EngineEvent } from '../../src/domain/event.ts';
import type { Session } from '../../src/domain/session.ts';
import type { Line } from '../../src/domain/text.ts';
import { compileFlows, type FlowProblem } from '../../src/engine/compile.ts';
import { takeTurn } from '../../src/engine/engine.ts';
import type { EngineEnv, TurnInput } from '../../src/engine/env.ts';
import { Flow } from '../../src/engine/flow.ts';
import { newSession } from '../../src/engine/new-session.ts';
import type { Program } from '../../src/engine/program.ts';
import { testEnv } from './test-env.ts';

/** A small hotline: welcome, menu, two flows, a complaint, a private flow and a sub-flow. */
export const HOTLINE = `
welcome:
  steps:
    - say: system:limits
    - answer: pending
    - id: keep
      consent: keep_messages
      params: { days: '30' }
    - goto: menu
menu:
  steps:
    - ask: need
      choices: [school, work, private, person]
      store: false
      next: { school: to_school, work: to_work, private: to_private, person: to_person }
    - { id: to_school, goto: school }
    - { id: to_work, goto: work }
    - { id: to_private, goto: private }
    - { id: to_person, handoff: { reason: asked } }
school:
  topic: EDU.ENR
  triggers: { keywords: true, menu: menu }
  steps:
    - ask: age
      choices: [early, primary, secondary]
    - ask: place
      type: locality
      optional: true
    - answer: Q04
    - directory: { topic: EDU.ENR, near: answers.place }
    - call: helpful
work:
  topic: WRK.WAG
  triggers: { keywords: true, menu: menu }
  steps:
    - ask: weeks
      type: number
      min: 0
      max: 500
      timeout: { seconds: 3600, next: still_there }
    - branch: [{ if: answers.weeks > 12, to: long }, { to: short }]
    - id: long
      say: long
      next: proof
    - say: short
    - say: proof
      next: end
    - say: still_there
private:
  topic: SAF
  private: true
  triggers: { keywords: true }
  steps:
    - ask: safe
      type: yes_no
      store: false
    - say: private_words
complaint:
  topic: FBK.SVC
  steps:
    - ask: about
      choices: [service, staff]
    - ask: text
      type: text
      optional: true
    - ask: contact
      type: yes_no
    - complaint: {}
helpful:
  steps:
    - ask: system:helped
      choices: ['yes', 'no', person]
      store: false
      next: { 'yes': it_helped, 'no': it_did_not, person: to_person }
    - id: it_helped
      log: { helpful: true, outcome: answered }
      next: end
    - id: it_did_not
      offer_person: {}
      next: end
    - id: to_person
      handoff: {}
`;

const CONTENT = {
  release: 7,
  entryFlow: 'welcome',
  menuFlow: 'menu',
  timezone: 'Europe/Madrid',
  complaintAnswerDays: 15,
  sensitiveAnswerDays: 3,
  texts: () => true,
  topics: { has: () => true },
  answers: { has: () => true },
};

/** Parses and compiles flows given as one YAML mapping of id → flow. Positions are paths. */
export function compileYaml(
  yaml: string | Record<string, unknown>,
  own: Partial<typeof CONTENT> = {},
): { program: Program; problems: FlowProblem[] } {
  const flows = (typeof yaml === 'string' ? parse(yaml) : yaml) as Record<string, unknown>;
  const sources = Object.entries(flows).map(([id, flow]) => ({
    id,
    flow: Flow.parse(flow),
    at: (path: readonly (string | number)[]) => ({ file: `${id}:${path.join('.')}`, line: 1, column: 1 }),
  }));
  return compileFlows(sources, { ...CONTENT, ...own });
}

/** A program that must be without problems. */
export function programOf(yaml: string | Record<string, unknown>, own: Partial<typeof CONTENT> = {}): Program {
  const { program, problems } = compileYaml(yaml, own);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return program;
}

/** What a line says, by its text's key or its literal words. */
export function nameOf(line: Line): string {
  return 'literal' in line.text ? line.text.literal : line.text.key;
}

/** One played turn. */
export interface Played {
  session: Session;
  events: EngineEvent[];
  says: string[];
  /** Ids of the choices under the last line that has any. */
  choices: string[];
  /** Events other than say. */
  facts: EngineEvent[];
}

/** A conversation with the engine: each call is one turn in the same session. */
export function converse(
  program: Program,
  options: { env?: Partial<EngineEnv>; flow?: string; language?: string; session?: Session | null } = {},
) {
  let session: Session | null =
    options.session !== undefined
      ? options.session
      : options.flow === undefined && options.language === undefined
        ? null
        : newSession(program, {
            now: testEnv(options.env).now,
            ...(options.flow ? { flow: options.flow } : {}),
            language: options.language ?? 'es',
          });
  function take(input: TurnInput, own: Partial<EngineEnv> = {}): Played {
    const before = JSON.stringify(session);
    const result = takeTurn(program, session, input, testEnv({ ...options.env, ...own }));
    expect(JSON.stringify(session), 'the old session is never changed').toBe(before);
    expect(JSON.parse(JSON.stringify(result.session))).toStrictEqual(result.session);
    session = result.session;
    const lines = result.events.flatMap((event) => (event.type === 'say' ? [event.line] : []));
    return {
      ...result,
      says: lines.map(nameOf),
      choices: (lines.findLast(({ choices }) => choices !== undefined)?.choices ?? []).map(({ id }) => id),
      facts: result.events.filter(({ type }) => type !== 'say'),
    };
  }
  return {
    take,
    send: (text: string, own: Partial<EngineEnv> = {}) => take({ kind: 'message', text }, own),
    open: (own: Partial<EngineEnv> = {}) => take({ kind: 'opened' }, own),
    session: () => session!,
  };
}
