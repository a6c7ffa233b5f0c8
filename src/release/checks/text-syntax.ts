// What a text may hold: plain words and {{name}}. No formats, no nesting, no single braces, no characters that upset a screen.
import { localKey, textPosition } from '../check.ts';
import type { Check } from '../check.ts';
import { errorAt } from '../problem.ts';
import { groupTexts, isPlainName, placeholders } from '../text-groups.ts';

const RULES: [pattern: RegExp, message: string][] = [
  [/\$t\(/u, 'A text cannot include another one with $t( ); write the words out.'],
  [
    /(?<!\{)\{(?!\{)|(?<!\})\}(?!\})/u,
    'A value is written with two braces on each side, as in {{name}}; single braces are shown as they are.',
  ],
  [/\{\{(?![^{}]*\}\})|(?<!\{\{[^{}]*)\}\}/u, 'A value begins with {{ and ends with }}; one of them is missing.'],
  [/[\u202a-\u202e\u200e\u200f]/u, 'Remove the invisible direction marks; the program sets them where they are needed.'],
  [/[\p{Cc}--[\n\t]]|\ufffd/v, 'Remove the control or replacement character (it often comes from copying).'],
];

export const checkTextSyntax: Check = (context) =>
  groupTexts(context.content.resources).flatMap(({ language, forms }) =>
    forms.flatMap(({ key, text }) => {
      const broken = RULES.find(([pattern]) => pattern.test(text))?.[1];
      const oddName = [...placeholders(text)].find((name) => !isPlainName(name));
      const reason = broken ?? (oddName === undefined ? null : `"{{${oddName}}}" is no plain name: write letters, digits and _ only.`);
      return reason === null ? [] : [errorAt(textPosition(context, key, language), 'text.syntax', `In "${localKey(key)}": ${reason}`)];
    }),
  );
