// The choices of a question: the words of each, other words that mean the same, their order. A new one gets its id from its words.
// Used by the form of a step.
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '../../ui/button.tsx';
import { TextField as PlainField } from '../../ui/field.tsx';
import { useEditor } from './editor.ts';
import { FieldFaults } from './field-faults.tsx';
import { isRecord, setIn } from './json-path.ts';
import { idFromText, uniqueId } from './new-id.ts';
import { SaidText } from './said-text.tsx';
import type { ShapeProps } from './shape-props.ts';
import { useStepForm } from './step-form-context.ts';
import { fullKey, SYNONYMS } from './step-texts.ts';

export function ChoicesField({ path, label, hint }: ShapeProps): ReactNode {
  const { t } = useTranslation('flows');
  const { get, isReadOnly, faultsAt } = useStepForm();
  const choices = useChoices(path);
  const found = get(path);
  return (
    <fieldset className="stack tight">
      <legend>
        <strong>{label}</strong>
      </legend>
      {hint !== undefined && <p className="quiet small">{hint}</p>}
      <ol className="flow-lines">
        {choices.map((choice, index) => (
          <li key={choice}>
            <ChoiceLine path={path} choice={choice} index={index} count={choices.length} />
          </li>
        ))}
      </ol>
      {!isReadOnly && <AddChoice path={path} />}
      {found !== undefined && choices.length === 0 && faultsAt(path).length === 0 && <p className="small">{t('choices.none')}</p>}
      <FieldFaults path={path} />
    </fieldset>
  );
}

function useChoices(path: ShapeProps['path']): string[] {
  const { get } = useStepForm();
  const found = get(path);
  return Array.isArray(found) ? found.filter((choice) => typeof choice === 'string') : [];
}

/** Full key of a choice's label. */
function useLabelKey(): (choice: string) => string {
  const { flow } = useEditor();
  const { step } = useStepForm();
  const { ask } = step.raw;
  return (choice) => fullKey(flow.id, `${typeof ask === 'string' ? ask : ''}.${choice}`);
}

interface LineProps {
  path: ShapeProps['path'];
  choice: string;
  index: number;
  count: number;
}

function ChoiceLine({ path, choice, index, count }: LineProps): ReactNode {
  const { t } = useTranslation('flows');
  const { set, isReadOnly } = useStepForm();
  const choices = useChoices(path);
  const remove = useRemoveChoice(path);
  const full = useLabelKey()(choice);
  const number = index + 1;
  const move = (by: number): void => set(path, choices.toSpliced(index, 1).toSpliced(index + by, 0, choice));
  return (
    <div className="flow-line choice-line">
      <SaidText full={full} label={t('choices.label', { number })} isLabel />
      <details>
        <summary className="small">{t('choices.synonyms')}</summary>
        <Synonyms full={full} number={number} />
        <p className="quiet small">
          {t('choices.id')} <code>{choice}</code>
        </p>
      </details>
      {!isReadOnly && (
        <div className="row">
          <span className="upwards">
            <IconButton icon="down" label={t('choices.up', { number })} isDisabled={index === 0} onPress={() => move(-1)} />
          </span>
          <IconButton icon="down" label={t('choices.down', { number })} isDisabled={index === count - 1} onPress={() => move(1)} />
          <IconButton icon="close" label={t('choices.remove', { number })} onPress={() => remove(choice)} />
        </div>
      )}
    </div>
  );
}

/** With where it led. Its texts go when the step is saved. */
function useRemoveChoice(path: ShapeProps['path']): (choice: string) => void {
  const { step, replace } = useStepForm();
  const choices = useChoices(path);
  return (choice) => {
    const rest = setIn(
      step.raw,
      path,
      choices.filter((one) => one !== choice),
    );
    const { next } = step.raw;
    const led = isRecord(next) && Object.hasOwn(next, choice) ? setIn(rest, ['next', choice], undefined) : rest;
    if (isRecord(led)) replace(led);
  };
}

function Synonyms({ full, number }: { full: string; number: number }): ReactNode {
  const { t } = useTranslation('flows');
  const { textAt, setText, isReadOnly } = useStepForm();
  const key = `${full}${SYNONYMS}`;
  const value = textAt(key);
  const words = Array.isArray(value) ? value.filter((word) => typeof word === 'string') : [];
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <PlainField
      label={t('choices.synonyms_of', { number })}
      hint={t('choices.synonyms_hint')}
      rows={2}
      value={typed ?? words.join('\n')}
      isDisabled={isReadOnly}
      onChange={setTyped}
      onBlur={() => {
        if (typed === null) return;
        const next = typed.split('\n').flatMap((word) => (word.trim() === '' ? [] : [word.trim()]));
        setText(key, next.length === 0 ? undefined : next);
        setTyped(null);
      }}
    />
  );
}

function AddChoice({ path }: { path: ShapeProps['path'] }): ReactNode {
  const { t } = useTranslation('flows');
  const { sourceLanguage } = useEditor();
  const { set, setText } = useStepForm();
  const choices = useChoices(path);
  const labelKey = useLabelKey();
  const id = useId();
  const [words, setWords] = useState('');
  const add = (): void => {
    const text = words.trim();
    if (text === '') return;
    const choice = uniqueId(
      idFromText(text) || `choice_${choices.length + 1}`,
      (one) => one === 'default' || one === 'skip' || choices.includes(one),
    );
    set(path, [...choices, choice]);
    setText(labelKey(choice), text);
    setWords('');
  };
  return (
    <div className="flow-line">
      <div className="field">
        <label htmlFor={id}>{t('choices.new')}</label>
        <input
          id={id}
          className="input"
          lang={sourceLanguage.tag}
          dir={sourceLanguage.direction}
          value={words}
          onChange={(event) => setWords(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add();
          }}
        />
      </div>
      <Button icon="plus" isDisabled={words.trim() === ''} onPress={add}>
        {t('choices.add')}
      </Button>
    </div>
  );
}
