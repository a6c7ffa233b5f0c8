// Picks a step of the flow, or its end: in the order of the flow, with what each is about. Used wherever one step leads to another.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Select } from '../../ui/field.tsx';
import { END } from './edited-flow.ts';
import { useEditor } from './editor.ts';

export interface StepSelectProps {
  label: string;
  quietLabel?: boolean;
  hint?: string;
  value: string | undefined;
  /** What it means when none is chosen; absent where one must be. */
  none?: string;
  isDisabled?: boolean;
  onChange: (step: string | undefined) => void;
}

export function StepSelect({
  label,
  quietLabel = false,
  hint,
  value = '',
  none,
  isDisabled = false,
  onChange,
}: StepSelectProps): ReactNode {
  const { t } = useTranslation('flows');
  const { flow, words } = useEditor();
  const ids = [...flow.steps.map(({ id }) => id), END];
  const options = [
    { value: '', label: none ?? t('step.choose') },
    ...(value !== '' && !ids.includes(value) ? [value] : []).concat(ids).map((id) => ({ value: id, label: words.option(id) })),
  ];
  return (
    <Select
      label={label}
      quietLabel={quietLabel}
      {...(hint === undefined ? {} : { hint })}
      value={value}
      options={options}
      isDisabled={isDisabled}
      onChange={(step) => onChange(step === '' ? undefined : step)}
    />
  );
}
