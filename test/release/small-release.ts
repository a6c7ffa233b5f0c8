// A little release in which nothing is wrong, in Spanish and Arabic, for tests that break one thing at a time.
// Only the vocabularies come from the repository: understanding is tested with the real words.
import { readFileSync } from 'node:fs';
import { memorySource } from '../../src/content/file-source.ts';
import { identifyLanguage } from '../../src/content/language-model.ts';
import { loadFiles } from '../../src/content/load-files.ts';
import { SYSTEM_TEXTS } from '../../src/engine/texts-used.ts';
import { compileRelease } from '../../src/release/compile.ts';
import type { CompileResult } from '../../src/release/compile.ts';
import { formatProblem } from '../../src/release/problem.ts';

/** Saturday 21 November 2026, 11:00 in Madrid. */
export const now = Date.parse('2026-11-21T10:00:00Z');

const repository = new URL('../../', import.meta.url);
const vocabulary = (tag: string): string => readFileSync(new URL(`locales/${tag}/language.json`, repository), 'utf8');
const vocabularies = { es: vocabulary('es'), ar: vocabulary('ar') };

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
const phrasings = (words: string): string[] => Array.from({ length: 10 }, (_, index) => `${words} ${'abcdefghij'[index]}`);

/** What the engine says; labels differ from one another so that no question has two alike. */
const spanish: Record<string, string> = {
  yes: 'Sí',
  no: 'No',
  skip: 'Prefiero no decirlo',
  none_of_these: 'Ninguna de estas',
  'emergency.safe': 'Estoy a salvo',
  'emergency.person': 'Necesito a alguien',
  'helped.yes': 'Sí, gracias',
  'helped.no': 'No, no sirve',
  'helped.person': 'Con una persona',
  'referral_consent.choose': 'Elegir uno por uno',
  'rating.not_helped': 'No me ayudó',
  'rating.helped_little': 'Me ayudó un poco',
  'rating.helped_much': 'Me ayudó mucho',
  'follow_up.yes': 'Sí, lo recibí',
  'follow_up.refused': 'No, me lo negaron',
  'follow_up.not_gone': 'No fui',
  'follow_up.not_said': 'Prefiero no decir',
  'delete_confirm.yes': 'Sí, borrar',
  'delete_confirm.no': 'No borrar',
  'continue_or_restart.continue': 'Continuar aquí',
  'continue_or_restart.restart': 'Desde el principio',
  callback_yes: 'Sí, escríbanme',
  callback_no: 'No, escribiré yo',
  complaint_received: 'Número {{number}}, {{days}} días.',
};
const arabic: Record<string, string> = {
  yes: 'نعم',
  no: 'لا',
  skip: 'أفضل عدم القول',
  none_of_these: 'لا شيء من هذه',
  'emergency.safe': 'أنا بأمان',
  'emergency.person': 'أحتاج إلى أحد',
  'helped.yes': 'نعم، شكرا',
  'helped.no': 'لا، لم يفد',
  'helped.person': 'مع موظف هنا',
  'referral_consent.choose': 'اختيار كل بند',
  'rating.not_helped': 'لم تفد',
  'rating.helped_little': 'أفادت قليلا',
  'rating.helped_much': 'أفادت كثيرا',
  'follow_up.yes': 'نعم، وصلتني',
  'follow_up.refused': 'لا، رفضوا',
  'follow_up.not_gone': 'لم أذهب',
  'follow_up.not_said': 'أفضل عدم القول',
  'delete_confirm.yes': 'نعم، احذفوها',
  'delete_confirm.no': 'لا أريد الحذف',
  'continue_or_restart.continue': 'نواصل من هنا',
  'continue_or_restart.restart': 'من البداية',
  callback_yes: 'نعم، اكتبوا',
  callback_no: 'لا، سأكتب أنا',
  complaint_received: 'رقم {{number}}، {{days}} أيام.',
};

function systemTexts(own: Record<string, string>, filler: string): Record<string, string> {
  return Object.fromEntries(SYSTEM_TEXTS.map((key) => key.slice('system:'.length)).map((key) => [key, own[key] ?? filler]));
}

/** All files of the sound release. */
export const sound: Record<string, string> = {
  'flows/settings/hotline.yaml': `id: demo
demonstration: true
languages: [es, ar]
required_languages: [es, ar]
source_language: es
default_language: es
localities: ['*', ES]
entry_flow: welcome
menu_flow: menu
timezone: Europe/Madrid
desk: {}
retention: {}
limits: {}
`,
  'flows/settings/topics.yaml': '- { code: EDU }\n- { code: EDU.ENR }\n- { code: SAF, private: true }\n- { code: SAF.GBV }\n',
  'flows/settings/localities.yaml': "- { code: '*' }\n- { code: ES }\n- { code: ES-CT }\n",
  'locales/languages.yaml': `languages:
  - { tag: es, name: Español, script: Latn, iso3: spa, sms: gsm7 }
  - { tag: ar, name: العربية, script: Arab, fallback: [es], iso3: ara, sms: ucs2 }
`,
  'flows/welcome.yaml': 'steps:\n  - say: system:limits\n  - goto: menu\n',
  'flows/menu.yaml': `steps:
  - ask: need
    choices: [school, person]
    store: false
    next: { person: person }
  - goto: school
  - id: person
    handoff: {}
`,
  'flows/school.yaml': `topic: EDU.ENR
triggers: { keywords: true, menu: menu }
steps:
  - ask: age
    choices: [early, late]
  - say: old
    params: { age: answers.age }
  - answer: Q04
`,
  'flows/answers/school.yaml': `- id: Q04
  topic: EDU.ENR
  locality: '*'
  kind: treaty
  source: A treaty
  reviewed_by: null
  reviewed_on: null
  review_by: 2027-01-01
`,
  'flows/directory/places.yaml': `- id: centre
  name: Centro
  topics: [EDU.ENR]
  locality: ES-CT
  phones: ['+34931234567']
  asks_for_papers: 'no'
  shares_with_authorities: unknown
  confirm_locally: false
  source: A list
  verify_by: 2027-01-01
`,
  'locales/es/system.json': json(systemTexts(spanish, 'Texto.')),
  'locales/ar/system.json': json(systemTexts(arabic, 'نص.')),
  'locales/es/menu.json': json({ need: '¿Qué necesita?', 'need.school': 'Escuela', 'need.person': 'Persona' }),
  'locales/ar/menu.json': json({ need: 'ماذا تحتاج؟', 'need.school': 'المدرسة', 'need.person': 'شخص' }),
  'locales/es/school.json': json({
    age: '¿Qué edad?',
    'age.early': 'Menos de seis',
    'age.late': 'Seis o más',
    old: 'Tiene {{age}}.',
    keywords: ['escuela'],
  }),
  'locales/ar/school.json': json({
    age: 'كم العمر؟',
    'age.early': 'أقل من ست',
    'age.late': 'ست أو أكثر',
    old: 'العمر {{age}}.',
    keywords: ['مدرسة'],
  }),
  'locales/es/topics.json': json({ EDU: 'Escuela', 'EDU.ENR': 'Inscribir', SAF: 'Seguridad', 'SAF.GBV': 'Violencia' }),
  'locales/ar/topics.json': json({ EDU: 'المدرسة', 'EDU.ENR': 'تسجيل', SAF: 'الأمان', 'SAF.GBV': 'العنف' }),
  'locales/es/localities.json': json({ '*': 'Todos', ES: 'España', 'ES-CT': 'Cataluña' }),
  'locales/ar/localities.json': json({ '*': 'الكل', ES: 'إسبانيا', 'ES-CT': 'كتالونيا' }),
  'locales/es/answers.json': json({
    Q04: 'Sí puede.',
    'Q04.title': 'Inscribir en la escuela',
    'Q04.phrasings': phrasings('inscribir a mi hijo en la escuela'),
  }),
  'locales/ar/answers.json': json({
    Q04: 'نعم يمكنه.',
    'Q04.title': 'التسجيل في المدرسة',
    'Q04.phrasings': phrasings('تسجيل ابني في المدرسة'),
  }),
  'locales/es/language.json': vocabularies.es,
  'locales/ar/language.json': vocabularies.ar,
  'locales/es/review.json': '{ "default": "machine-drafted" }\n',
  'locales/ar/review.json': '{ "default": "machine-drafted", "texts": { "menu:need": { "state": "reviewed", "by": "A reader" } } }\n',
};

/** Changes to files: a new text, `null` to take a file away, or [search, replacement] pairs within it. */
export type Changes = Record<string, string | null | [search: string, replacement: string][]>;

function applied(changes: Changes): Record<string, string> {
  const files = { ...sound };
  for (const [path, change] of Object.entries(changes)) {
    if (change === null) delete files[path];
    else if (typeof change === 'string') files[path] = change;
    else {
      for (const [search, replacement] of change) {
        const text = files[path] ?? '';
        if (!text.includes(search)) throw new Error(`The sound release has no "${search}" in ${path}`);
        files[path] = text.replace(search, () => replacement);
      }
    }
  }
  return files;
}

/** Compiles the sound release with changes. */
export async function compileWith(changes: Changes = {}, options: { number?: number } = {}): Promise<CompileResult> {
  return compileRelease(await loadFiles(memorySource(applied(changes)), options), { identify: identifyLanguage, now });
}

/** Problems of the sound release with changes, one line each; only those of a severity, if one is given. */
export async function problemsWith(changes: Changes, severity?: 'error' | 'warning' | 'info'): Promise<string[]> {
  const { problems } = await compileWith(changes);
  return problems.filter((problem) => severity === undefined || problem.severity === severity).map(formatProblem);
}
