// What texts cost as text messages: a warning where one takes many segments, and a proposal where a few accents
// turn a cheap message into a dear one. The proposal is the author's to take: only an `_sms` text may change letters.
import { isolateRuns } from '../../rendering/isolate.ts';
import { numberedLines } from '../../rendering/layout.ts';
import { countSegments, plainForSms, smsAlphabet } from '../../rendering/sms.ts';
import { localeFile, localKey, servedLanguages, textPosition } from '../check.ts';
import type { Check, CheckContext } from '../check.ts';
import type { ChoiceGroup } from '../choice-groups.ts';
import { warningAt } from '../problem.ts';
import type { Problem } from '../problem.ts';
import { groupTexts } from '../text-groups.ts';

/** More segments than this are worth a warning. */
export const MANY_SEGMENTS = 4;
/** A value that is filled in later is counted as so many digits. */
const VALUE = '0'.repeat(12);
/** Letters that no decomposition takes apart. */
const LETTERS: Record<string, string> = { œ: 'oe', Œ: 'OE' };
/** Texts that never go out as text messages. */
const NOT_SENT = /^(topics|localities|site|widget|console):/;

export const checkSmsCost: Check = (context) => {
  const sms = new Set(context.content.languages.filter((language) => language.value.sms === 'gsm7').map((language) => language.value.tag));
  const served = new Set(servedLanguages(context));
  const groups = groupTexts(context.content.resources).filter((group) => served.has(group.language) && !NOT_SENT.test(group.key));
  const ownWording = new Set(groups.filter((group) => group.channel === 'sms').map((group) => `${group.language} ${group.key}`));
  const ofTexts = groups.flatMap((group) => {
    if (group.channel !== null && group.channel !== 'sms') return [];
    if (group.channel === null && ownWording.has(`${group.language} ${group.key}`)) return [];
    return group.forms.flatMap(({ key, text }) =>
      checkCost(context, key, text, group.language, group.channel === null && sms.has(group.language)),
    );
  });
  const questions = [...new Map(context.choiceGroups.map((group) => [`${group.question} ${group.choices.length}`, group])).values()];
  const ofQuestions = [...served].flatMap((language) => questions.flatMap((group) => checkQuestion(context, group, language)));
  return [...ofTexts, ...ofQuestions];
};

function checkCost(context: CheckContext, key: string, text: string, language: string, propose: boolean): Problem[] {
  const message = plainForSms(text.replaceAll(/\{\{[^{}]*\}\}/g, VALUE));
  const segments = countSegments(message);
  const position = textPosition(context, key, language);
  const cheap = propose ? withoutAccents(message) : message;
  const saved = segments - countSegments(cheap);
  if (saved > 0) {
    const forcedBy = smsAlphabet(message).forcedBy.join(' ');
    const proposal = withoutAccents(plainForSms(text));
    return [
      warningAt(
        position,
        'sms.accents',
        `"${localKey(key)}" costs ${segments} text messages in ${language} because of ${forcedBy}, and ${segments - saved} without them. ` +
          `If that reads well, add to ${localeFile(key, language)}: ${JSON.stringify(`${localKey(key)}_sms`)}: ${JSON.stringify(proposal)}`,
      ),
    ];
  }
  if (segments <= MANY_SEGMENTS) return [];
  const size = `${segments} segments, ${message.length} characters, ${smsAlphabet(message).alphabet}`;
  return [
    warningAt(
      position,
      'sms.long',
      `"${localKey(key)}" is long for a text message in ${language} (${size}); shorten it or add a shorter "${localKey(key)}_sms".`,
    ),
  ];
}

/** A question is sent with its choices under it: what counts is the whole message. */
function checkQuestion(context: CheckContext, { question, choices }: ChoiceGroup, language: string): Problem[] {
  const words = (key: string): string => context.texts.render({ key }, language, 'sms');
  if (countSegments(plainForSms(words(question))) > MANY_SEGMENTS) return []; // The text itself is told already.
  const labels = choices.map(({ id, label }) => ({ id, label: words(label) }));
  const message = plainForSms(`${words(question)}\n${numberedLines(labels)}`);
  const segments = countSegments(isolateRuns(message, context.texts.direction(language)));
  if (segments <= MANY_SEGMENTS || !context.texts.has(question, language)) return [];
  const text = `With its ${choices.length} choices "${localKey(question)}" costs ${segments} text messages in ${language}; shorten it or its labels for SMS.`;
  return [warningAt(textPosition(context, question, language), 'sms.long_question', text)];
}

/** The text with every letter outside GSM-7 written without its accent, where that is possible; ñ, é, ü and the like stay. */
function withoutAccents(text: string): string {
  const outside = new Set(smsAlphabet(text).forcedBy);
  return Array.from(text, (letter) => {
    if (!outside.has(letter)) return letter;
    return LETTERS[letter] ?? letter.normalize('NFD').replaceAll(/\p{M}/gu, '');
  }).join('');
}
