// What kind of reply a question takes. What belongs to another kind goes with the change, so that nothing is left that means nothing.
// Used by the form of a step.
import type { ReactNode } from 'react';
import { Select } from '../../ui/field.tsx';
import { FieldFaults } from './field-faults.tsx';
import { useOptionWords } from './field-words.ts';
import { isFieldUsed } from './form-fields.ts';
import type { JsonRecord } from './json-path.ts';
import type { ShapeProps } from './shape-props.ts';
import { useStepForm } from './step-form-context.ts';

/** Where it has choices it is a choice, and needs not say so. */
const CHOICE = 'choice';
const OF_A_KIND = ['choices', 'min', 'max', 'max_chars'];

export function AskTypeField({ path, label, options }: Pick<ShapeProps, 'path' | 'label'> & { options: readonly string[] }): ReactNode {
  const { get, replace, step, isReadOnly } = useStepForm();
  const optionWords = useOptionWords();
  const value = get(path);
  const change = (type: string): void => {
    const { type: _before, ...rest } = step.raw;
    const typed: JsonRecord = type === CHOICE ? rest : { ...rest, type };
    const kept = Object.entries(typed).filter(([key]) => !OF_A_KIND.includes(key) || isFieldUsed('ask', key, typed));
    replace({ ...Object.fromEntries(kept), ...(type === CHOICE && typed['choices'] === undefined ? { choices: [] } : {}) });
  };
  return (
    <>
      <Select
        label={label}
        value={typeof value === 'string' ? value : CHOICE}
        isDisabled={isReadOnly}
        options={options.map((type) => ({ value: type, label: optionWords('type', type) }))}
        onChange={change}
      />
      <FieldFaults path={path} />
    </>
  );
}
