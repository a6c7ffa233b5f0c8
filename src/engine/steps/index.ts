// All step types by type key: the one registry. A new type is one file in this folder and one line here.
// flow.ts and json-schema.ts read the schemas, compile.ts the types.
import { answer, AnswerStep } from './answer.ts';
import { ask, AskStep } from './ask.ts';
import { branch, BranchStep } from './branch.ts';
import { call, CallStep } from './call.ts';
import { complaint, ComplaintStep } from './complaint.ts';
import { consent, ConsentStep } from './consent.ts';
import { directory, DirectoryStep } from './directory.ts';
import { end, EndStep } from './end.ts';
import { goto, GotoStep } from './goto.ts';
import { handoff, HandoffStep } from './handoff.ts';
import { log, LogStep } from './log.ts';
import { offerPerson, OfferPersonStep } from './offer-person.ts';
import { remind, RemindStep } from './remind.ts';
import { say, SayStep } from './say.ts';
import { set, SetStep } from './set.ts';
import { wait, WaitStep } from './wait.ts';

/** Type key → schema and type, in the order in which messages list them. */
export const STEPS = {
  say: { schema: SayStep, type: say },
  ask: { schema: AskStep, type: ask },
  answer: { schema: AnswerStep, type: answer },
  directory: { schema: DirectoryStep, type: directory },
  branch: { schema: BranchStep, type: branch },
  set: { schema: SetStep, type: set },
  call: { schema: CallStep, type: call },
  goto: { schema: GotoStep, type: goto },
  log: { schema: LogStep, type: log },
  consent: { schema: ConsentStep, type: consent },
  offer_person: { schema: OfferPersonStep, type: offerPerson },
  handoff: { schema: HandoffStep, type: handoff },
  complaint: { schema: ComplaintStep, type: complaint },
  remind: { schema: RemindStep, type: remind },
  wait: { schema: WaitStep, type: wait },
  end: { schema: EndStep, type: end },
};

/** The type key of a step. */
export type StepKind = keyof typeof STEPS;
