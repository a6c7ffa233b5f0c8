// Full keys of the texts that the step in the form says, also while it cannot be read as a whole. Used by fields that depend on its texts.
import { textKeysOf, fullKey } from './step-texts.ts';
import { fieldsOf } from './form-fields.ts';
import { getIn } from './json-path.ts';
import { useEditor } from './editor.ts';
import { useStepForm } from './step-form-context.ts';
import { textRoot } from './working-step.ts';

export function useSaidKeys(): string[] {
  const { flow } = useEditor();
  const { step, kind } = useStepForm();
  const named = textKeysOf(flow.id, { id: textRoot(step), raw: step.raw });
  if (named.length > 0) return named;
  return fieldsOf(kind).own.flatMap(({ key, shape }) => {
    const places =
      shape.type === 'group' ? shape.fields.map((field) => ({ path: [key, field.key], shape: field.shape })) : [{ path: [key], shape }];
    return places.flatMap(({ path, shape: inner }) => {
      const value = getIn(step.raw, path);
      return inner.type === 'text_key' && typeof value === 'string' ? [fullKey(flow.id, value)] : [];
    });
  });
}
