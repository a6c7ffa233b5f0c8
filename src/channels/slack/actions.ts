// What staff do in Slack: type in a thread, press buttons, use the shortcut. Opened by slack.ts on a Bolt app.
// A message in a thread is internal: it becomes a private note of the case. It reaches the person only when its writer, or a
// colleague by shortcut, says so. Slack is answered first; what comes twice is told by its id, also after a restart.
import type { App } from '@slack/bolt';
import { z } from 'zod';
import type { StaffOutcome } from '../staff-surface.ts';
import { ACTIONS, sendOffer } from './blocks.ts';
import { createForms, type Forms } from './forms.ts';
import { explain, isNew, no, PRIVATE, tried, TRY_AGAIN, whisper, type ActionParts } from './parts.ts';
import { createSender, type Sender } from './send.ts';
import { toNote } from './text.ts';

/** Template that is no template: the program asks whether SMS may be used. */
const ASK_SMS = 'ask_sms';

const Message = z.looseObject({
  channel: z.string(),
  user: z.string().optional(),
  text: z.string().default(''),
  ts: z.string(),
  thread_ts: z.string().optional(),
  subtype: z.string().optional(),
  bot_id: z.string().optional(),
});
const user = z.looseObject({ id: z.string() });
const channel = z.looseObject({ id: z.string() });
const trigger = z.string().default('');
const Press = z.looseObject({
  user,
  /** Absent on the home page. */
  channel: channel.optional(),
  trigger_id: trigger,
  response_url: z.string().default(''),
  container: z.looseObject({ thread_ts: z.string().optional(), message_ts: z.string().optional() }).default({}),
  actions: z.array(z.looseObject({ action_id: z.string(), value: z.string().optional() })).min(1),
});
type Press = z.output<typeof Press>;
const Shortcut = z.looseObject({
  user,
  channel,
  trigger_id: trigger,
  message: z.looseObject({ ts: z.string(), text: z.string().default(''), thread_ts: z.string().optional(), bot_id: z.string().optional() }),
});

/** Registers everything on the app. */
export function listenToStaff(app: App, parts: ActionParts): void {
  const send = createSender(parts);
  const forms = createForms(parts, send);
  app.event('message', async ({ event, body }) => {
    await hearMessage(parts, Message.parse(event), () => isNew(parts, body.event_id));
  });
  app.action(/.*/, async ({ ack, body }) => {
    await ack();
    const press = Press.parse(body);
    if (await isNew(parts, press.trigger_id)) await meetPress(parts, press, send, forms);
  });
  app.shortcut(ACTIONS.send, async ({ ack, shortcut }) => {
    await ack();
    const { message, user: presser, channel: place, trigger_id: id } = Shortcut.parse(shortcut);
    if (place.id !== parts.channel || !(await isNew(parts, id))) return;
    const thread = message.thread_ts ?? null;
    const said = await send(thread, message.bot_id === undefined ? message.ts : null, presser.id, { text: message.text, trigger: id });
    if (said !== null) await whisper(parts, presser.id, said, thread);
  });
  app.view(/^form_/, async ({ ack, body }) => {
    await ack();
    await forms.submitted(body, (id) => isNew(parts, id));
  });
}

/**
 * A colleague has typed something in a thread: a private note, and an offer to send it.
 * @param first whether it comes for the first time. Asked once the note is kept, which its own id keeps from being doubled:
 * of a node that dies in between, whichever hears the event again keeps it.
 */
async function hearMessage(parts: ActionParts, message: z.output<typeof Message>, first: () => Promise<boolean>): Promise<void> {
  const { thread_ts: thread, user: writer, bot_id: bot, subtype, text, ts } = message;
  if (message.channel !== parts.channel || thread === undefined || writer === undefined || bot !== undefined) return;
  if (subtype !== undefined && subtype !== 'file_share' && subtype !== 'thread_broadcast') return;
  const handlers = parts.handlers();
  const found = await handlers?.caseOfThread(`${parts.channel}:${thread}`);
  if (!handlers || !found) return;
  if (found.private) return (await first()) ? whisper(parts, writer, PRIVATE, thread) : undefined;
  if (text === '') return;
  const staff = `slack:${writer}`;
  const kept = await tried(parts, handlers.note(found.caseId, toNote(text), staff, `${parts.channel}:${ts}`, mentionsOf(text)));
  if (!(await first())) return;
  if (!kept.ok) return whisper(parts, writer, `${explain(kept)} Your message is not among the notes of the case.`, thread);
  const choices = await handlers.choices(found.caseId, staff).catch(() => null);
  const open = choices && 'open' in choices && choices.open ? choices : null;
  const askSms = open?.templates.some(({ id }) => id === ASK_SMS) ? found.caseId : null;
  await parts.posts.whisper(writer, sendOffer(ts, { windowEndsAt: open?.windowEndsAt ?? null, askSms }), thread);
}

/** Colleagues who are meant in particular. */
const mentionsOf = (markup: string): string[] => [...markup.matchAll(/<@([UW][A-Z0-9]+)/g)].map(([, id]) => `slack:${id}`);

async function meetPress(parts: ActionParts, press: Press, send: Sender, forms: Forms): Promise<void> {
  const action = press.actions[0];
  const home = press.channel === undefined;
  if (action?.value === undefined || (!home && press.channel?.id !== parts.channel)) return;
  const thread = press.container.thread_ts ?? press.container.message_ts ?? null;
  if (action.action_id === ACTIONS.send) {
    const said = await send(thread, action.value, press.user.id, { text: null, trigger: press.trigger_id });
    if (said !== null && !(await parts.answerPress(press.response_url, said)))
      parts.log.warn({ channel: 'slack' }, 'Slack did not take an answer to a press.');
    return;
  }
  const outcome = await act(parts, action.action_id, action.value, press, thread, forms);
  if (outcome !== null && !outcome.ok) await whisper(parts, press.user.id, explain(outcome), press.container.thread_ts ?? null);
}

function act(
  parts: ActionParts,
  action: string,
  caseId: string,
  press: Press,
  thread: string | null,
  forms: Forms,
): Promise<StaffOutcome | null> {
  const handlers = parts.handlers();
  const staff = `slack:${press.user.id}`;
  if (handlers === null) return Promise.resolve(no(TRY_AGAIN));
  switch (action) {
    case ACTIONS.claim:
      return tried(parts, handlers.claim(caseId, staff));
    case ACTIONS.release:
      return tried(parts, handlers.release(caseId, staff));
    case ACTIONS.transfer:
      return tried(parts, forms.askTransfer(press.trigger_id, staff, { caseId, thread }));
    case ACTIONS.askSms:
      // The question is the program's own: the words that go out are not these.
      return tried(parts, handlers.sendToPerson(caseId, ASK_SMS, staff, `ask:${press.trigger_id}`, { how: 'template', template: ASK_SMS }));
    case ACTIONS.close:
      return tried(parts, forms.askOutcome(press.trigger_id, { caseId, thread }));
    default:
      return Promise.resolve(null);
  }
}
