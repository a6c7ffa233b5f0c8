// Names with a value each, such as what a step computes. Names are typed; a new line begins below. Used by the form of a step.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { FieldFaults } from './field-faults.tsx';
import type { ShapeProps } from './shape-props.ts';
import { blankValue } from './blank-value.ts';
import type { FieldShape } from './form-fields.ts';
import { isRecord } from './json-path.ts';
import { useStepForm } from './step-form-context.ts';

const NAME = /^[a-z][a-z0-9_]{0,40}$/;

export function MapField({ path, label, hint, value: shape }: ShapeProps & { value: FieldShape }): ReactNode {
  const { t } = useTranslation('flows');
  const { get, set, isReadOnly, Shape } = useStepForm();
  const [name, setName] = useState('');
  const [isWrong, setWrong] = useState(false);
  const found = get(path);
  const map = isRecord(found) ? found : {};
  const add = (): void => {
    const isUsable = NAME.test(name) && !Object.hasOwn(map, name);
    setWrong(!isUsable);
    if (!isUsable) return;
    set([...path, name], blankValue(shape));
    setName('');
  };
  return (
    <fieldset className="stack tight">
      <legend>
        <strong>{label}</strong>
      </legend>
      {hint !== undefined && <p className="quiet small">{hint}</p>}
      {Object.keys(map).map((key) => (
        <div key={key} className="flow-line">
          <Shape shape={shape} path={[...path, key]} label={key} isRequired />
          {!isReadOnly && <IconButton icon="close" label={t('map.remove', { name: key })} onPress={() => set([...path, key], undefined)} />}
        </div>
      ))}
      {!isReadOnly && (
        <div className="flow-line">
          <TextField label={t('map.name')} ltr value={name} onChange={setName} wrong={isWrong ? t('map.bad_name') : null} />
          <Button icon="plus" isDisabled={name === ''} onPress={add}>
            {t('map.add')}
          </Button>
        </div>
      )}
      <FieldFaults path={path} exact />
    </fieldset>
  );
}
