// Where a step leads: to the following one, to one step, by choice, or by conditions. Changing the way keeps what can be kept.
// Used by the form of a step.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Step } from '../../../engine/flow.ts';
import type { StepType } from '../../../engine/program.ts';
import { STEPS } from '../../../engine/steps/index.ts';
import { Select } from '../../ui/field.tsx';
import { ConditionsField } from './conditions-field.tsx';
import { END } from './edited-flow.ts';
import { useEditor } from './editor.ts';
import { FieldFaults } from './field-faults.tsx';
import { isRecord, type JsonRecord, type JsonValue } from './json-path.ts';
import type { ShapeProps } from './shape-props.ts';
import { useStepForm } from './step-form-context.ts';
import { StepSelect } from './step-select.tsx';
import { fullKey } from './step-texts.ts';

const WAYS = ['following', 'step', 'choice', 'conditions'] as const;
type Way = (typeof WAYS)[number];

export function NextField({ path, label }: Pick<ShapeProps, 'path' | 'label'>): ReactNode {
  const { t } = useTranslation('flows');
  const { get, set, isReadOnly, step } = useStepForm();
  const next = get(path);
  const way = wayOf(next);
  const outcomes = outcomesOf(step.raw);
  const ways = WAYS.filter((one) => one !== 'choice' || outcomes.length > 0 || way === 'choice');
  return (
    <div className="stack tight">
      <Select
        label={label}
        value={way}
        options={ways.map((value) => ({ value, label: t(`next.${value}`) }))}
        isDisabled={isReadOnly}
        onChange={(chosen) => set(path, beginWay(chosen, next))}
      />
      {way === 'step' && (
        <>
          <StepSelect
            label={t('next.to')}
            quietLabel
            value={typeof next === 'string' ? next : undefined}
            isDisabled={isReadOnly}
            onChange={(chosen) => set(path, chosen)}
          />
          <FieldFaults path={path} />
        </>
      )}
      {way === 'choice' && <ByChoice path={path} outcomes={outcomes} />}
      {way === 'conditions' && <ConditionsField path={path} label={t('next.conditions')} quietLabel hint={t('next.conditions_help')} />}
    </div>
  );
}

function ByChoice({ path, outcomes }: Pick<ShapeProps, 'path'> & { outcomes: readonly string[] }): ReactNode {
  const { t } = useTranslation('flows');
  const { get, set, isReadOnly } = useStepForm();
  const labelOf = useOutcomeLabel();
  const found = get(path);
  const next = isRecord(found) ? found : {};
  const known = [...outcomes, 'default'];
  const choices = [...outcomes, ...Object.keys(next).filter((choice) => !known.includes(choice)), 'default'];
  return (
    <div className="stack tight inset">
      {choices.map((choice) => {
        const to = next[choice];
        return (
          <div key={choice}>
            <StepSelect
              label={choice === 'default' ? t('next.default') : labelOf(choice)}
              none={choice === 'default' ? t('next.following') : t('next.as_default')}
              value={typeof to === 'string' ? to : undefined}
              isDisabled={isReadOnly}
              onChange={(step) => set([...path, choice], step)}
            />
            <FieldFaults path={[...path, choice]} />
          </div>
        );
      })}
      <FieldFaults path={path} exact />
    </div>
  );
}

/** The words of a choice as people read them; of yes, no, found … the console's own. */
function useOutcomeLabel(): (choice: string) => string {
  const { t } = useTranslation('flows');
  const { flow, shown } = useEditor();
  const { step, textAt } = useStepForm();
  return (choice) => {
    const { ask } = step.raw;
    const full = typeof ask === 'string' && Array.isArray(step.raw['choices']) ? fullKey(flow.id, `${ask}.${choice}`) : null;
    const label = full === null ? undefined : (shown.get(full) ?? textAt(full));
    return typeof label === 'string' ? label : t(`outcome.${choice}`, { defaultValue: choice });
  };
}

function wayOf(next: JsonValue | undefined): Way {
  if (next === undefined) return 'following';
  if (Array.isArray(next)) return 'conditions';
  return isRecord(next) ? 'choice' : 'step';
}

/** A way with what the one before said of it. */
function beginWay(way: Way, before: JsonValue | undefined): JsonValue | undefined {
  const target = targetOf(before);
  if (way === 'following') return undefined;
  if (way === 'step') return target ?? END;
  if (way === 'choice') return target === undefined ? {} : { default: target };
  return [{ if: '', to: END }, ...(target === undefined ? [] : [{ to: target }])];
}

/** Where it leads when nothing else decides. */
function targetOf(next: JsonValue | undefined): string | undefined {
  if (typeof next === 'string') return next;
  if (Array.isArray(next))
    return targetOf(next.flatMap((one) => (isRecord(one) && one['if'] === undefined ? [one['to'] ?? null] : [])).at(-1));
  return isRecord(next) && typeof next['default'] === 'string' ? next['default'] : undefined;
}

/** What a step may come to, also while it cannot be read as a whole. */
function outcomesOf(raw: JsonRecord): readonly string[] {
  const { next: _next, ...rest } = raw;
  const parsed = Step.safeParse(rest);
  if (parsed.success) return (STEPS[parsed.data.kind].type as unknown as StepType).outcomes?.(parsed.data) ?? [];
  return Array.isArray(raw['choices']) ? raw['choices'].filter((choice) => typeof choice === 'string') : [];
}
