// What it takes to publish: a second person, and communities that sign for their language. A part of the settings page.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format.ts';
import { Checkbox } from '../../ui/choice.tsx';
import { Notice } from '../../ui/pieces.tsx';
import { CodesField } from './codes-field.tsx';
import { KeptForm } from './kept-form.tsx';
import { useSetting, type SettingsPartProps } from './use-setting.ts';

export function PublishingPart(props: SettingsPartProps): ReactNode {
  const { hotline, isReadOnly } = props;
  const { t } = useTranslation('answers');
  const format = useFormat();
  const rules = useSetting('publishing', props, {});
  const needsSecond = rules.value.second_person ?? true;
  return (
    <KeptForm label={t('settings.part_publishing')} kept={rules} isReadOnly={isReadOnly}>
      <Checkbox
        label={t('publishing.second')}
        explained={t('publishing.second_help')}
        isSelected={needsSecond}
        onChange={(second_person) => rules.set({ ...rules.value, second_person })}
      />
      {!needsSecond && <Notice tone="warn" title={t('publishing.alone')} />}
      <CodesField
        label={t('publishing.sign_off')}
        hint={t('publishing.sign_off_hint')}
        addLabel={t('languages.add')}
        value={rules.value.sign_off_languages ?? []}
        options={hotline.languages.map(({ tag }) => ({ value: tag, label: format.language(tag) }))}
        isReadOnly={isReadOnly}
        onChange={(sign_off_languages) => rules.set({ ...rules.value, sign_off_languages })}
      />
    </KeptForm>
  );
}
