// Sends a message of staff to the person, once, as it stands now, and says what became of it. Called by actions.ts and forms.ts.
// The only way in Slack by which words reach a person: a button or a shortcut was pressed.
import type { OtherWay, StaffHandlers, StaffOutcome } from '../staff-surface.ts';
import { sentNote } from './blocks.ts';
import { writeForm } from './modals.ts';
import { explain, no, PRIVATE, TRY_AGAIN, type ActionParts } from './parts.ts';
import { toPlainText } from './text.ts';

const MENTION = 'Your message mentions a colleague or a channel, so it was not sent. Write it again without the mention.';
const NO_TEXT = 'Only text can be sent to the person. Nothing was sent.';
const NO_CASE = 'This message is not in the thread of a case. Nothing was sent.';
const ALREADY = 'This message has already been sent to the person.';
const SENT = 'Sent to the person.';
const KEPT = 'Kept: it is sent when the person writes.';
const CHOOSE = 'WhatsApp takes no text just now. Nothing was sent yet: choose in the form how to go on.';
const GONE = 'This message is no longer there, or it is not yours. Nothing was sent.';

/** A message whose sending was taken back may be sent anew, so often. */
const MOST_ANEW = 20;
/** How many sent messages are remembered, against a second press; the runtime remembers for good. */
const MAX_REMEMBERED = 1000;

/** `text` null: the writer's own message as it stands now. `trigger`: with which a form can be opened. */
export interface Sending {
  text: string | null;
  trigger: string;
  way?: OtherWay;
}

/** Resolves to what became of it, for whoever pressed. `messageTs` null: the message was not of staff. */
export type Sender = (threadTs: string | null, messageTs: string | null, userId: string, sending: Sending) => Promise<string | null>;

type Attempt = StaffOutcome & { caseId?: string };

/** Makes the sender. */
export function createSender(parts: ActionParts): Sender {
  const sent = new Set<string>();

  async function attempt(threadTs: string, messageTs: string, userId: string, { text, way }: Sending): Promise<Attempt> {
    const handlers = parts.handlers();
    if (handlers === null) return no(TRY_AGAIN);
    const found = await handlers.caseOfThread(`${parts.channel}:${threadTs}`);
    if (found === null) return no(NO_CASE);
    if (found.private) return no(PRIVATE);
    const markup = text ?? (await readText(parts, threadTs, messageTs, userId, way !== undefined));
    if (markup === null) return no(GONE);
    const words = toPlainText(markup);
    if (words === null) return no(MENTION);
    if (words === '') return no(NO_TEXT);
    for (let time = 1; ; time += 1) {
      // Whoever chooses anew after it was taken back sends another message; of two at once both come to the same id.
      const id = `${parts.channel}:${messageTs}${time === 1 ? '' : `#${time}`}`;
      const outcome = await handlers.sendToPerson(found.caseId, words, `slack:${userId}`, id, ...(way ? [way] : []));
      if (outcome.ok || outcome.code !== 'cancelled' || time === MOST_ANEW) return { ...outcome, caseId: found.caseId };
    }
  }

  return async (threadTs, messageTs, userId, sending) => {
    if (threadTs === null || messageTs === null) return NO_CASE;
    if (sent.has(messageTs)) return ALREADY;
    remember(sent, messageTs);
    const outcome = await attempt(threadTs, messageTs, userId, sending).catch((error: unknown): Attempt => {
      parts.log.error({ channel: 'slack', error }, 'A message of staff could not be sent to the person.');
      return no(TRY_AGAIN);
    });
    if (!outcome.ok) {
      sent.delete(messageTs);
      const { caseId } = outcome;
      const form = outcome.code === 'window' && caseId !== undefined && { caseId, thread: threadTs, messageTs };
      return form && (await askHow(parts, sending.trigger, userId, form)) ? CHOOSE : explain(outcome);
    }
    if (sending.way?.how === 'when_they_write') {
      // It may be taken back; whether it was is known to the runtime.
      sent.delete(messageTs);
      return KEPT;
    }
    parts.note(threadTs, sentNote(`slack:${userId}`));
    return SENT;
  };
}

/** Offers the other ways. False when no form could be shown. */
async function askHow(
  { handlers, posts }: ActionParts,
  trigger: string,
  userId: string,
  form: { caseId: string; thread: string; messageTs: string },
): Promise<boolean> {
  const choices = await (handlers() as StaffHandlers).choices(form.caseId, `slack:${userId}`);
  return 'open' in choices && (await posts.openForm(trigger, writeForm(form, choices))) === null;
}

function remember(sent: Set<string>, messageTs: string): void {
  sent.add(messageTs);
  for (const oldest of sent) {
    if (sent.size <= MAX_REMEMBERED) return;
    sent.delete(oldest);
  }
}

/** The message as it stands now, so that what is sent is what its writer sees. A form was opened for the message already. */
async function readText(
  { posts }: ActionParts,
  threadTs: string,
  messageTs: string,
  userId: string,
  anyones: boolean,
): Promise<string | null> {
  const message = (await posts.thread(threadTs)).find((one) => one.ts === messageTs);
  return message === undefined || message.byApp || (!anyones && message.user !== userId) ? null : message.text;
}
