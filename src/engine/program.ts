// The shapes that the engine's parts share: a compiled program, a step type, a turn in the making.
// Types only. A program is made once per release by compile.ts and never changed; a turn lives for one input.
import type { EngineEvent } from '../domain/event.ts';
import type { Session, Value } from '../domain/session.ts';
import type { EngineEnv, Expectation, TurnInput } from './env.ts';
import type { Expression } from './expression.ts';
import type { StepConfig } from './steps/common.ts';
import type { Then } from './then.ts';

export interface Program {
  /** Number of the release that the flows belong to. */
  readonly release: number;
  readonly entryFlow: string;
  readonly menuFlow: string;
  /** IANA time zone of the hotline, for `hour` and `today` in expressions. */
  readonly timezone: string;
  readonly complaintAnswerDays: number;
  /** The same for complaints about staff, or about money or sex. */
  readonly sensitiveAnswerDays: number;
  readonly flows: ReadonlyMap<string, CompiledFlow>;
}

export interface CompiledFlow {
  readonly id: string;
  readonly topic: string | null;
  readonly private: boolean;
  readonly keywords: boolean;
  /** The menu flow that shows it, as the file says. */
  readonly menu: string | null;
  readonly steps: readonly CompiledStep[];
  readonly indexOf: ReadonlyMap<string, number>;
  readonly answers: ReadonlyMap<string, AnswerKind>;
}

export interface CompiledStep<C extends StepConfig = StepConfig> {
  readonly id: string;
  readonly index: number;
  readonly kind: string;
  readonly config: C;
  readonly type: StepType<C>;
  /** Compiled expressions by their path in the step: `when`, `next.0.if`, `params.days`. */
  readonly expressions: ReadonlyMap<string, Expression>;
}

/** What kind of answer a name holds: for showing it in a text, and for its type in expressions. */
export type AnswerKind =
  | { type: 'choice'; textKey: string; choices: readonly string[] }
  | { type: 'yes_no' | 'text' | 'number' | 'date' | 'phone' | 'email' | 'locality' | 'location' | 'language' | 'media' }
  | { type: 'computed'; source: string };

/** Place of something within a step, as in the file. */
export type StepPath = readonly (string | number)[];

/** Extra data of a wait; plain JSON. */
export type WaitData = Record<string, unknown>;

/** One step type: how it runs, and what the checks must know of it. One file a type in steps/. */
export interface StepType<C extends StepConfig = StepConfig> {
  readonly kind: string;
  run(turn: Turn, step: CompiledStep<C>): Then;
  readonly question?: Question<C>;
  /** Whether the person always hears something here. */
  speaks(config: C): boolean;
  /** Whether a turn always ends here. */
  readonly waits: boolean;
  /** Where control may go besides `next`. */
  targets?(config: C): { path: StepPath; to: string }[];
  /** False where control never goes on along `next` or to the following step. */
  readonly continues?: boolean;
  /** Keys allowed in a `next` map, besides `default`. */
  outcomes?(config: C): readonly string[];
  expressions?(config: C): { path: StepPath; source: string; want: 'bool' | 'value' }[];
  /** Text keys, relative to the flow; `id` is the step's id. */
  texts?(config: C, id: string): { path: StepPath; key: string }[];
  flows?(config: C): { path: StepPath; flow: string; how: 'call' | 'goto' }[];
  answers?(config: C): { path: StepPath; name: string; kind: AnswerKind }[];
  topics?(config: C): { path: StepPath; code: string }[];
  /** Entries of the FAQ that it names. */
  entries?(config: C): { path: StepPath; entry: string }[];
}

/** A question that a step may put, once or again. */
export interface Question<C extends StepConfig = StepConfig> {
  expectation(turn: Turn, step: CompiledStep<C>, data: WaitData): Expectation;
  /** Says the question and sets the wait. Called again for "I am safe", a change of language and the like. */
  ask(turn: Turn, step: CompiledStep<C>, data: WaitData): void;
  /** @returns null when the value is no valid reply. */
  reply(turn: Turn, step: CompiledStep<C>, value: Value, data: WaitData): Then | null;
  /** Choices that a typed question accepts as well, such as "prefer not to say". */
  extraChoices?(step: CompiledStep<C>): Extract<Expectation, { kind: 'choice' }> | null;
  /** Text said instead of "I did not understand". */
  tryAgain?(step: CompiledStep<C>): string | null;
}

/** A turn in the making. The session is the turn's own draft, so that a fault leaves the old one whole. */
export interface Turn {
  readonly program: Program;
  readonly env: EngineEnv;
  readonly input: TurnInput;
  readonly session: Session;
  readonly events: EngineEvent[];
  /** Steps run in this turn; at most 100. */
  steps: number;
  /** Further replies that came with the message, to the questions that follow. */
  rest: string[];
  /** True when all lines are system lines: the flow does not own the conversation, or a person takes over in this turn. */
  system: boolean;
}
