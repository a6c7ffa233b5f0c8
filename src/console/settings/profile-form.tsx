// How one is called, the languages one can answer in, and the language of the console. Used in the settings.
import { useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components/Form';
import { useTranslation } from 'react-i18next';
import { keyOf, queryClient, useAct } from '../api.ts';
import { CONSOLE_LANGUAGES, isConsoleLanguage, switchLanguage } from '../i18n.ts';
import { LanguagesField } from '../people/languages-field.tsx';
import { useMe } from '../session.tsx';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Select, TextField } from '../ui/field.tsx';
import { useToasts } from '../ui/toast.tsx';

export function ProfileForm(): ReactNode {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const { tell } = useToasts();
  const [alias, setAlias] = useState(me.alias);
  const [languages, setLanguages] = useState(me.languages);
  const change = useAct('changeMe', { onSuccess: (changed) => queryClient.setQueryData(keyOf('readMe'), changed), changes: ['listStaff'] });
  const save = (): void =>
    change.mutate([{ body: { alias: alias.trim(), languages } }], {
      onSuccess: () => tell(t('ui.saved')),
    });
  const speak = (tag: string): void => {
    if (!isConsoleLanguage(tag)) return;
    void switchLanguage(tag);
    change.mutate([{ body: { uiLanguage: tag } }]);
  };
  return (
    <Form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <ErrorNotice error={change.error} />
      <Select
        label={t('profile.console_language')}
        value={i18n.language}
        options={CONSOLE_LANGUAGES.map(({ tag, name }) => ({ value: tag, label: name }))}
        onChange={speak}
      />
      <TextField
        label={t('invitation.alias')}
        hint={t('invitation.alias_hint')}
        isRequired
        maxLength={40}
        value={alias}
        onChange={setAlias}
      />
      <LanguagesField label={t('people.languages')} hint={t('profile.languages_hint')} value={languages} onChange={setLanguages} />
      <div className="row">
        <Button type="submit" tone="primary" isPending={change.isPending}>
          {t('ui.save')}
        </Button>
      </div>
    </Form>
  );
}
