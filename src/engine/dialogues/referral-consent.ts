// May we give these items to this organisation? Yes, no, or item by item: then only those that got a yes are given.
import type { Prompt } from '../../domain/prompt.ts';
import type { Session } from '../../domain/session.ts';
import type { TextRef } from '../../domain/text.ts';
import type { Turn, WaitData } from '../program.ts';
import type { Then } from '../then.ts';
import { emit, say } from '../turn.ts';
import { dialogueOf, openDialogue } from '../waits.ts';
import { answerPrompt } from './after-prompt.ts';
import { readYesNo, YES_NO, type Dialogue } from './dialogue.ts';

type Consent = Extract<Prompt, { name: 'referral_consent' }>;
/** `asked` is the place of the item that is asked about; absent while all are. */
interface Data extends WaitData {
  consent: Consent;
  askedAt: number;
  asked?: number;
  agreed?: string[];
}

const CHOICES = [...YES_NO, { id: 'choose', label: { key: 'system:referral_consent.choose' } }];
const TEXT = 'system:referral_consent';

/** Asks for all items at once. */
export function askReferralConsent(turn: Turn, { name, about, organisation, items }: Consent): void {
  say(turn, { key: TEXT, params: { organisation, items: named(items) } }, CHOICES, 'system');
  const data: Data = { consent: { name, about, organisation, items }, askedAt: turn.env.now };
  openDialogue(turn, 'referral_consent', 'confirm', data);
}

/** The reply, to all items or to one. */
export const referralConsent: Dialogue = {
  name: 'referral_consent',
  anyOwner: true,
  lasting: true,
  strict: true,
  expectation: (_turn, data) => ({ kind: 'choice', choices: data['asked'] === undefined ? CHOICES : YES_NO, clearly: true }),
  reply(turn, value, data) {
    const { consent, asked, agreed = [] } = data as Data;
    const yes = readYesNo(value);
    if (asked === undefined) {
      if (value === 'choose') return askItem(turn, { consent, asked: 0, agreed: [] });
      return yes === null ? null : finish(turn, consent, yes ? consent.items : []);
    }
    if (yes === null) return null;
    const item = consent.items[asked];
    const so = yes && item !== undefined ? [...agreed, item] : agreed;
    return asked + 1 < consent.items.length ? askItem(turn, { consent, asked: asked + 1, agreed: so }) : finish(turn, consent, so);
  },
};

/** The question was open before this turn, is so no more, and has no answer: whoever asked may ask again. */
export function noteUnanswered(turn: Turn, before: Session): void {
  const about = openAbout(before);
  if (about === null || about === openAbout(turn.session)) return;
  const settled = turn.events.some(
    (event) =>
      event.type === 'consent_withdrawn' ||
      (event.type === 'prompt_answered' && event.answer.name === 'referral_consent' && event.answer.about === about),
  );
  if (!settled) emit(turn, { type: 'consent_unanswered', about });
}

function openAbout(session: Session): string | null {
  const data = dialogueOf(session) === 'referral_consent' ? (session.wait?.data as Data | undefined) : undefined;
  return data?.consent.about ?? null;
}

function askItem(turn: Turn, data: Required<Pick<Data, 'consent' | 'asked' | 'agreed'>>): Then {
  const [item] = named(data.consent.items.slice(data.asked, data.asked + 1));
  if (item) say(turn, { key: 'system:referral_item', params: { organisation: data.consent.organisation, item } }, YES_NO, 'system');
  openDialogue(turn, 'referral_consent', 'confirm', { ...data, askedAt: turn.env.now });
  return { go: 'wait' };
}

function finish(turn: Turn, { about, organisation, items: all }: Consent, items: string[]): Then {
  const textKey = items.length === 0 || items.length === all.length ? TEXT : 'system:referral_item';
  const said: TextRef =
    items.length > 0
      ? { key: 'system:referral_agreed', params: { organisation, items: named(items) } }
      : { key: 'system:referral_refused', params: { organisation } };
  return answerPrompt(turn, { name: 'referral_consent', about, items, textKey }, said);
}

function named(items: readonly string[]): TextRef[] {
  return items.map((item) => ({ key: `system:disclose.${item}` }));
}
