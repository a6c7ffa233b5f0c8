// A small hotline for trials that start the service very often: it welcomes, asks for consent if told to, and then answers each
// message by repeating it, so that every reply says which message it answers. Persons, DELETE and STOP work as anywhere.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SYSTEM_TEXTS } from '../../../src/engine/texts-used.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const json = (value: unknown): string => JSON.stringify(value, null, 2);

/** Labels that a person can choose must differ from each other. */
const LABELS: Record<string, string> = {
  yes: 'Yes',
  no: 'No',
  skip: 'Rather not say',
  none_of_these: 'None of these',
  'emergency.safe': 'I am safe',
  'emergency.person': 'I need somebody',
  'helped.yes': 'Yes, thanks',
  'helped.no': 'No, it did not',
  'helped.person': 'With a person',
  'delete_confirm.yes': 'Yes, delete',
  'delete_confirm.no': 'Do not delete',
  'continue_or_restart.continue': 'Go on here',
  'continue_or_restart.restart': 'From the start',
  callback_yes: 'Yes, write to me',
  callback_no: 'No, I will write',
  'referral_consent.choose': 'I choose',
  'rating.not_helped': 'Did not help',
  'rating.helped_little': 'Helped a little',
  'rating.helped_much': 'Helped a lot',
  'follow_up.not_gone': 'Have not gone',
  'follow_up.not_said': 'Will not say',
  complaint_received: 'Number {{number}}, {{days}} days.',
};

const systemTexts = (): Record<string, string> =>
  Object.fromEntries(
    SYSTEM_TEXTS.map((key) => key.slice('system:'.length)).map((key) => [key, LABELS[key] ?? `About ${key.replaceAll(/[._]/g, ' ')}.`]),
  );

const files = (consent: boolean): Record<string, string> => ({
  'flows/settings/hotline.yaml': `id: demo
demonstration: true
languages: [en]
required_languages: [en]
source_language: en
default_language: en
localities: ['*']
entry_flow: welcome
menu_flow: menu
timezone: Europe/Madrid
desk:
  hours:
    - { byday: [MO, TU, WE, TH, FR, SA, SU], opens_at: '00:00', closes_at: '24:00' }
  minutes_to_answer: 20
retention: {}
limits:
  messages_per_contact_day: 100000
  loop_messages: 1000
  channel_daily_segments: { sms: 100000000 }
`,
  'flows/settings/topics.yaml': '- { code: EDU }\n',
  'flows/settings/localities.yaml': "- { code: '*' }\n",
  'locales/languages.yaml': 'languages:\n  - { tag: en, name: English, script: Latn, iso3: eng, sms: gsm7 }\n',
  'flows/welcome.yaml': `steps:\n  - say: system:limits\n${consent ? '  - { id: keep, consent: keep_messages }\n' : ''}  - goto: menu\n`,
  'flows/menu.yaml': 'steps:\n  - { ask: said, type: text }\n  - { say: heard, params: { said: answers.said } }\n  - goto: menu\n',
  'flows/answers/none.yaml': '[]\n',
  'locales/en/system.json': json(systemTexts()),
  'locales/en/welcome.json': json(
    consent
      ? { keep: 'May we keep it?', 'keep.ok': 'Fine', 'keep.no': 'Rather not', 'keep.more': 'Say more', 'keep.more_text': 'More.' }
      : {},
  ),
  'locales/en/menu.json': json({ said: 'And now?', heard: 'Heard {{said}}.' }),
  'locales/en/topics.json': json({ EDU: 'School' }),
  'locales/en/localities.json': json({ '*': 'All' }),
  'locales/en/answers.json': json({}),
  'locales/en/language.json': readFileSync(path.join(root, 'locales/en/language.json'), 'utf8'),
  'locales/en/review.json': json({ default: 'machine-drafted' }),
});

/**
 * Writes the files into a folder that can be given to a service as its content.
 * @param consent whether the welcome asks if messages may be kept, which is answered with "Fine".
 */
export function writeEchoContent(folder: string, { consent = false } = {}): void {
  for (const [name, text] of Object.entries(files(consent))) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
}

/** The number in a reply to `message <number>`; null in any other. */
export function heardNumber(body: string): number | null {
  const found = /Heard message (\d+)\./.exec(body)?.[1];
  return found === undefined ? null : Number(found);
}
