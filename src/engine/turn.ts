// The small verbs that everything in the engine uses on a turn: say, emit, look at the running step, evaluate.
// A turn is made by engine.ts for each input; its shape stands in program.ts.
import type { EngineEvent } from '../domain/event.ts';
import type { Frame, Session, Value } from '../domain/session.ts';
import type { Choice, Line, Text, TextRef } from '../domain/text.ts';
import type { Scope } from './expression.ts';
import { localTime } from '../util/local-time.ts';
import type { CompiledFlow, CompiledStep, Turn } from './program.ts';

/** Says a text, with choices if any. */
export function say(turn: Pick<Turn, 'events'>, text: Text | string, choices?: Choice[], kind: 'flow' | 'system' = 'flow'): void {
  const line: Line = { text: typeof text === 'string' ? { key: text } : text };
  if (choices && choices.length > 0) line.choices = choices;
  turn.events.push({ type: 'say', kind, line });
}

/** Emits a fact. */
export function emit(turn: Turn, event: EngineEvent): void {
  turn.events.push(event);
}

/** Whether anything was said in this turn. */
export function hasSpoken(turn: Turn): boolean {
  return turn.events.some((event) => event.type === 'say');
}

/** Sets a fact, making it the turn's own copy. */
export function setFacts(turn: Turn, facts: Partial<Session['facts']>): void {
  turn.session.facts = { ...turn.session.facts, ...facts };
}

/** The innermost frame, if a flow runs. */
export function topFrame(turn: Turn): Frame | undefined {
  return turn.session.stack.at(-1);
}

/** Changes the innermost frame. Frames are replaced, never changed in place: history keeps the old ones. */
export function changeFrame(turn: Turn, change: Partial<Frame>): void {
  const frame = topFrame(turn);
  if (frame) turn.session.stack = [...turn.session.stack.slice(0, -1), { ...frame, ...change }];
}

/** Keeps a value among the answers of the running flow. */
export function setAnswer(turn: Turn, name: string, value: Value): void {
  const frame = topFrame(turn);
  if (frame) changeFrame(turn, { answers: { ...frame.answers, [name]: value } });
}

/** The running flow and its current step, or null when the program no longer has them. */
export function currentStep(turn: Turn): { flow: CompiledFlow; step: CompiledStep } | null {
  const frame = topFrame(turn);
  const flow = frame && turn.program.flows.get(frame.flow);
  const step = flow?.steps[flow.indexOf.get(frame!.step) ?? -1];
  return flow && step ? { flow, step } : null;
}

/** Whether the entry flow is still to begin: limits and consent have not been told. Its frame then stands at no step. */
export function isUnbegun(session: Session): boolean {
  return session.stack.length === 1 && session.stack[0]!.step === '';
}

/** Whether the entry flow is running: what this line is and is not, and consent, are being told. */
export function isInEntryFlow({ session, program }: Turn): boolean {
  return session.stack.length === 1 && session.stack[0]!.flow === program.entryFlow && !isUnbegun(session);
}

/** Evaluates one expression of a step. Absent expressions give undefined. */
export function evaluate(turn: Turn, step: CompiledStep, path: string): Value | undefined {
  const expression = step.expressions.get(path);
  return expression?.evaluate(scopeOf(turn));
}

/** Whether a condition of a step holds; an absent one does. */
export function holds(turn: Turn, step: CompiledStep, path: string): boolean {
  const value = evaluate(turn, step, path);
  return value === undefined || value === true;
}

/** Value of an expression as text, for steps that need one. */
export function evaluateText(turn: Turn, step: CompiledStep, path: string): string | null {
  const value = evaluate(turn, step, path);
  return value === undefined || value === null || typeof value === 'object' ? null : String(value);
}

function scopeOf(turn: Turn): Scope {
  const { session, env, program } = turn;
  const frame = topFrame(turn);
  const known = frame && program.flows.get(frame.flow)?.answers;
  const answers: Record<string, Value> = {};
  if (known) for (const name of known.keys()) answers[name] = frame.answers[name] ?? null;
  const { locality, topic, private: isPrivate } = session.facts;
  return {
    answers,
    facts: { locality, topic, private: isPrivate },
    channel: env.channel,
    language: session.language ?? '',
    get desk() {
      return { open: env.desk.open, staffed: env.desk.staffed };
    },
    get hour() {
      return BigInt(localTime(env.now, program.timezone).time.slice(0, 2));
    },
    get today() {
      return localTime(env.now, program.timezone).date;
    },
  };
}

/** A full text key: keys without a namespace belong to the flow. */
export function keyOf(flow: string, key: string): string {
  return key.includes(':') ? key : `${flow}:${key}`;
}

/** A text of a step with its `params` worked out. Answers by choice, yes or no and places are shown in the person's language. */
export function stepText(turn: Turn, step: CompiledStep, key: string): TextRef {
  const found = currentStep(turn);
  const text: TextRef = { key: keyOf(found?.flow.id ?? '', key) };
  for (const path of step.expressions.keys()) {
    if (!path.startsWith('params.')) continue;
    text.params ??= {};
    text.params[path.slice('params.'.length)] = showValue(turn, step, path, found?.flow);
  }
  return text;
}

function showValue(turn: Turn, step: CompiledStep, path: string, flow: CompiledFlow | undefined): string | number | TextRef {
  const expression = step.expressions.get(path)!;
  const value = evaluate(turn, step, path) ?? null;
  const kind = expression.only === null ? undefined : flow?.answers.get(expression.only);
  if (value === null) return '';
  if (typeof value === 'boolean') return { key: value ? 'system:yes' : 'system:no' };
  if (typeof value === 'object') return `${value.latitude}, ${value.longitude}`;
  if (kind?.type === 'choice') return { key: keyOf(flow!.id, `${kind.textKey}.${value}`) };
  if (kind?.type === 'locality' || expression.source.trim() === 'facts.locality') return { key: `localities:${value}` };
  return value;
}
