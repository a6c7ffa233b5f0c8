// Labels and hints of a step's fields: the console's own words where it has them, else what the schema says. Used by the fields of the form.
import { useTranslation } from 'react-i18next';
import type { StepKind } from '../../../engine/steps/index.ts';
import type { FormField } from './form-fields.ts';

export interface FieldWords {
  label: string;
  hint: string | undefined;
}

export function useFieldWords(): (kind: StepKind, field: Pick<FormField, 'key' | 'shape' | 'explained'>) => FieldWords {
  const { t } = useTranslation('flows');
  return (kind, { key: written, shape, explained }) => {
    // Within a waiting time, `next` is a step and nothing more.
    const key = written === 'next' && shape.type === 'step' ? 'then' : written;
    const label = t(`field_of.${kind}.${key}`, { defaultValue: t(`field.${key}`, { defaultValue: key }) });
    const known = t(`hint.${key}`, { defaultValue: '' });
    const isKnown = t(`field.${key}`, { defaultValue: '' }) !== '' || label !== key;
    return { label, hint: known !== '' ? known : isKnown ? undefined : explained };
  };
}

/** A value that is one of some: `urgent` of the field priority. */
export function useOptionWords(): (field: string, value: string) => string {
  const { t } = useTranslation('flows');
  return (field, value) =>
    t(`option.${field === 'outcome' ? 'end' : field}.${value}`, { defaultValue: t(`option.any.${value}`, { defaultValue: value }) });
}
