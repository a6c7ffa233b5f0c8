// Messages for the desk's channel as Block Kit. Called by slack.ts and actions.ts; pure.
// Person's words stand in plain_text only. The `text` beside the blocks becomes a notification on phones, so it holds none of them.
import type { CaseMessage, CaseNotice, CaseState } from '../staff-surface.ts';
import { eventSentence } from './event-sentence.ts';
import { escapeText, splitText } from './text.ts';
import { writeStaff } from './write-staff.ts';

/** Ids of what can be pressed, and of the message shortcut. */
export const ACTIONS = {
  claim: 'case_claim',
  release: 'case_release',
  transfer: 'case_transfer',
  close: 'case_close',
  send: 'send_to_person',
  open: 'case_open',
  askSms: 'ask_sms',
} as const;

/** A message as chat.postMessage takes it. */
export interface SlackMessage {
  text: string;
  blocks: object[];
}

/** Slack takes 3,000 characters in a text and 50 blocks in a message. */
const MAX_TEXT = 2900;
const MAX_PIECES = 4;

/** Text that Slack shows as it is: no markup, no mention, no emoji. */
export const plain = (text: string): object => ({ type: 'plain_text', text, emoji: false });
/** A paragraph of plain text. */
export const section = (text: string): object => ({ type: 'section', text: plain(text) });
/** A small grey line in Slack's markup: for words of our own only. */
export const context = (text: string): object => ({ type: 'context', elements: [{ type: 'mrkdwn', text, verbatim: true }] });
const words = (text: string): object[] => splitText(escapeText(text), MAX_TEXT).slice(0, MAX_PIECES).map(section);

/** The message that heads a case's thread. */
export function caseHead(notice: CaseNotice, state: CaseState): SlackMessage {
  const title = notice.private ? 'New private case' : notice.priority === 'emergency' ? 'EMERGENCY: new case' : 'New case';
  const details = notice.private ? [] : caseDetails(notice);
  return {
    text: notice.private ? title : `${title}: ${escapeText([notice.topic, notice.language, notice.priority].filter(Boolean).join(', '))}`,
    blocks: [{ type: 'header', text: plain(title) }, ...details, ...stateBlocks(state), ...buttonBlocks(notice, state)],
  };
}

function caseDetails(notice: CaseNotice): object[] {
  const field = (name: string, value: string | null): object => plain(`${name}: ${escapeText(value ?? 'not known')}`);
  const fields = [
    field('Contact', notice.alias),
    field('Topic', notice.topic),
    field('Language', notice.language),
    field('Priority', notice.priority),
    field('Channel', notice.channel),
    field('Reason', notice.callback ? `${notice.reason}, wants to be written to` : notice.reason),
  ];
  return [{ type: 'section', fields }, ...(notice.summary ? words(notice.summary) : [])];
}

function stateBlocks(state: CaseState): object[] {
  if (state.status === 'waiting') return [];
  const by = state.by === null ? '' : ` by ${writeStaff(state.by)}`;
  return [context(`${state.status === 'claimed' ? 'Claimed' : 'Closed'}${by}.`)];
}

/** A button that carries a value. */
export function button(id: string, text: string, value: string, rest: object = {}): object {
  return { type: 'button', action_id: id, text: plain(text), value, ...rest };
}

function buttonBlocks(notice: CaseNotice, state: CaseState): object[] {
  const { caseId, link } = notice;
  const isOpen = state.status !== 'closed';
  // A private case is taken where it can be answered.
  const elements = [
    ...(state.status === 'waiting' && !notice.private ? [button(ACTIONS.claim, 'Claim', caseId, { style: 'primary' })] : []),
    ...(isOpen && !notice.private ? [button(ACTIONS.transfer, 'Transfer', caseId)] : []),
    ...(state.status === 'claimed' && !notice.private ? [button(ACTIONS.release, 'Back to the queue', caseId)] : []),
    ...(isOpen ? [button(ACTIONS.close, 'Close', caseId)] : []),
    ...(link === null ? [] : [button(ACTIONS.open, 'Open in the console', caseId, { url: link })]),
  ];
  return elements.length === 0 ? [] : [{ type: 'actions', elements }];
}

const SPEAKER = { person: 'The person wrote', service: 'The service wrote', staff: 'Sent to the person', note: 'Private note' } as const;

/** A later message of a case, or something that happened to it, for its thread. */
export function threadMessage(message: CaseMessage): SlackMessage {
  const { from, by, windowEndsAt } = message;
  if (from === 'event') return sentenceOf(eventSentence(message.event?.kind ?? '', by ?? null, message.event?.to ?? null));
  const speaker = `${SPEAKER[from]}${by ? `${from === 'note' ? ' of' : ' by'} ${writeStaff(by)}` : ''}`;
  return {
    text: from === 'person' ? 'The person wrote.' : `${speaker}:`,
    blocks: [
      context(`${speaker}:`),
      ...words(message.text || '(no text)'),
      ...(windowEndsAt == null ? [] : [context(windowSentence(windowEndsAt))]),
    ],
  };
}

/** Until when any text goes out, in the reader's own time zone. */
export function windowSentence(endsAt: number): string {
  const seconds = Math.floor(endsAt / 1000);
  return `WhatsApp takes any text until <!date^${seconds}^{date_short_pretty}, {time}|${new Date(endsAt).toISOString().slice(0, 16)} UTC>.`;
}

/** A sentence of the program's own. */
export function sentence(text: string): SlackMessage {
  return { text, blocks: [context(escapeText(text))] };
}

const sentenceOf = (markup: string): SlackMessage => ({ text: markup, blocks: [context(markup)] });

/** Who has a case, as a sentence for a colleague. */
export function takenSentence(staff: string): string {
  return `This case is with ${writeStaff(staff)}.`;
}

/** Note in the thread that a staff message went out. */
export function sentNote(staff: string): SlackMessage {
  const text = `Sent to the person by ${writeStaff(staff)}.`;
  return { text, blocks: [context(text)] };
}

/** What the writer of a thread message sees, and nobody else. `windowEndsAt` as of a message; `askSms`: the case, where SMS may be offered. */
export function sendOffer(
  messageTs: string,
  { windowEndsAt, askSms }: { windowEndsAt?: number | null; askSms?: string | null } = {},
): SlackMessage {
  const text = 'Only staff see what you wrote here. Shall the person get it?';
  const elements = [
    button(ACTIONS.send, 'Send to the person', messageTs),
    ...(askSms == null ? [] : [button(ACTIONS.askSms, 'Ask whether we may use SMS', askSms)]),
  ];
  const hint = windowEndsAt == null ? [] : [context(windowSentence(windowEndsAt))];
  return { text, blocks: [section(text), { type: 'actions', elements }, ...hint] };
}
