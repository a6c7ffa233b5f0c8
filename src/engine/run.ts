// The step loop: carries out what is to happen next until a question is asked or nothing is left.
// Called by engine.ts. At most 100 steps a turn and ten flows deep; beyond that it is a fault, met in engine.ts.
import { AppError } from '../domain/errors.ts';
import { tellAlert } from './alert.ts';
import { isPrivate, isServed, markPrivate, offerPrivateLane } from './private-lane.ts';
import type { CompiledFlow, CompiledStep } from './program.ts';
import { rememberStep } from './history.ts';
import type { Next } from './steps/common.ts';
import type { Then } from './then.ts';
import { changeFrame, currentStep, emit, hasSpoken, holds, isUnbegun, say, setFacts } from './turn.ts';
import type { Turn } from './program.ts';
import { baseWait } from './waits.ts';

/** Steps a turn may run. */
const MAX_STEPS = 100;
/** Flows that may call each other. */
export const MAX_DEPTH = 10;

type Move = Then | { go: 'at'; index: number };

/**
 * Carries out what is to happen next.
 * @returns a text that is to be read as if it had just been sent, or null
 * @throws AppError engine.turn_too_long, engine.call_too_deep, engine.condition_failed
 */
export function carryOut(turn: Turn, first: Then): string | null {
  let move: Move = first;
  for (;;) {
    switch (move.go) {
      case 'wait':
      case 'done':
        return null;
      case 'read':
        return move.text;
      case 'at':
        move = enterStep(turn, move.index);
        break;
      case 'next':
        move = followNext(turn, move.choice);
        break;
      case 'to':
        move = { go: 'at', index: indexOf(turn, move.step) };
        break;
      case 'call':
        move = enterFlow(turn, move.flow, 'call');
        break;
      case 'goto':
        if (move.back) rememberStep(turn);
        move = enterFlow(turn, move.flow, 'goto', move.step);
        break;
      case 'end':
        move = endFlow(turn, move);
        break;
      case 'repeat':
        move = askAgain(turn);
        break;
    }
  }
}

/** Runs the step at an index of the running flow; beyond the last one the flow is over. */
function enterStep(turn: Turn, index: number): Move {
  const flow = runningFlow(turn);
  const step = flow?.steps[index];
  if (!flow) return { go: 'goto', flow: turn.program.menuFlow };
  if (!step) return leaveFlow(turn);
  turn.steps += 1;
  if (turn.steps > MAX_STEPS) throw new AppError('engine.turn_too_long', `A turn ran more than ${MAX_STEPS} steps.`);
  turn.session.wait = null;
  changeFrame(turn, { step: step.id });
  if (!holds(turn, step, 'when')) return { go: 'next' };
  return step.type.run(turn, step);
}

function runningFlow(turn: Turn): CompiledFlow | undefined {
  return turn.program.flows.get(turn.session.stack.at(-1)?.flow ?? '');
}

function indexOf(turn: Turn, ref: string): number {
  const flow = runningFlow(turn);
  return flow?.indexOf.get(ref) ?? flow?.steps.length ?? 0;
}

/** Where a step's `next` leads; without one, to the following step. */
function followNext(turn: Turn, choice: string | undefined): Move {
  const found = currentStep(turn);
  if (!found) return { go: 'goto', flow: turn.program.menuFlow };
  const target = pickTarget(turn, found.step, found.step.config.next, choice);
  return { go: 'at', index: target === null ? found.step.index + 1 : indexOf(turn, target) };
}

function pickTarget(turn: Turn, step: CompiledStep, next: Next | undefined, choice: string | undefined): string | null {
  if (next === undefined) return null;
  if (typeof next === 'string') return next;
  if (Array.isArray(next)) return next.find((_, i) => holds(turn, step, `next.${i}.if`))?.to ?? null;
  if (choice !== undefined && Object.hasOwn(next, choice)) return next[choice]!;
  return Object.hasOwn(next, 'default') ? next['default']! : null;
}

/** Begins a flow, called or instead of everything that runs. The private lane has a gate. */
function enterFlow(turn: Turn, id: string, how: 'call' | 'goto', step?: string): Move {
  const { session, program } = turn;
  const flow = program.flows.get(heldKeyword(turn, id) ?? id);
  if (!flow) throw new AppError('engine.condition_failed', 'A flow that is to begin does not exist.');
  if (how === 'call' && session.stack.length >= MAX_DEPTH)
    throw new AppError('engine.call_too_deep', `More than ${MAX_DEPTH} flows call each other.`);
  if (isPrivate(turn, flow)) {
    if (!isServed(turn)) return offerPrivateLane(turn, flow.topic);
    markPrivate(turn, flow.topic);
  } else if (flow.topic !== null) {
    setFacts(turn, { topic: flow.topic });
    emit(turn, { type: 'log', fields: { topic: flow.topic } });
  }
  if (step === undefined) tellAlert(turn, flow.id);
  const frame = { flow: flow.id, step: flow.steps[0]!.id, answers: {} };
  session.stack = how === 'call' ? [...session.stack, frame] : [frame];
  session.wait = null;
  return { go: 'at', index: step === undefined ? 0 : indexOf(turn, step) };
}

/** At the menu, a first message that was a keyword is due: its flow begins instead. */
function heldKeyword(turn: Turn, id: string): string | null {
  const { session, program, env } = turn;
  if (id !== program.menuFlow || session.pending === null) return null;
  const heard = env.understand({ text: session.pending }, { kind: 'none' }, session.language);
  session.pending = null;
  return heard.kind === 'keyword' && program.flows.has(heard.flow) ? heard.flow : null;
}

/** After the last step: back to the caller, or the end. */
function leaveFlow(turn: Turn): Move {
  const { session } = turn;
  if (session.stack.length <= 1) return { go: 'end', outcome: null, silent: false };
  session.stack = session.stack.slice(0, -1);
  return { go: 'next' };
}

function endFlow(turn: Turn, { outcome, silent }: Extract<Then, { go: 'end' }>): Move {
  turn.session.stack = [];
  turn.session.wait = null;
  emit(turn, { type: 'session_ended', outcome });
  if (!silent || !hasSpoken(turn)) say(turn, 'system:menu_hint');
  return { go: 'done' };
}

/** Puts the question again that waits beneath any dialogue; begins what has not begun; else hints at the menu. */
function askAgain(turn: Turn): Move {
  const { session } = turn;
  const wait = baseWait(session);
  session.wait = wait;
  if (wait === null) {
    if (isUnbegun(session)) return { go: 'goto', flow: session.stack[0]!.flow };
    if (turn.env.owner === 'flow' || turn.env.owner === 'closed') say(turn, 'system:menu_hint');
    return { go: 'done' };
  }
  const found = currentStep(turn);
  if (!found) return { go: 'goto', flow: turn.program.menuFlow };
  const { menu: _, ...data } = wait.data ?? {};
  if (found.step.type.question) found.step.type.question.ask(turn, found.step, data);
  else return found.step.type.run(turn, found.step);
  return { go: 'wait' };
}

/** The step that a timed-out wait leads to, or null when the timer is stale. */
export function timeOut(turn: Turn, token: number): Then | null {
  const wait = turn.session.wait;
  const found = currentStep(turn);
  if (wait?.token !== token || typeof wait.data?.['dialogue'] === 'string' || !found) return null;
  if (found.step.kind === 'wait') return { go: 'next' };
  const { timeout } = found.step.config;
  return timeout ? { go: 'to', step: timeout.next } : null;
}

/** For a frame at no known place (a step that a newer release dropped): whether the stack still fits the program. */
export function standsSomewhere(turn: Turn): boolean {
  const { session, program } = turn;
  if (isUnbegun(session)) return program.flows.has(session.stack[0]!.flow);
  return session.stack.every(({ flow, step }) => program.flows.get(flow)?.indexOf.has(step) === true);
}
