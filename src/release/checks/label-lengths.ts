// Labels must fit WhatsApp: up to three choices are buttons of 20 characters, up to ten are rows of 24; more are numbered.
// The words counted are those that WhatsApp gets: `<key>_whatsapp` where it exists.
// @see https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-messages
import { characterCount } from '../../rendering/layout.ts';
import { localeFile, localKey, servedLanguages, textPosition } from '../check.ts';
import type { Check, CheckContext } from '../check.ts';
import { errorAt } from '../problem.ts';
import type { Position } from '../problem.ts';

export const BUTTON = { choices: 3, label: 20 };
export const ROW = { choices: 10, label: 24 };

export const checkLabelLengths: Check = (context) => {
  const limits = new Map<string, number>();
  for (const { choices } of context.choiceGroups) {
    if (choices.length > ROW.choices) continue;
    const limit = choices.length <= BUTTON.choices ? BUTTON.label : ROW.label;
    for (const { label } of choices) limits.set(label, Math.min(limits.get(label) ?? limit, limit));
  }
  // "Is it about …?" shows up to three titles and "none of these".
  for (const { value } of context.content.answers) limits.set(`answers:${value.id}.title`, ROW.label);
  limits.set('system:none_of_these', ROW.label);
  return servedLanguages(context).flatMap((language) =>
    [...limits].flatMap(([label, limit]) => {
      if (!context.texts.has(label, language)) return [];
      const length = characterCount(context.texts.render({ key: label }, language, 'whatsapp'));
      if (length <= limit) return [];
      const kind = limit === BUTTON.label ? 'button' : 'list row';
      const message =
        `The label "${localKey(label)}" has ${length} characters, and a WhatsApp ${kind} holds ${limit}: shorten it, ` +
        `or add "${localKey(label)}_whatsapp" to ${localeFile(label, language)}.`;
      return [errorAt(whatsappPosition(context, label, language), 'label.too_long', message)];
    }),
  );
};

/** The WhatsApp wording where there is one, else the general one. */
function whatsappPosition(context: CheckContext, label: string, language: string): Position {
  const [namespace = '', ...rest] = label.split(':');
  const own = `${rest.join(':')}_whatsapp`;
  const exists = Object.hasOwn(context.content.resources[language]?.[namespace] ?? {}, own);
  return textPosition(context, exists ? `${namespace}:${own}` : label, language);
}
