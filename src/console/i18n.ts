// The console's words: four languages, one file an area, loaded when a page first needs them. Used by every page.
// `useTranslation('cases')` gives the words of an area; what belongs to the frame stands in `shell`.
// test/console/texts.test.ts holds every key that a page uses against all languages.
import i18next, { type BackendModule, type ReadCallback } from 'i18next';
import { initReactI18next } from 'react-i18next';

/** Languages of the console, each by its own name. */
export const CONSOLE_LANGUAGES = [
  { tag: 'es', name: 'Español', direction: 'ltr' },
  { tag: 'en', name: 'English', direction: 'ltr' },
  { tag: 'fr', name: 'Français', direction: 'ltr' },
  { tag: 'ar', name: 'العربية', direction: 'rtl' },
] as const;
export type ConsoleLanguage = (typeof CONSOLE_LANGUAGES)[number]['tag'];

const KEPT = 'ventanilla.language';

type Words = Promise<{ default: object }>;
const files: Record<ConsoleLanguage, Record<string, () => Words>> = {
  es: {
    shell: () => import('./locales/es/shell.json', { with: { type: 'json' } }),
    cases: () => import('./locales/es/cases.json', { with: { type: 'json' } }),
    referrals: () => import('./locales/es/referrals.json', { with: { type: 'json' } }),
    content: () => import('./locales/es/content.json', { with: { type: 'json' } }),
    answers: () => import('./locales/es/answers.json', { with: { type: 'json' } }),
    flows: () => import('./locales/es/flows.json', { with: { type: 'json' } }),
    preview: () => import('./locales/es/preview.json', { with: { type: 'json' } }),
  },
  en: {
    shell: () => import('./locales/en/shell.json', { with: { type: 'json' } }),
    cases: () => import('./locales/en/cases.json', { with: { type: 'json' } }),
    referrals: () => import('./locales/en/referrals.json', { with: { type: 'json' } }),
    content: () => import('./locales/en/content.json', { with: { type: 'json' } }),
    answers: () => import('./locales/en/answers.json', { with: { type: 'json' } }),
    flows: () => import('./locales/en/flows.json', { with: { type: 'json' } }),
    preview: () => import('./locales/en/preview.json', { with: { type: 'json' } }),
  },
  fr: {
    shell: () => import('./locales/fr/shell.json', { with: { type: 'json' } }),
    cases: () => import('./locales/fr/cases.json', { with: { type: 'json' } }),
    referrals: () => import('./locales/fr/referrals.json', { with: { type: 'json' } }),
    content: () => import('./locales/fr/content.json', { with: { type: 'json' } }),
    answers: () => import('./locales/fr/answers.json', { with: { type: 'json' } }),
    flows: () => import('./locales/fr/flows.json', { with: { type: 'json' } }),
    preview: () => import('./locales/fr/preview.json', { with: { type: 'json' } }),
  },
  ar: {
    shell: () => import('./locales/ar/shell.json', { with: { type: 'json' } }),
    cases: () => import('./locales/ar/cases.json', { with: { type: 'json' } }),
    referrals: () => import('./locales/ar/referrals.json', { with: { type: 'json' } }),
    content: () => import('./locales/ar/content.json', { with: { type: 'json' } }),
    answers: () => import('./locales/ar/answers.json', { with: { type: 'json' } }),
    flows: () => import('./locales/ar/flows.json', { with: { type: 'json' } }),
    preview: () => import('./locales/ar/preview.json', { with: { type: 'json' } }),
  },
};

const backend: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read(language, namespace, callback) {
    void readWords(language, namespace, callback);
  },
};

async function readWords(language: string, namespace: string, callback: ReadCallback): Promise<void> {
  try {
    const load = isConsoleLanguage(language) ? files[language][namespace] : undefined;
    if (load === undefined) throw new RangeError(`The console has no words for ${language}/${namespace}.`);
    callback(null, (await load()).default);
  } catch (error) {
    callback(error as Error, null);
  }
}

/** Whether the console speaks it. */
export function isConsoleLanguage(tag: string): tag is ConsoleLanguage {
  return CONSOLE_LANGUAGES.some((language) => language.tag === tag);
}

/** Which way the language in use is written. */
export function directionOf(tag: string): 'ltr' | 'rtl' {
  return CONSOLE_LANGUAGES.find((language) => language.tag === tag)?.direction ?? 'ltr';
}

/** For numbers, days and hours: digits stay the ones that stand in case numbers and on keyboards. */
export function formatLocale(tag: string): string {
  return tag === 'ar' ? 'ar-u-nu-latn' : tag;
}

/** Makes the words ready in the language that was used here last, or that the browser asks for. */
export async function startTexts(): Promise<void> {
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
    document.documentElement.dir = directionOf(language);
  });
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: firstLanguage(),
      fallbackLng: false,
      ns: ['shell'],
      defaultNS: 'shell',
      // React escapes what it shows.
      interpolation: { escapeValue: false },
      react: { useSuspense: true },
    });
}

/** Changes the language of the console here, at once. */
export async function switchLanguage(language: ConsoleLanguage): Promise<void> {
  localStorage.setItem(KEPT, language);
  await i18next.changeLanguage(language);
}

function firstLanguage(): ConsoleLanguage {
  const wished = [localStorage.getItem(KEPT) ?? '', ...navigator.languages.map((tag) => tag.split('-')[0] ?? '')];
  return wished.find(isConsoleLanguage) ?? 'en';
}
