// The schemas of all step types by type key, in the order in which messages list them.
// An explicit table: flow.ts and json-schema.ts read it; how a step runs stands in steps/index.ts.
import { AnswerStep } from './answer.ts';
import { AskStep } from './ask.ts';
import { BranchStep } from './branch.ts';
import { CallStep } from './call.ts';
import { ComplaintStep } from './complaint.ts';
import { ConsentStep } from './consent.ts';
import { DirectoryStep } from './directory.ts';
import { EndStep } from './end.ts';
import { GotoStep } from './goto.ts';
import { HandoffStep } from './handoff.ts';
import { LogStep } from './log.ts';
import { OfferPersonStep } from './offer-person.ts';
import { RemindStep } from './remind.ts';
import { SayStep } from './say.ts';
import { SetStep } from './set.ts';
import { WaitStep } from './wait.ts';

/** Type key → schema. */
export const STEP_SCHEMAS = {
  say: SayStep,
  ask: AskStep,
  answer: AnswerStep,
  directory: DirectoryStep,
  branch: BranchStep,
  set: SetStep,
  call: CallStep,
  goto: GotoStep,
  log: LogStep,
  consent: ConsentStep,
  offer_person: OfferPersonStep,
  handoff: HandoffStep,
  complaint: ComplaintStep,
  remind: RemindStep,
  wait: WaitStep,
  end: EndStep,
};

/** The type key of a step. */
export type StepKind = keyof typeof STEP_SCHEMAS;
