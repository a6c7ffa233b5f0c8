// A number to call in an emergency comes only from a person's signature for that place (settings, emergency_numbers).
// So no text of the emergency answer may hold digits of its own.
import { localKey, textPosition } from '../check.ts';
import type { Check } from '../check.ts';
import { errorAt } from '../problem.ts';
import { groupTexts } from '../text-groups.ts';

/** Texts that people read when they are in danger, and those that say what the line is not for. */
const GUARDED = /^system:(emergency|limits|help|private)/;
/** Three digits or more of any script, however they are spaced. */
const NUMBER = /\p{Nd}(?:[ .\-\u00a0\u2066-\u2069]*\p{Nd}){2,}/u;

export const checkEmergencyTexts: Check = (context) =>
  groupTexts(context.content.resources)
    .filter((group) => GUARDED.test(group.key))
    .flatMap(({ language, forms }) =>
      forms
        .filter(({ text }) => NUMBER.test(text))
        .map(({ key }) => {
          const message =
            `"${localKey(key)}" names a number that nobody signed: write {{number}} instead, or no number, ` +
            'and have the number signed under emergency_numbers in flows/settings/hotline.yaml.';
          return errorAt(textPosition(context, key, language), 'emergency.number', message);
        }),
    );
