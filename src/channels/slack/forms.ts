// Opens the forms of the desk and carries out what comes back from them. Called by actions.ts; what they look like is modals.ts's.
import type { StaffHandlers, StaffOutcome } from '../staff-surface.ts';
import { closeForm, FormFor, FORMS, readOutcome, readTransfer, readWay, Submission, transferForm } from './modals.ts';
import { explain, no, TRY_AGAIN, type ActionParts } from './parts.ts';
import type { Sender } from './send.ts';

const NOBODY = 'There is nobody to transfer to: no colleague has an account, and there is no other desk.';
const NO_FORM = 'Slack did not open the form. Nothing was changed; please try again.';

/** The forms of one app. */
export interface Forms {
  askTransfer(trigger: string, staff: string, carried: FormFor): Promise<StaffOutcome>;
  askOutcome(trigger: string, carried: FormFor): Promise<StaffOutcome>;
  /** A form came back. @param isNew whether it comes for the first time */
  submitted(body: unknown, isNew: (id: string) => Promise<boolean>): Promise<void>;
}

/** Makes the forms. */
export function createForms(parts: ActionParts, send: Sender): Forms {
  const { posts } = parts;
  const shown = async (opened: Promise<string | null>): Promise<StaffOutcome> => ((await opened) === null ? { ok: true } : no(NO_FORM));
  return {
    async askTransfer(trigger, staff, carried) {
      const choices = await parts.handlers()?.choices(carried.caseId, staff);
      if (!choices) return no(TRY_AGAIN);
      if (!('open' in choices)) return choices;
      const form = transferForm(carried, choices);
      return form === null ? no(NOBODY) : shown(posts.openForm(trigger, form));
    },
    askOutcome: (trigger, carried) => shown(posts.openForm(trigger, closeForm(carried))),
    async submitted(body, isNew) {
      const submission = Submission.parse(body);
      const { view, user } = submission;
      const carried = FormFor.parse(parseOrNull(view.private_metadata));
      if (!(await isNew(`view:${view.id}`))) return;
      const said = await carryOut(parts, submission, carried, send).catch((error: unknown) => {
        parts.log.error({ channel: 'slack', error }, 'A form of staff could not be carried out.');
        return TRY_AGAIN;
      });
      if (said !== null) await posts.whisper(user.id, { text: said, blocks: [] }, carried.thread);
    },
  };
}

/** Carries out a form; what to tell whoever sent it, null for nothing. */
async function carryOut(parts: ActionParts, submission: Submission, carried: FormFor, send: Sender): Promise<string | null> {
  const { caseId, thread, messageTs } = carried;
  const handlers = parts.handlers();
  if (handlers === null) return TRY_AGAIN;
  const staff = `slack:${submission.user.id}`;
  const tell = (outcome: StaffOutcome): string | null => (outcome.ok ? null : explain(outcome));
  switch (submission.view.callback_id) {
    case FORMS.transfer:
      return tell(await transfer(handlers, submission, caseId, staff));
    case FORMS.close: {
      const outcome = readOutcome(submission);
      return outcome === null ? TRY_AGAIN : tell(await handlers.close(caseId, staff, outcome));
    }
    case FORMS.write: {
      const way = readWay(submission);
      if (way === null || messageTs === undefined) return TRY_AGAIN;
      return send(thread, messageTs, submission.user.id, { text: null, trigger: '', way });
    }
    default:
      return null;
  }
}

async function transfer(handlers: StaffHandlers, submission: Submission, caseId: string, staff: string): Promise<StaffOutcome> {
  const chosen = readTransfer(submission);
  if (chosen === null) return no(TRY_AGAIN);
  return handlers.transfer(caseId, staff, chosen.to, ...(chosen.note === '' ? [] : [chosen.note]));
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
