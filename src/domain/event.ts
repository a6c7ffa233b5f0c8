// What a turn of the engine decided, as facts. runtime/apply.ts carries each out; the switch there is exhaustive.
import type { EmergencyKind } from './command.ts';
import type { Keeping, Priority } from './conversation.ts';
import type { PromptAnswer } from './prompt.ts';
import type { Line } from './text.ts';

/** Outcome codes of the request log (F2). */
export type Outcome =
  | 'answered'
  | 'referred'
  | 'handed_over'
  | 'no_service'
  | 'not_understood'
  | 'abandoned'
  | 'emergency'
  | 'stopped'
  | 'denied';

/** Fields a flow may write into the request log. No free text, no name, no status. */
export interface LogFields {
  topic?: string;
  stage?: string;
  locality?: string;
  callerType?: 'migrant' | 'family' | 'employer' | 'provider' | 'other';
  outcome?: Outcome;
  barrier?: string;
  helpful?: boolean;
  rating?: number;
  gender?: 'woman' | 'man' | 'other' | 'prefer_not';
  ageBand?: 'under_18' | '18_24' | '25_39' | '40_59' | '60_plus';
  disability?: boolean;
  sensitive?: boolean;
}

export type EngineEvent =
  /** Something to say. `kind` system goes out under any owner. */
  | { type: 'say'; kind: 'flow' | 'system'; line: Line }
  | { type: 'language_set'; language: string; chosen: boolean }
  | { type: 'log'; fields: LogFields }
  /** An answer was shown; `flow` is the flow that showed it. */
  | { type: 'answer_shown'; entry: string; topic: string }
  | { type: 'places_shown'; places: string[]; topic: string }
  /** A question or need that found nothing (SR16). */
  /** What was written is a question, and nothing was found. */
  | { type: 'unanswered' }
  | { type: 'gap'; topic: string | null; locality: string | null }
  | { type: 'consent_recorded'; purpose: string; given: boolean; textKey: string }
  /** A question of people's work was answered. */
  | { type: 'prompt_answered'; answer: PromptAnswer }
  /** Consent to the referral `about` was asked for, and something else was written or asked before an answer came. */
  | { type: 'consent_unanswered'; about: string }
  /** Nothing may be shared with other organisations any more. */
  | { type: 'consent_withdrawn' }
  | { type: 'keeping_set'; keeping: Keeping }
  /** A person is wanted: becomes a case. */
  | {
      type: 'handoff';
      priority: Priority;
      topic: string | null;
      reason: 'asked' | 'flow' | 'misunderstood' | 'private' | 'deadline' | 'child' | 'fault' | 'media' | 'emergency';
      private: boolean;
      callback: boolean;
      responderGender?: 'woman' | 'man' | 'any';
    }
  | {
      type: 'complaint_filed';
      number: string;
      about: string;
      text: string | null;
      place: string | null;
      wantsContact: boolean;
      private: boolean;
    }
  | { type: 'remind'; atMs: number; line: Line }
  | { type: 'timer_set'; token: number; seconds: number }
  | { type: 'stopped' }
  | { type: 'started' }
  | { type: 'erase_confirmed' }
  | { type: 'left_queue' }
  /** MENU while waiting in the queue: the flow answers again, the ticket stays. */
  | { type: 'menu_opened' }
  | { type: 'emergency'; kind: EmergencyKind }
  | { type: 'session_ended'; outcome: Outcome | null }
  /** A fault in flow or content: a safe line was said, staff must hear of it. */
  | { type: 'error'; code: string; flow: string; step: string };
