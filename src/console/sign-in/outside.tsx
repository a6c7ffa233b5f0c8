// The frame of pages before somebody is signed in: the name, the language, the page in the middle. Used by sign-in pages.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CONSOLE_LANGUAGES, isConsoleLanguage, switchLanguage } from '../i18n.ts';
import { usePageTitle } from '../layout/page.tsx';
import { Select } from '../ui/field.tsx';
import '../layout/layout.css';

export function Outside({ title, wide = false, children }: { title: string; wide?: boolean; children: ReactNode }): ReactNode {
  const { t, i18n } = useTranslation();
  usePageTitle(title);
  return (
    <div className="outside">
      <header>
        <span className="name">Ventanilla</span>
        <Select
          label={t('sign_in.language')}
          quietLabel
          value={i18n.language}
          options={CONSOLE_LANGUAGES.map(({ tag, name }) => ({ value: tag, label: name }))}
          onChange={(tag) => isConsoleLanguage(tag) && void switchLanguage(tag)}
        />
      </header>
      <main className={wide ? 'wide' : undefined}>
        <h1>{title}</h1>
        {children}
      </main>
    </div>
  );
}
