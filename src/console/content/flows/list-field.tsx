// A list of short codes, written with commas between. What is typed is read when the field is left. Used by the form of a step.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { TextField } from '../../ui/field.tsx';
import type { ShapeProps } from './shape-props.ts';
import { RawField } from './raw-field.tsx';
import { useStepForm } from './step-form-context.ts';

export function ListField(props: ShapeProps): ReactNode {
  const { shape, path, label, hint, usual } = props;
  const { t } = useTranslation('flows');
  const { get, set, wrongAt, isReadOnly } = useStepForm();
  const value = get(path);
  const items = Array.isArray(value) ? value : [];
  const [typed, setTyped] = useState<string | null>(null);
  const isSimple = shape.type === 'list' && ['choice', 'name', 'string', 'enum', 'topic', 'flow'].includes(shape.item.type);
  if (!isSimple) return <RawField {...props} />;
  return (
    <TextField
      label={label}
      hint={hint ?? t('field_commas')}
      ltr
      {...(Array.isArray(usual) ? { placeholder: usual.join(', ') } : {})}
      value={typed ?? items.join(', ')}
      wrong={wrongAt(path)}
      isDisabled={isReadOnly}
      onChange={setTyped}
      onBlur={() => {
        if (typed === null) return;
        const next = typed.split(/[,\s]+/).filter((item) => item !== '');
        set(path, next.length === 0 ? undefined : next);
        setTyped(null);
      }}
    />
  );
}
