// One field of a step's form, chosen by what kind of value it takes. Fields within fields come back here. Rendered by step-form.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Checkbox } from '../../ui/choice.tsx';
import { Select, TextField } from '../../ui/field.tsx';
import { topicOptions, withValue } from '../settings/code-options.ts';
import { AskTypeField } from './ask-type-field.tsx';
import { CelField } from './cel-field.tsx';
import { ChoicesField } from './choices-field.tsx';
import { ConditionsField } from './conditions-field.tsx';
import { useEditor } from './editor.ts';
import { FieldFaults } from './field-faults.tsx';
import { useFieldWords, useOptionWords } from './field-words.ts';
import type { FieldShape, FormField } from './form-fields.ts';
import { isRecord, type JsonValue, type Path } from './json-path.ts';
import { ListField } from './list-field.tsx';
import { MapField } from './map-field.tsx';
import { NextField } from './next-field.tsx';
import { NumberField } from './number-field.tsx';
import { ParamsField } from './params-field.tsx';
import { RawField } from './raw-field.tsx';
import { ReferenceField } from './reference-field.tsx';
import { useStepForm } from './step-form-context.ts';
import type { ShapeProps } from './shape-props.ts';
import { StepSelect } from './step-select.tsx';
import { TextKeyField } from './text-key-field.tsx';
import { UnionField } from './union-field.tsx';

export interface FieldProps {
  field: FormField;
  path: Path;
}

export function FieldView({ field, path }: FieldProps): ReactNode {
  const { kind } = useStepForm();
  const { label, hint } = useFieldWords()(kind, field);
  return <ShapeField shape={field.shape} path={path} label={label} hint={hint} isRequired={field.isRequired} usual={field.usual} />;
}

/** A value of some shape at a path. */
export function ShapeField(props: ShapeProps): ReactNode {
  const { shape } = props;
  const { kind } = useStepForm();
  switch (shape.type) {
    case 'text_key':
      return <TextKeyField {...props} />;
    case 'cel':
      return <CelAt {...props} isPlain={shape.plain} />;
    case 'next':
      return <NextField {...props} />;
    case 'conditions':
      return <ConditionsField {...props} />;
    case 'params':
      return <ParamsField {...props} />;
    case 'number':
      return <NumberField {...props} min={shape.min} max={shape.max} isWhole={shape.isWhole} />;
    case 'boolean':
      return <BooleanField {...props} />;
    case 'or_reference':
      return <ReferenceField {...props} of={shape.of} />;
    case 'group':
      return <GroupField path={props.path} label={props.label} fields={shape.fields} isRequired={props.isRequired} />;
    case 'list':
      return kind === 'ask' && props.path[0] === 'choices' ? <ChoicesField {...props} /> : <ListField {...props} />;
    case 'map':
      return <MapField {...props} value={shape.value} />;
    case 'union':
      return <UnionField {...props} options={shape.options} />;
    case 'literal':
      return null;
    case 'enum':
      return kind === 'ask' && props.path[0] === 'type' ? <AskTypeField {...props} options={shape.options} /> : <ChosenField {...props} />;
    case 'raw':
      return <RawField {...props} />;
    default:
      return <ChosenField {...props} />;
  }
}

/** Values that are picked from a list, or short texts. */
function ChosenField({ shape, path, label, hint, isRequired, usual }: ShapeProps): ReactNode {
  const { t } = useTranslation('flows');
  const { get, set, isReadOnly, wrongAt } = useStepForm();
  const options = useOptions(shape, path, usual, isRequired);
  const value = get(path);
  const shown = typeof value === 'string' ? value : '';
  const change = (next: string): void => set(path, next === '' && !isRequired ? undefined : next);
  if (shape.type === 'step') {
    return (
      <>
        <StepSelect
          label={label}
          {...(hint === undefined ? {} : { hint })}
          value={shown}
          {...(isRequired ? {} : { none: t('step.usual') })}
          isDisabled={isReadOnly}
          onChange={(step) => set(path, step ?? (isRequired ? '' : undefined))}
        />
        <FieldFaults path={path} />
      </>
    );
  }
  if (options === null) {
    return <TextField label={label} hint={hint} ltr value={shown} wrong={wrongAt(path)} isDisabled={isReadOnly} onChange={change} />;
  }
  return (
    <>
      <Select
        label={label}
        {...(hint === undefined ? {} : { hint })}
        value={shown}
        isDisabled={isReadOnly}
        options={withValue(options, shown)}
        onChange={change}
      />
      <FieldFaults path={path} />
    </>
  );
}

/** What may be chosen; null for a free text. The first stands for nothing chosen. */
function useOptions(
  shape: FieldShape,
  path: Path,
  usual: JsonValue | undefined,
  isRequired: boolean,
): { value: string; label: string }[] | null {
  const { t } = useTranslation('flows');
  const { content, shown } = useEditor();
  const optionWords = useOptionWords();
  const named = path.findLast((key) => typeof key === 'string') ?? '';
  const choose = { value: '', label: t(isRequired ? 'field_choose' : 'field_none') };
  switch (shape.type) {
    case 'enum': {
      const none = typeof usual === 'string' ? { value: '', label: t('field_usual', { value: optionWords(named, usual) }) } : choose;
      return [none, ...shape.options.map((value) => ({ value, label: optionWords(named, value) }))];
    }
    case 'topic':
      return [choose, ...topicOptions(content.hotline)];
    case 'flow':
      return [choose, ...[...content.flows.keys()].map((value) => ({ value, label: value }))];
    case 'entry':
      return [choose, ...content.answers.map((value) => ({ value, label: joined(value, shown.get(`answers:${value}.title`)) }))];
    default:
      return null;
  }
}

function joined(id: string, title: string | undefined): string {
  return title === undefined ? id : `${id} · ${title}`;
}

function CelAt({ path, label, hint, isRequired, isPlain }: ShapeProps & { isPlain: boolean }): ReactNode {
  const { get, set, isReadOnly } = useStepForm();
  const value = get(path);
  return (
    <>
      <CelField
        label={label}
        hint={hint}
        value={value === undefined || typeof value === 'object' ? (value === null ? 'null' : '') : String(value)}
        isReadOnly={isReadOnly}
        isWrong={false}
        onChange={(source) => set(path, source === '' && !isRequired ? undefined : isPlain ? plainOf(source) : source)}
      />
      <FieldFaults path={path} />
    </>
  );
}

/** `12` is a number, `true` is true; everything else is an expression. */
function plainOf(source: string): JsonValue {
  const trimmed = source.trim();
  if (/^-?\d+(\.\d+)?$/.test(trimmed)) return Number(trimmed);
  return trimmed === 'true' ? true : trimmed === 'false' ? false : trimmed === 'null' ? null : source;
}

function BooleanField({ path, label, hint, usual }: ShapeProps): ReactNode {
  const { get, set, isReadOnly } = useStepForm();
  // What is kept unless it says otherwise is shown as kept.
  const isKept = path.at(-1) === 'store';
  const value = get(path) ?? usual ?? isKept;
  return (
    <Checkbox
      label={label}
      {...(hint === undefined ? {} : { explained: hint })}
      isSelected={value === true}
      isDisabled={isReadOnly}
      onChange={(selected) => set(path, selected === (isKept || usual === true) ? undefined : selected)}
    />
  );
}

/** Fields that belong together. One that is not required is there only where something in it is. */
function GroupField({
  path,
  label,
  fields,
  isRequired,
}: {
  path: Path;
  label: string;
  fields: readonly FormField[];
  isRequired: boolean;
}): ReactNode {
  const { t } = useTranslation('flows');
  const { kind, get, set, isReadOnly } = useStepForm();
  const isThere = isRequired || isRecord(get(path));
  const inner = fields.map((field) => <FieldView key={field.key} field={field} path={[...path, field.key]} />);
  if (isRequired && (path.length === 1 || fields.length === 1)) return <div className="stack">{inner}</div>;
  return (
    <fieldset className="stack tight" data-kind={kind}>
      <legend>
        <strong>{label}</strong>
      </legend>
      {!isRequired && (
        <Checkbox label={t('field_use')} isSelected={isThere} isDisabled={isReadOnly} onChange={(on) => set(path, on ? {} : undefined)} />
      )}
      {isThere && <div className="stack inset">{inner}</div>}
      <FieldFaults path={path} exact />
    </fieldset>
  );
}
