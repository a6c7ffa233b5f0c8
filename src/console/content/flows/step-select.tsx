// Picks a step of the flow, or its end: in the order of the flow, with what each is about. Used wherever one step leads to another.
// A long flow has hundreds of options in each of several pickers: they are made once, and not drawn anew with every letter of the form.
import { memo, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Select } from '../../ui/field.tsx';
import { END } from './edited-flow.ts';
import { useEditor } from './editor.ts';
import { useStable } from './use-stable.ts';

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

const SteadySelect = memo(Select<string>);

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
  const options = useMemo(() => {
    const ids = [...flow.steps.map(({ id }) => id), END];
    const named = value === '' || ids.includes(value) ? ids : [value, ...ids];
    return [{ value: '', label: none ?? t('step.choose') }, ...named.map((id) => ({ value: id, label: words.option(id) }))];
  }, [flow, words, value, none, t]);
  const change = useStable((step: string): void => onChange(step === '' ? undefined : step));
  return (
    <SteadySelect
      label={label}
      quietLabel={quietLabel}
      {...(hint === undefined ? {} : { hint })}
      value={value}
      options={options}
      isDisabled={isDisabled}
      onChange={change}
    />
  );
}
