// The forms of the desk in Slack: to whom a case goes, how it ended, and how to write when WhatsApp takes no text any more.
// Called by actions.ts, which opens them and carries out what comes back. Pure; holds no words of the person.
import { z } from 'zod';
import type { CaseChoices, OtherWay } from '../staff-surface.ts';
import { context, plain, section } from './blocks.ts';

/** Names by which a form comes back. */
export const FORMS = { transfer: 'form_transfer', close: 'form_close', write: 'form_write' } as const;

/** What a form carries along: which case, which thread, and which message where there is one. */
export const FormFor = z.object({ caseId: z.string(), thread: z.string().nullable(), messageTs: z.string().optional() });
export type FormFor = z.output<typeof FormFor>;

/** Slack takes 100 options in a list, 75 characters in each. */
const MAX_OPTIONS = 100;
const MAX_LABEL = 75;
const MAX_NOTE = 3000;

const OUTCOMES = [
  ['answered', 'Answered'],
  ['referred', 'Referred to another service'],
  ['no_service', 'There is no service for this'],
  ['no_reply', 'The person did not reply'],
  ['other', 'Other'],
] as const;

const option = (value: string, label: string): object => ({ text: plain(clip(label, MAX_LABEL)), value });
const clip = (text: string, max: number): string => (text.length <= max ? text : `${text.slice(0, max - 1)}…`);

function form(callback: string, title: string, submit: string, carried: FormFor, blocks: object[]): object {
  const buttons = { submit: plain(submit), close: plain('Cancel') };
  return { type: 'modal', callback_id: callback, title: plain(title), ...buttons, private_metadata: JSON.stringify(carried), blocks };
}

const input = (id: string, label: string, element: object, optional = false): object => ({
  type: 'input',
  block_id: id,
  label: plain(label),
  optional,
  element: { action_id: id, ...element },
});

/** To whom a case goes; null when there is nobody. */
export function transferForm(carried: FormFor, { colleagues, desks }: CaseChoices): object | null {
  const people = colleagues
    .slice(0, MAX_OPTIONS)
    .map(({ id, alias, onShift, load }) => option(`staff:${id}`, `${alias}, ${onShift ? 'on shift' : 'off shift'}, has ${load}`));
  const places = desks.slice(0, MAX_OPTIONS).map(({ id, name }) => option(`desk:${id}`, name));
  const groups = [
    ...(people.length > 0 ? [{ label: plain('Colleagues'), options: people }] : []),
    ...(places.length > 0 ? [{ label: plain('Desks'), options: places }] : []),
  ];
  if (groups.length === 0) return null;
  return form(FORMS.transfer, 'Transfer the case', 'Transfer', carried, [
    input('to', 'To', { type: 'static_select', option_groups: groups }),
    input('note', 'Private note', { type: 'plain_text_input', multiline: true, max_length: MAX_NOTE }, true),
    context('Only staff see the note.'),
  ]);
}

/** How a case ended. */
export function closeForm(carried: FormFor): object {
  return form(FORMS.close, 'Close the case', 'Close', carried, [
    input('outcome', 'How it ended', { type: 'static_select', options: OUTCOMES.map(([value, label]) => option(value, label)) }),
    context('The person gets the closing text and is asked for a rating.'),
  ]);
}

/** How to write when the channel takes no text any more. */
export function writeForm(carried: FormFor, { templates, smsAgreed }: CaseChoices): object {
  const options = [
    option('when_they_write', 'Keep it, and send it when the person writes'),
    ...(smsAgreed ? [option('sms', 'Send it as an SMS (the person agreed)')] : []),
    ...templates.slice(0, MAX_OPTIONS - 2).map(({ id, text }) => option(`template:${id}`, `Template: ${text}`)),
  ];
  return form(FORMS.write, 'Write later', 'Do it', carried, [
    section('WhatsApp takes no text more than 24 hours after the person wrote. Nothing was sent. What shall be done?'),
    input('way', 'How', { type: 'static_select', options }),
    context('A template goes out instead of your message, with the words that you see.'),
    ...(smsAgreed ? [] : [context('The person has not agreed to SMS.')]),
  ]);
}

const Chosen = z.looseObject({ selected_option: z.looseObject({ value: z.string() }).nullish(), value: z.string().nullish() });
/** A form that came back. */
export const Submission = z.looseObject({
  user: z.looseObject({ id: z.string() }),
  view: z.looseObject({
    id: z.string(),
    callback_id: z.string(),
    private_metadata: z.string(),
    state: z.looseObject({ values: z.record(z.string(), z.record(z.string(), Chosen)) }),
  }),
});
export type Submission = z.output<typeof Submission>;

/** What was chosen or written in a field. */
function field({ view }: Submission, id: string): string {
  const given = view.state.values[id]?.[id];
  return given?.selected_option?.value ?? given?.value ?? '';
}

/** To whom; null when the form is not one of ours. */
export function readTransfer(submission: Submission): { to: { staffId: string } | { deskId: string }; note: string } | null {
  const [, kind, id] = /^(staff|desk):(.*)$/s.exec(field(submission, 'to')) ?? [];
  if (kind === undefined || id === undefined) return null;
  return { to: kind === 'staff' ? { staffId: id } : { deskId: id }, note: field(submission, 'note').trim() };
}

/** How it ended; null when the form is not one of ours. */
export function readOutcome(submission: Submission): string | null {
  return OUTCOMES.find(([value]) => value === field(submission, 'outcome'))?.[0] ?? null;
}

/** In which way; null when the form is not one of ours. */
export function readWay(submission: Submission): OtherWay | null {
  const way = field(submission, 'way');
  if (way === 'sms' || way === 'when_they_write') return { how: way };
  return way.startsWith('template:') ? { how: 'template', template: way.slice('template:'.length) } : null;
}
