// Texts and channels that the rendering tests share: four languages, one menu, no outside files.
import type { Capabilities } from '../../src/domain/capabilities.ts';
import type { Line } from '../../src/domain/text.ts';
import { LanguageEntry, toLanguageInfo } from '../../src/rendering/language-info.ts';
import type { LanguageInfo } from '../../src/rendering/language-info.ts';
import { createTexts } from '../../src/rendering/texts.ts';
import type { Resources } from '../../src/rendering/texts.ts';

const entries: [tag: string, name: string, script: string, iso3: string, sms: string, fallback: string[], digits?: string][] = [
  ['es', 'Español', 'Latn', 'spa', 'gsm7', ['en']],
  ['en', 'English', 'Latn', 'eng', 'gsm7', ['es']],
  ['fr', 'Français', 'Latn', 'fra', 'gsm7', ['en']],
  ['ar', 'العربية', 'Arab', 'ara', 'ucs2', ['fr', 'en']],
  ['fa', 'فارسی', 'Arab', 'pes', 'ucs2', ['ar'], 'arabext'],
  ['kmr', 'Kurmancî', 'Latn', 'kmr', 'ucs2', []],
  ['ht', 'Kreyòl', 'Latn', 'hat', 'ucs2', ['fr']],
];

export const languages: LanguageInfo[] = entries.map(([tag, name, script, iso3, sms, fallback, digits]) =>
  toLanguageInfo(LanguageEntry.parse({ tag, name, script, iso3, sms, fallback, ...(digits === undefined ? {} : { digits }) })),
);

const menuIds = ['health', 'school', 'work', 'documents', 'housing', 'children', 'money', 'consulates', 'private', 'person'];

function menu(question: string, labels: string[]): Record<string, unknown> {
  return { menu: question, ...Object.fromEntries(menuIds.map((id, index) => [`menu.${id}`, labels[index]])) };
}

export const resources: Resources = {
  es: {
    system: {
      limits: 'Línea gratuita. Si hay peligro llame al {{number}}.',
      limits_sms: 'Linea gratuita. Si hay peligro llame al {{number}}.',
      fault: 'Algo falló. Escriba PERSONA.',
      days_one: '{{count}} día',
      days_other: '{{count}} días',
      wait: 'Espere {{time}}.',
    },
    menu: menu('¿Qué necesita?', [
      'Salud',
      'Escuela',
      'Trabajo',
      'Documentos',
      'Casa y comida',
      'Niños y familia',
      'Dinero',
      'Consulados',
      'Ayuda privada',
      'Persona',
    ]),
    welcome: {
      keep: '¿Guardamos sus mensajes?',
      'keep.ok': 'De acuerdo',
      'keep.no': 'No guardar',
      'keep.more': 'Más información',
      'keep.synonyms': ['vale'],
    },
  },
  en: {
    system: {
      limits: 'Free line. If in danger call {{number}}.',
      days_one: '{{count}} day',
      days_other: '{{count}} days',
      only_english: 'Only here.',
    },
    menu: menu('What do you need?', [
      'Health',
      'School',
      'Work',
      'Documents',
      'Home, food',
      'Children, family',
      'Money',
      'Consulates',
      'Private help',
      'A person',
    ]),
    welcome: { keep: 'Shall we keep your messages?', 'keep.ok': 'OK', 'keep.no': 'Do not keep', 'keep.more': 'More information' },
  },
  fr: {
    system: { limits: 'Ligne gratuite. En cas de danger, appelez le {{number}}.', empty: '' },
    menu: menu('De quoi avez-vous besoin ?', [
      'Santé',
      'École',
      'Travail',
      'Papiers',
      'Logement, repas',
      'Enfants, famille',
      'Argent',
      'Consulats',
      'Aide privée',
      'Une personne',
    ]),
    welcome: { keep: 'Gardons-nous vos messages ?', 'keep.ok': 'D’accord', 'keep.no': 'Ne pas garder', 'keep.more': 'En savoir plus' },
  },
  ar: {
    system: {
      limits: 'خط مجاني. إذا كنت في خطر اتصل على {{number}}.',
      days_zero: 'أقل من يوم',
      days_one: 'يوم واحد',
      days_two: 'يومان',
      days_few: '{{count}} أيام',
      days_many: '{{count}} يوما',
      days_other: '{{count}} يوم',
      wait: 'انتظر {{time}}.',
    },
    menu: menu('ماذا تحتاج؟', [
      'الصحة',
      'المدرسة',
      'العمل',
      'الوثائق',
      'السكن والطعام',
      'الأطفال والأسرة',
      'المال',
      'القنصليات',
      'مساعدة خاصة',
      'شخص',
    ]),
    welcome: { keep: 'هل نحتفظ برسائلك؟', 'keep.ok': 'موافق', 'keep.no': 'لا تحتفظوا بها', 'keep.more': 'مزيد من المعلومات' },
  },
  fa: { system: { days_one: '{{count}} روز', days_other: '{{count}} روز', limits: 'زنگ بزنید {{number}}' } },
  kmr: { system: { limits: 'Xeta belaş. {{number}}' } },
  ht: { system: { days_one: '{{count}} jou', days_other: '{{count}} jou yo' } },
};

export const texts = createTexts(resources, languages, { defaultLanguage: 'es' });

export const sms: Capabilities = { maxChars: 1600, buttons: null, list: null, smsSegments: true, segmentsPerSecond: 1 };
export const whatsapp: Capabilities = {
  maxChars: 1600,
  buttons: { max: 3, maxLabel: 20, maxBody: 1024 },
  list: { max: 10, maxLabel: 24, maxBody: 1024 },
  smsSegments: false,
  segmentsPerSecond: 80,
};
export const web: Capabilities = {
  maxChars: 4000,
  buttons: { max: 12, maxLabel: 80, maxBody: 4000 },
  list: null,
  smsSegments: false,
  segmentsPerSecond: null,
};

/** What a first message gets: the limits of the line, then the question whether to keep messages. */
export const welcomeTurn: Line[] = [
  { text: { key: 'system:limits', params: { number: '+34 900 12 34 56' } } },
  { text: { key: 'welcome:keep' }, choices: ['ok', 'no', 'more'].map((id) => ({ id, label: { key: `welcome:keep.${id}` } })) },
];

export const menuTurn: Line[] = [{ text: { key: 'menu:menu' }, choices: menuIds.map((id) => ({ id, label: { key: `menu:menu.${id}` } })) }];

/** Isolates made visible, so that a test reads. */
export function visible(text: string): string {
  return text.replaceAll('\u2066', '⟨').replaceAll('\u2068', '‹').replaceAll('\u2069', '⟩');
}
