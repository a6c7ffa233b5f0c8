// Edits that carry somebody's signature: a text that was read, an answer that was checked against its source, an emergency number, the
// private lane in a language.
// Only the person who signs makes them, under their own name and today's date; nobody signs what they wrote in the same draft. Pure.
import type { Entries, Json } from '../../release/entry.ts';
import { addressOf, kindOf } from '../../release/entry.ts';
import { whyNotSign, type Editor } from './edit-rights.ts';
import { setState, type EditPlan, type PlannedEdit } from './plan-edits.ts';
import { reviewAddress, textOf } from './open-content.ts';

export interface Signing {
  editor: Editor;
  /** Local date of the hotline, YYYY-MM-DD. */
  today: string;
  /** Addresses that this person last edited in the draft. */
  own: ReadonlySet<string>;
}

/** Marks texts as reviewed, or takes that back. */
export function signTexts(entries: Entries, addresses: readonly string[], reviewed: boolean, signing: Signing): EditPlan {
  const { editor, today, own } = signing;
  const edits: PlannedEdit[] = [];
  for (const address of addresses) {
    if (kindOf(address) !== 'text' || !entries.has(address)) return { ok: false, address, reason: 'There is no such text.' };
    const { language, key } = textOf(address);
    const reason =
      whyNotSign(editor, language) ??
      (reviewed && own.has(address)
        ? 'You wrote this text yourself in this draft: somebody else reads it before it counts as reviewed.'
        : null);
    if (reason !== null) return { ok: false, address, reason };
    edits.push(...setState(entries, language, key, reviewed ? 'reviewed' : 'drafted', reviewed ? { by: editor.alias, on: today } : {}));
  }
  return { ok: true, edits };
}

/** Marks an answer as checked, until it is to be checked again. */
export function signAnswer(entries: Entries, address: string, reviewBy: string, { editor, today, own }: Signing): EditPlan {
  const entry = entries.get(address);
  if (entry?.kind !== 'answer') return { ok: false, address, reason: 'There is no such answer.' };
  if (!editor.permissions.includes('content.review'))
    return { ok: false, address, reason: 'This needs the permission "content.review". Ask an administrator.' };
  if (own.has(address)) return { ok: false, address, reason: 'You wrote this yourself in this draft: somebody else checks it.' };
  if (reviewBy <= today) return { ok: false, address, reason: 'The day on which it is checked again must be after today.' };
  const value = entry.value as { [key: string]: Json };
  return { ok: true, edits: [{ address, value: { ...value, reviewed_by: editor.alias, reviewed_on: today, review_by: reviewBy } }] };
}

const NUMBERS = addressOf('flows/settings/hotline.yaml', 'emergency_numbers');

/** Gives a locality its emergency number, or takes it away. */
export function signEmergencyNumber(entries: Entries, locality: string, number: string | null, { editor, today }: Signing): EditPlan {
  if (!/^[0-9+ ]{2,20}$/.test(number ?? '112')) return { ok: false, address: NUMBERS, reason: 'A number is digits, such as 112.' };
  const known = [...entries.values()].some(({ kind, key }) => kind === 'locality' && key === locality);
  if (!known) return { ok: false, address: NUMBERS, reason: 'There is no such locality.' };
  const before = (entries.get(NUMBERS)?.value ?? []) as readonly { locality: string }[];
  const others = before.filter((entry) => entry.locality !== locality) as Json[];
  const own: Json[] = number === null ? [] : [{ locality, number, signed_by: editor.alias, signed_on: today }];
  return { ok: true, edits: [{ address: NUMBERS, value: [...others, ...own] }] };
}

const PRIVATE = addressOf('flows/settings/hotline.yaml', 'private_lane_signed');

/** Opens the private lane in a language, or closes it. Only where somebody has read every text of its flows. */
export function signPrivateLane(entries: Entries, language: string, signed: boolean, { editor, today }: Signing): EditPlan {
  const unread = signed ? privateTexts(entries, language).filter((key) => !isReviewed(entries, language, key)) : [];
  const reason =
    whyNotSign(editor, language) ??
    (unread.length === 0
      ? null
      : `${unread.length} texts of private flows are not reviewed in ${language} yet: sign those first, such as ${unread[0]}.`);
  if (reason !== null) return { ok: false, address: PRIVATE, reason };
  const before = (entries.get(PRIVATE)?.value ?? {}) as { readonly [tag: string]: Json };
  const others = Object.fromEntries(Object.entries(before).filter(([tag]) => tag !== language));
  return { ok: true, edits: [{ address: PRIVATE, value: signed ? { ...others, [language]: { by: editor.alias, on: today } } : others }] };
}

/** Keys of what flows of the private lane say. */
function privateTexts(entries: Entries, language: string): string[] {
  const flows = [...entries.values()].flatMap(({ kind, file, key, value }) =>
    kind === 'flow_head' && key === 'head/private' && value === true ? [file.slice('flows/'.length, -'.yaml'.length)] : [],
  );
  return [...entries].flatMap(([address, { kind, value }]) => {
    if (kind !== 'text' || typeof value !== 'string') return [];
    const text = textOf(address);
    return text.language === language && flows.includes(text.key.slice(0, text.key.indexOf(':'))) ? [text.key] : [];
  });
}

function isReviewed(entries: Entries, language: string, key: string): boolean {
  const own = entries.get(reviewAddress(language, key))?.value as { state?: string } | undefined;
  return (own?.state ?? entries.get(`locales/${language}/review.json#default`)?.value) === 'reviewed';
}
