// WhatsApp buttons and lists through Content templates, and numbered text where there is no template. Called by channel.ts; pure.
// One template a shape: {{1}} is the body, {{2}} and {{3}} title and id of the first choice, {{4}} and {{5}} of the second, and so on.
import type { Capabilities } from '../../domain/capabilities.ts';
import { choiceNumber } from '../../domain/choice-number.ts';
import type { OutboundMessage } from '../../domain/message.ts';
import type { NewMessage } from './api.ts';

/** Limits of WhatsApp, in characters. @see https://www.twilio.com/docs/content/twilio-quick-reply and …/twilio-list-picker */
const BUTTON_LABEL = 20;
const ROW_LABEL = 24;
const INTERACTIVE_BODY = 1024;

/** What the configured templates can show. */
export function contentCapabilities(content: Record<string, string>): Pick<Capabilities, 'buttons' | 'list'> {
  const largest = (shape: string): number =>
    Math.max(0, ...Object.keys(content).flatMap((name) => (name.startsWith(`${shape}_`) ? [Number(name.slice(shape.length + 1))] : [])));
  const buttons = largest('buttons');
  const rows = largest('list');
  return {
    buttons: buttons === 0 ? null : { max: buttons, maxLabel: BUTTON_LABEL, maxBody: INTERACTIVE_BODY },
    list: rows === 0 ? null : { max: rows, maxLabel: ROW_LABEL, maxBody: INTERACTIVE_BODY },
  };
}

/** The part of a new message that holds its words. */
export function writeContent(
  message: OutboundMessage,
  content: Record<string, string>,
): Pick<NewMessage, 'body' | 'contentSid' | 'contentVariables'> {
  if (message.template) return { contentSid: message.template.ref, contentVariables: JSON.stringify(message.template.variables) };
  if (message.layout === 'text') return { body: message.text };
  const contentSid = content[`${message.layout}_${message.choices.length}`];
  if (contentSid === undefined) return { body: numbered(message) };
  const values = [message.text, ...message.choices.flatMap((choice) => [choice.label, choice.id])];
  const variables = Object.fromEntries(values.map((value, index) => [String(index + 1), value]));
  return { contentSid, contentVariables: JSON.stringify(variables) };
}

/** Choices as numbered lines, for a shape that has no template. */
function numbered(message: OutboundMessage): string {
  const lines = message.choices.map((choice, index) => `${choiceNumber(index, message.choices.length)}. ${choice.label}`);
  return [message.text, ...lines].filter((line) => line !== '').join('\n');
}
