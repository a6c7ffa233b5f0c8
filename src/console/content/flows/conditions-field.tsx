// An ordered list of conditions, each with where it leads; the first that holds decides. Used for branches and for where a step leads.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '../../ui/button.tsx';
import { CelField } from './cel-field.tsx';
import { END } from './edited-flow.ts';
import { FieldFaults } from './field-faults.tsx';
import { isRecord, type JsonValue, type Path } from './json-path.ts';
import type { ShapeProps } from './shape-props.ts';
import { useStepForm } from './step-form-context.ts';
import { StepSelect } from './step-select.tsx';

export interface ConditionsFieldProps extends Pick<ShapeProps, 'path' | 'label' | 'hint'> {
  /** Where what stands above says it already. */
  quietLabel?: boolean;
}

export function ConditionsField({ path, label, hint, quietLabel = false }: ConditionsFieldProps): ReactNode {
  const { t } = useTranslation('flows');
  const { get, set, isReadOnly } = useStepForm();
  const found = get(path);
  const conditions = Array.isArray(found) ? found : [];
  const hasOtherwise = conditions.some((one) => isRecord(one) && one['if'] === undefined);
  /** A condition stands before what happens otherwise. */
  const add = (condition: JsonValue, last: boolean): void =>
    set(path, hasOtherwise && !last ? conditions.toSpliced(-1, 0, condition) : [...conditions, condition]);
  return (
    <fieldset className="stack tight">
      <legend className={quietLabel ? 'only-heard' : undefined}>
        <strong>{label}</strong>
      </legend>
      <p className="quiet small">{hint ?? t('conditions.help')}</p>
      <ol className="flow-lines">
        {conditions.map((_, index) => (
          <li key={index}>
            <Condition path={path} index={index} count={conditions.length} />
          </li>
        ))}
      </ol>
      {!isReadOnly && (
        <div className="row">
          <Button icon="plus" onPress={() => add({ if: '', to: END }, false)}>
            {t('conditions.add')}
          </Button>
          {!hasOtherwise && (
            <Button icon="plus" onPress={() => add({ to: END }, true)}>
              {t('conditions.add_otherwise')}
            </Button>
          )}
        </div>
      )}
      <FieldFaults path={path} exact />
    </fieldset>
  );
}

function Condition({ path, index, count }: { path: Path; index: number; count: number }): ReactNode {
  const { t } = useTranslation('flows');
  const { get, set, isReadOnly, faultsAt } = useStepForm();
  const own = [...path, index];
  const condition = get([...own, 'if']);
  const to = get([...own, 'to']);
  const move = (by: number): void => {
    const all = get(path);
    const moved = get(own);
    if (Array.isArray(all) && moved !== undefined) set(path, all.toSpliced(index, 1).toSpliced(index + by, 0, moved));
  };
  const number = index + 1;
  return (
    <div className="flow-line condition">
      {condition === undefined ? (
        <p className="otherwise">{t('conditions.otherwise')}</p>
      ) : (
        <CelField
          label={t('conditions.if', { number })}
          value={typeof condition === 'string' ? condition : ''}
          isReadOnly={isReadOnly}
          isWrong={faultsAt([...own, 'if']).length > 0}
          onChange={(source) => set([...own, 'if'], source)}
        />
      )}
      <FieldFaults path={[...own, 'if']} />
      <StepSelect
        label={t('conditions.to', { number })}
        quietLabel
        value={typeof to === 'string' ? to : undefined}
        isDisabled={isReadOnly}
        onChange={(step) => set([...own, 'to'], step ?? '')}
      />
      <FieldFaults path={[...own, 'to']} />
      {!isReadOnly && (
        <div className="row">
          <span className="upwards">
            <IconButton icon="down" label={t('conditions.up', { number })} isDisabled={index === 0} onPress={() => move(-1)} />
          </span>
          <IconButton icon="down" label={t('conditions.down', { number })} isDisabled={index === count - 1} onPress={() => move(1)} />
          <IconButton icon="close" label={t('conditions.remove', { number })} onPress={() => set(own, undefined)} />
        </div>
      )}
    </div>
  );
}
