// Which text a step says, with the text itself to edit. Another text, of this flow or a shared one, is chosen below. Used by the form of a step.
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { useEditor } from './editor.ts';
import { FieldFaults } from './field-faults.tsx';
import { SaidText } from './said-text.tsx';
import type { ShapeProps } from './shape-props.ts';
import { useStepForm } from './step-form-context.ts';
import { baseOfKey, fullKey } from './step-texts.ts';
import { NEW_STEP } from './working-step.ts';

const KEY = /^([a-z][a-z0-9_]*:)?[A-Za-z][\w.]{0,80}$/;

export function TextKeyField({ path, label, hint, isRequired }: ShapeProps): ReactNode {
  const { t } = useTranslation('flows');
  const { flow } = useEditor();
  const { get, set, isReadOnly, step } = useStepForm();
  const value = get(path);
  const key = typeof value === 'string' ? value : '';
  const isThere = KEY.test(key);
  return (
    <div className="stack tight">
      {isThere ? (
        <SaidText full={fullKey(flow.id, key)} label={label} />
      ) : (
        <p>
          <strong>{label}</strong>
        </p>
      )}
      {hint !== undefined && <p className="quiet small">{hint}</p>}
      {!isReadOnly && step.id !== NEW_STEP && <OtherText chosen={key} onChoose={(next) => set(path, next)} />}
      {!isReadOnly && !isRequired && isThere && (
        <div className="row">
          <Button tone="plain" icon="close" onPress={() => set(path, undefined)}>
            {t('text.none')}
          </Button>
        </div>
      )}
      <FieldFaults path={path} />
    </div>
  );
}

function OtherText({ chosen, onChoose }: { chosen: string; onChoose: (key: string) => void }): ReactNode {
  const { t } = useTranslation('flows');
  const { flow, texts } = useEditor();
  const id = useId();
  const [typed, setTyped] = useState(chosen);
  const own = [...new Set([...texts.keysOf(flow.id)].map(baseOfKey))].filter((key) => key !== 'keywords');
  const shared = [...new Set([...texts.keysOf('system')].map(baseOfKey))].map((key) => `system:${key}`);
  return (
    <details>
      <summary className="small">
        {t('text.key')} <code>{chosen}</code>
      </summary>
      <div className="stack tight">
        <div className="field">
          <label htmlFor={id}>{t('text.other')}</label>
          <input
            id={id}
            className="input code"
            dir="ltr"
            list={`${id}-keys`}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          <datalist id={`${id}-keys`}>
            {[...own, ...shared].map((key) => (
              <option key={key} value={key} />
            ))}
          </datalist>
          <span className="hint">{t('text.other_hint')}</span>
        </div>
        <div className="row">
          <Button isDisabled={typed === chosen || !KEY.test(typed)} onPress={() => onChoose(typed)}>
            {t('text.use')}
          </Button>
        </div>
      </div>
    </details>
  );
}
