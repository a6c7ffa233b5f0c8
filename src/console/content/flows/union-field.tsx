// A value of one of several kinds: first which kind, then the value. Used by the form of a step.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Select } from '../../ui/field.tsx';
import { blankValue, optionOf } from './blank-value.ts';
import type { ShapeProps } from './shape-props.ts';
import type { FieldShape } from './form-fields.ts';
import { useStepForm } from './step-form-context.ts';

export function UnionField({ path, label, hint, options }: ShapeProps & { options: readonly FieldShape[] }): ReactNode {
  const { t } = useTranslation('flows');
  const { kind, get, set, isReadOnly, Shape } = useStepForm();
  const chosen = optionOf(options, get(path));
  const shape = options[chosen];
  const place = `union.${kind}.${path.join('.')}`;
  return (
    <>
      <Select
        label={label}
        {...(hint === undefined ? {} : { hint })}
        value={String(chosen)}
        isDisabled={isReadOnly}
        options={options.map((option, index) => ({
          value: String(index),
          label: t(`${place}.${option.type}`, { defaultValue: t(`union.any.${option.type}`, { defaultValue: option.type }) }),
        }))}
        onChange={(next) => {
          const option = options[Number(next)];
          if (option !== undefined && Number(next) !== chosen) set(path, blankValue(option));
        }}
      />
      {shape && shape.type !== 'literal' && (
        <Shape shape={shape} path={path} label={t(`${place}.${shape.type}_label`, { defaultValue: label })} isRequired />
      )}
    </>
  );
}
