// Texts that a step says beside those that its fields name, such as the answers to a consent and the question before a reminder.
// Rendered by step-form.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormField } from './form-fields.ts';
import { getIn, plainText } from './json-path.ts';
import { SaidText } from './said-text.tsx';
import { useStepForm } from './step-form-context.ts';
import { fullKey, partsOfKey } from './step-texts.ts';
import { useSaidKeys } from './use-said-keys.ts';
import { textRoot } from './working-step.ts';
import { useEditor } from './editor.ts';

export function StepTexts({ shown }: { shown: readonly FormField[] }): ReactNode {
  const { t } = useTranslation('flows');
  const { flow } = useEditor();
  const { step, kind } = useStepForm();
  const keys = useSaidKeys();
  const named = new Set(shown.flatMap(({ key, shape }) => namedKeys(step.raw, key, shape).map((one) => fullKey(flow.id, one))));
  const choices = Array.isArray(step.raw['choices']) ? step.raw['choices'] : [];
  const isChoice = (full: string): boolean =>
    choices.some((choice) => full === fullKey(flow.id, `${plainText(step.raw['ask'])}.${plainText(choice)}`));
  const left = keys.filter((full) => !named.has(full) && !isChoice(full));
  if (left.length === 0) return null;
  const root = textRoot(step);
  return (
    <section className="form-part" aria-label={t('form.texts')}>
      <h3>{t('form.texts')}</h3>
      {left.map((full) => {
        const { key } = partsOfKey(full);
        const part = key === root ? 'itself' : (key.split('.').at(-1) ?? key);
        return <SaidText key={full} full={full} label={t(`said.${kind}.${part}`, { defaultValue: key })} />;
      })}
    </section>
  );
}

/** Text keys that a field of the step holds. */
function namedKeys(raw: Parameters<typeof getIn>[0], key: string, shape: FormField['shape']): string[] {
  if (shape.type === 'group') {
    return shape.fields.flatMap((field) => (field.shape.type === 'text_key' ? textOf(getIn(raw, [key, field.key])) : []));
  }
  return shape.type === 'text_key' ? textOf(getIn(raw, [key])) : [];
}

function textOf(value: ReturnType<typeof getIn>): string[] {
  return typeof value === 'string' ? [value] : [];
}
