// A value, or a whole step, as its file writes it: for what the form has no field for, and for those who write quicker than they choose. It is
// taken over only when it can be read and follows the schema. Used by the form of a step.
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Skeleton } from '../../ui/pieces.tsx';
import { FieldFaults } from './field-faults.tsx';
import type { JsonValue } from './json-path.ts';
import type { ShapeProps } from './shape-props.ts';
import { useStepForm } from './step-form-context.ts';

interface Yaml {
  parse(text: string): unknown;
  stringify(value: unknown, options: { lineWidth: number }): string;
}

export function RawField({ path, label, hint }: Pick<ShapeProps, 'path' | 'label' | 'hint'>): ReactNode {
  const { get, set, isReadOnly } = useStepForm();
  return (
    <>
      <WrittenValue
        label={label}
        hint={hint}
        value={get(path)}
        isReadOnly={isReadOnly}
        check={() => null}
        onTake={(value) => set(path, value)}
      />
      <FieldFaults path={path} />
    </>
  );
}

export interface WrittenValueProps {
  label: string;
  hint?: string | undefined;
  value: JsonValue | undefined;
  isReadOnly: boolean;
  /** What is wrong with a value; null where it can be taken. */
  check: (value: JsonValue) => string | null;
  onTake: (value: JsonValue) => void;
}

/** YAML in a field; the library is fetched when the first one shows. */
export function WrittenValue(props: WrittenValueProps): ReactNode {
  const { data: yaml } = useQuery({
    queryKey: ['yaml'],
    queryFn: (): Promise<Yaml> => import('yaml').then(({ parse, stringify }) => ({ parse, stringify })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return yaml === undefined ? <Skeleton lines={3} /> : <Written {...props} yaml={yaml} />;
}

function Written({ label, hint, value, isReadOnly, check, onTake, yaml }: WrittenValueProps & { yaml: Yaml }): ReactNode {
  const { t } = useTranslation('flows');
  const written = value === undefined ? '' : yaml.stringify(value, { lineWidth: 0 });
  const [typed, setTyped] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const text = typed ?? written;
  const take = (): void => {
    const read = readYaml(yaml, text);
    const fault = 'fault' in read ? read.fault : check(read.value);
    setWrong(fault === null ? null : t('raw.wrong', { fault }));
    if (fault !== null || 'fault' in read) return;
    onTake(read.value);
    setTyped(null);
  };
  return (
    <div className="stack tight raw-field">
      <TextField
        label={label}
        hint={hint ?? t('raw.hint')}
        ltr
        rows={Math.min(24, Math.max(4, text.split('\n').length + 1))}
        value={text}
        wrong={wrong}
        isDisabled={isReadOnly}
        onChange={setTyped}
      />
      {!isReadOnly && typed !== null && typed !== written && (
        <div className="row">
          <Button onPress={take}>{t('raw.take')}</Button>
          <Button tone="plain" icon="undo" onPress={() => setTyped(null)}>
            {t('raw.put_back')}
          </Button>
        </div>
      )}
    </div>
  );
}

function readYaml(yaml: Yaml, text: string): { value: JsonValue } | { fault: string } {
  try {
    return { value: yaml.parse(text) as JsonValue };
  } catch (error) {
    return { fault: error instanceof Error ? (error.message.split('\n')[0] ?? error.message) : String(error) };
  }
}
