// How a person can be written to just now: WhatsApp takes any text for 24 hours after they wrote, then only approved templates.
// Asked by the console's API and by Slack, and by the reply action, which plans with planReply() before it takes a case over
// and carries the plan out with write.ts. The sender asks again at the last moment (deliver.ts): time passes in queues, too.
import type { z } from 'zod';
import type { Reach as ReachShape } from '../../api/case-operations.ts';
import type { Channel } from '../../channels/channel.ts';
import type { HotlineSettings } from '../../domain/content.ts';
import type { Address, OutboundMessage } from '../../domain/message.ts';
import { latestConsent } from '../../store/consents.ts';
import { phoneOf } from '../../store/contacts.ts';
import { conversationOf } from '../../store/conversations.ts';
import type { Conversation } from '../../store/records.ts';
import type { Reader } from '../../store/store.ts';
import type { Services } from '../services.ts';
import type { DeskOutcome, Reply } from './desk.ts';

export type Reach = z.output<typeof ReachShape>;
type Template = HotlineSettings['whatsapp_templates'][number];
type Refusal = Extract<DeskOutcome, { ok: false }>;

/** Purpose of the consent to be written to by SMS. */
export const SMS_PURPOSE = 'sms';
/** Channel that such messages take. */
export const SMS_CHANNEL = 'sms';
/** Not an approved template but a question of our own, inside the window: may we write by SMS? */
export const ASK_SMS = 'ask_sms';
/** The template that goes out in place of a reminder. */
export const REMINDER = 'reminder';
/** Our clock and the provider's may differ, and a provider has a queue of its own. */
const MARGIN_MS = 2 * 60_000;

const STOPPED: Refusal = {
  ok: false,
  code: 'stopped',
  reason: 'The person has stopped the line or deleted their data. Nothing can be sent.',
};
const OFF: Refusal = { ok: false, code: 'off', reason: 'The channel that the person writes on is switched off. Nothing was sent.' };
const CLOSED: Refusal = {
  ok: false,
  code: 'window',
  reason:
    'WhatsApp takes no text more than 24 hours after the person wrote. Nothing was sent. Send an approved template, or an SMS where the person agreed, or keep it until they write.',
};
const NO_TEMPLATE: Refusal = {
  ok: false,
  code: 'invalid',
  reason: 'There is no such template in the language of the person. Nothing was sent.',
};
const NO_SMS: Refusal = {
  ok: false,
  code: 'invalid',
  reason: 'The person has not agreed to SMS, or no number is known. Nothing was sent.',
};
const NO_WINDOW: Refusal = {
  ok: false,
  code: 'invalid',
  reason: 'On this channel a message goes out at once: there is nothing to wait for.',
};

/** Until when any text goes out (ms); null where a channel has no such window. */
export function windowEnd(channel: Channel | undefined, conversation: Conversation): number | null {
  if (channel?.replyWindowMs === undefined) return null;
  // Who has never written (a conversation made by us) has no window.
  return (conversation.lastInboundAt ?? 0) + channel.replyWindowMs - MARGIN_MS;
}

/** How the person of a conversation can be written to. */
export async function reachOf(reader: Reader, conversation: Conversation, services: Services, now: number): Promise<Reach> {
  const channel = services.channels.get(conversation.channel);
  const windowEndsAt = windowEnd(channel, conversation);
  if (conversation.owner === 'stopped') return { state: 'stopped', windowEndsAt, templates: [], smsAgreed: false };
  if (!channel) return { state: 'off', windowEndsAt: null, templates: [], smsAgreed: false };
  if (windowEndsAt === null) return { state: 'open', windowEndsAt, templates: [], smsAgreed: false };
  const reachable = services.channels.has(SMS_CHANNEL) && (await phoneOf(reader, conversation.contactId)) !== null;
  const agreed = reachable ? await agreedToSms(reader, conversation.contactId) : false;
  const open = now < windowEndsAt;
  // Whoever said no is not asked again.
  const asking = open && agreed === null ? [smsQuestion(conversation, services)] : [];
  return {
    state: open ? 'open' : 'template',
    windowEndsAt,
    templates: open ? asking : listTemplates(conversation, services),
    smsAgreed: agreed === true,
  };
}

/** Null: never asked. Whoever has said STOP by SMS gets none, whatever they agreed to elsewhere. */
async function agreedToSms(reader: Reader, contactId: string): Promise<boolean | null> {
  const there = await conversationOf(reader, contactId, SMS_CHANNEL);
  return there?.owner === 'stopped' ? false : latestConsent(reader, contactId, SMS_PURPOSE);
}

/** What is to be done with a reply. */
export type ReplyPlan =
  | {
      kind: 'send';
      /** Channel that it takes: the conversation's own, or SMS. */
      channel: string;
      /** Where it goes, when not to the conversation's own address. */
      to?: Address;
      text: string;
      template?: NonNullable<OutboundMessage['template']>;
      /** Language of `text`, where it is not the conversation's. */
      language?: string;
    }
  | { kind: 'keep'; text: string }
  /** The program asks whether we may write by SMS. */
  | { kind: 'ask_sms' }
  | { kind: 'refused'; outcome: Refusal };

/**
 * Says how a reply would go out, before anything is changed. Ask under the conversation's lock; carry it out with carryOutReply().
 * @param staffAlias the name by which the person knows who writes
 */
export async function planReply(
  reader: Reader,
  conversation: Conversation,
  reply: Reply,
  staffAlias: string,
  services: Services,
  now: number,
): Promise<ReplyPlan> {
  const reach = await reachOf(reader, conversation, services, now);
  if (reach.state === 'stopped') return refused(STOPPED);
  if (reach.state === 'off') return refused(OFF);
  switch (reply.how) {
    case 'now':
      return reach.state === 'open' ? { kind: 'send', channel: conversation.channel, text: reply.text } : refused(CLOSED);
    case 'when_they_write':
      return reach.windowEndsAt === null ? refused(NO_WINDOW) : { kind: 'keep', text: reply.text };
    case 'template':
      if (reply.template === ASK_SMS) return reach.templates.some(({ id }) => id === ASK_SMS) ? { kind: 'ask_sms' } : refused(NO_TEMPLATE);
      return (
        planTemplate(conversation, reply.template ?? '', isName(staffAlias) ? { staff: staffAlias } : {}, services) ?? refused(NO_TEMPLATE)
      );
    case 'sms': {
      const to = reach.smsAgreed ? await phoneOf(reader, conversation.contactId) : null;
      return to ? { kind: 'send', channel: SMS_CHANNEL, to, text: reply.text } : refused(NO_SMS);
    }
  }
}

/** The plan of a template in the conversation's language; null when there is none, or it needs a value that is not given. */
export function planTemplate(
  conversation: Conversation,
  id: string,
  values: { staff?: string },
  services: Services,
): Extract<ReplyPlan, { kind: 'send' }> | null {
  if (services.channels.get(conversation.channel)?.replyWindowMs === undefined) return null;
  const { settings } = services.releases.current();
  const template = settings.whatsapp_templates.find((one) => one.id === id);
  const language = template && languageOf(template, conversation, settings);
  const words = language && template.languages[language];
  if (!words || template.variables.some((name) => values[name] === undefined)) return null;
  const variables = Object.fromEntries(template.variables.map((name, index) => [String(index + 1), values[name] ?? '']));
  const text = words.text.replace(/\{\{\s*(\w+)\s*\}\}/g, (_all, name: string) => values[name as 'staff'] ?? '');
  return { kind: 'send', channel: conversation.channel, text, language, template: { ref: words.content, variables } };
}

function smsQuestion({ language, channel }: Conversation, { releases }: Services): Reach['templates'][number] {
  const { texts, settings } = releases.current();
  const spoken = language ?? settings.default_language;
  return { id: ASK_SMS, language: spoken, text: texts.render({ key: 'system:sms_ask' }, spoken, channel) };
}

/** Approved templates for the person, in their language. The reminder is the program's own. */
function listTemplates(conversation: Conversation, { releases }: Services): Reach['templates'] {
  const { settings } = releases.current();
  return settings.whatsapp_templates.flatMap((template) => {
    const language = template.id === REMINDER ? null : languageOf(template, conversation, settings);
    const text = language === null ? undefined : template.languages[language]?.text;
    return language === null || text === undefined ? [] : [{ id: template.id, language, text }];
  });
}

/** The person's language, else the hotline's default: words that nobody approved for them are better than none at all. */
function languageOf(template: Template, { language }: Conversation, settings: HotlineSettings): string | null {
  const wanted = language ?? settings.default_language;
  return [wanted, settings.default_language].find((tag) => template.languages[tag] !== undefined) ?? null;
}

/** Somebody in Slack without an account has no name that a person could be told. */
const isName = (alias: string): boolean => !alias.startsWith('slack:');

const refused = (outcome: Refusal): ReplyPlan => ({ kind: 'refused', outcome });
