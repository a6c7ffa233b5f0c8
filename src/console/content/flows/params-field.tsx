// What fills in the values of a text: one expression for each `{{name}}` that the text has. Used by the form of a step.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/button.tsx';
import { valuesIn } from '../whole-values.ts';
import { CelField } from './cel-field.tsx';
import { useEditor } from './editor.ts';
import { FieldFaults } from './field-faults.tsx';
import type { ShapeProps } from './shape-props.ts';
import { isRecord } from './json-path.ts';
import { useStepForm } from './step-form-context.ts';
import { useSaidKeys } from './use-said-keys.ts';

export function ParamsField({ path, label }: ShapeProps): ReactNode {
  const { t } = useTranslation('flows');
  const { shown } = useEditor();
  const { get, set, textAt, isReadOnly } = useStepForm();
  const keys = useSaidKeys();
  const found = get(path);
  const given = isRecord(found) ? found : {};
  const named = keys.flatMap((key) => {
    const text = textAt(key) ?? shown.get(key);
    return typeof text === 'string' ? valuesIn(text).map((value) => value.slice(2, -2).trim()) : [];
  });
  const names = [...new Set([...named, ...Object.keys(given)])];
  if (names.length === 0) return null;
  return (
    <fieldset className="stack tight">
      <legend>
        <strong>{label}</strong>
      </legend>
      <p className="quiet small">{t('params.help')}</p>
      {names.map((name) => {
        const value = given[name];
        return (
          <div key={name} className="flow-line">
            <CelField
              label={`{{${name}}}`}
              hint={named.includes(name) ? undefined : t('params.unused')}
              value={typeof value === 'string' ? value : ''}
              isReadOnly={isReadOnly}
              isWrong={value === undefined}
              onChange={(source) => set([...path, name], source === '' ? undefined : source)}
            />
            {!isReadOnly && value !== undefined && !named.includes(name) && (
              <IconButton icon="close" label={t('map.remove', { name })} onPress={() => set([...path, name], undefined)} />
            )}
            <FieldFaults path={[...path, name]} />
          </div>
        );
      })}
    </fieldset>
  );
}
