// A value that is fixed, or taken from an answer of the flow when the step runs: one list to choose from. Used by the form of a step.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Select } from '../../ui/field.tsx';
import { withValue } from '../settings/code-options.ts';
import { FieldFaults } from './field-faults.tsx';
import type { ShapeProps } from './shape-props.ts';
import { useOptionWords } from './field-words.ts';
import type { FieldShape } from './form-fields.ts';
import { plainText, type JsonValue } from './json-path.ts';
import { useStepForm } from './step-form-context.ts';

const FACTS = ['facts.locality', 'facts.topic'];
const MAX_NUMBERS = 10;

export function ReferenceField({ path, label, hint, of }: ShapeProps & { of: FieldShape }): ReactNode {
  const { t } = useTranslation('flows');
  const { get, set, isReadOnly, compiled } = useStepForm();
  const optionWords = useOptionWords();
  const named = String(path.at(-1));
  const fixed = fixedValues(of);
  const answers = [...(compiled?.answers.keys() ?? [])].map((name) => `answers.${name}`);
  const options = [
    { value: '', label: t('field_none') },
    ...fixed.map((value) => ({ value: plainText(value), label: optionWords(named, plainText(value)) })),
    ...[...answers, ...FACTS].map((value) => ({ value, label: t('field_from', { answer: value }) })),
  ];
  const value = get(path);
  const shown = plainText(value);
  return (
    <>
      <Select
        label={label}
        {...(hint === undefined ? {} : { hint })}
        value={shown}
        options={withValue(options, shown)}
        isDisabled={isReadOnly}
        onChange={(next) => set(path, next === '' ? undefined : (fixed.find((one) => plainText(one) === next) ?? next))}
      />
      <FieldFaults path={path} />
    </>
  );
}

function fixedValues(shape: FieldShape): JsonValue[] {
  if (shape.type === 'enum') return [...shape.options];
  if (shape.type === 'boolean') return [true, false];
  if (shape.type !== 'number' || shape.min === null || shape.max === null || shape.max - shape.min > MAX_NUMBERS) return [];
  const { min, max } = shape;
  return Array.from({ length: max - min + 1 }, (_, index) => min + index);
}
