// Which languages people are offered, which must be whole, which is taken where none is known, and from which is translated.
// A part of the settings page.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format.ts';
import { Choices } from '../../ui/choice.tsx';
import { Select } from '../../ui/field.tsx';
import { withValue } from './code-options.ts';
import { CodesField } from './codes-field.tsx';
import { KeptForm } from './kept-form.tsx';
import { useSetting, type SettingsPartProps } from './use-setting.ts';

export function LanguagesPart(props: SettingsPartProps): ReactNode {
  const { hotline, isReadOnly } = props;
  const { t } = useTranslation('answers');
  const format = useFormat();
  const offered = useSetting('languages', props, [hotline.sourceLanguage]);
  const required = useSetting('required_languages', props, [hotline.sourceLanguage]);
  const usual = useSetting('default_language', props, hotline.sourceLanguage);
  const source = useSetting('source_language', props, hotline.sourceLanguage);
  const option = (tag: string) => ({ value: tag, label: format.language(tag) });
  const known = hotline.knownLanguages.map(({ tag }) => option(tag)).sort((a, b) => a.label.localeCompare(b.label));
  const setOffered = (tags: string[]): void => {
    offered.set(tags);
    // What is not offered need not be whole.
    const still = required.value.filter((tag) => tags.includes(tag));
    if (still.length < required.value.length && still.length > 0) required.set(still);
  };
  return (
    <KeptForm label={t('settings.part_languages')} kept={[offered, required, usual, source]} isReadOnly={isReadOnly}>
      <CodesField
        label={t('languages.offered')}
        hint={t('languages.offered_hint')}
        addLabel={t('languages.add')}
        value={offered.value}
        options={known}
        isReadOnly={isReadOnly}
        wrong={offered.value.length === 0 ? t('languages.none') : null}
        onChange={setOffered}
      />
      <Choices
        label={t('languages.required')}
        hint={t('languages.required_hint')}
        beside
        value={required.value}
        options={offered.value.map(option)}
        wrong={required.value.length === 0 ? t('languages.none') : null}
        onChange={required.set}
      />
      <Select
        label={t('languages.default')}
        hint={t('languages.default_hint')}
        value={usual.value}
        options={withValue(offered.value.map(option), usual.value)}
        onChange={usual.set}
      />
      <Select
        label={t('languages.source')}
        hint={t('languages.source_hint')}
        value={source.value}
        options={withValue(known, source.value)}
        onChange={source.set}
      />
    </KeptForm>
  );
}
