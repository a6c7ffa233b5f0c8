// What a place is: its names, who runs it, what it helps with. A part of place-form.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format.ts';
import { TextField } from '../../ui/field.tsx';
import { topicOptions } from '../settings/code-options.ts';
import { SpokenField } from '../settings/spoken-field.tsx';
import { CodesField } from '../settings/codes-field.tsx';
import type { PlacePartProps } from './place-fields.ts';

export function PlaceIdentity({ fields, change, isWrong, hotline }: PlacePartProps): ReactNode {
  const { t } = useTranslation('answers');
  const format = useFormat();
  const { names = {} } = fields;
  const setName = (tag: string, name: string): void => {
    const { [tag]: _, ...others } = names;
    const next = name.trim() === '' ? others : { ...others, [tag]: name };
    change({ names: Object.keys(next).length === 0 ? undefined : next });
  };
  return (
    <section className="stack">
      <h2>{t('places.part_what')}</h2>
      <TextField
        label={t('places.name')}
        hint={t('places.name_hint')}
        wrong={isWrong('name') ? t('places.name_missing') : null}
        value={fields.name}
        onChange={(name) => change({ name })}
      />
      <fieldset className="stack tight">
        <legend>
          <strong>{t('places.names')}</strong>
        </legend>
        <p className="quiet small">{t('places.names_hint')}</p>
        <div className="name-lines">
          {hotline.languages.map(({ tag }) => (
            <SpokenField
              key={tag}
              label={format.language(tag)}
              language={tag}
              value={names[tag] ?? ''}
              onChange={(name) => setName(tag, name)}
            />
          ))}
        </div>
      </fieldset>
      <TextField
        label={t('places.organization')}
        hint={t('places.organization_hint')}
        value={fields.organization ?? ''}
        onChange={(organization) => change({ organization: organization.trim() === '' ? undefined : organization })}
      />
      <CodesField
        label={t('places.topics')}
        hint={t('places.topics_hint')}
        addLabel={t('places.add_topic')}
        value={fields.topics}
        options={topicOptions(hotline)}
        onChange={(topics) => change({ topics })}
        wrong={isWrong('topics') ? t('places.topics_missing') : null}
      />
    </section>
  );
}
