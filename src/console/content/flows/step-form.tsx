// The form of one step: what it says or does, where it leads, when it runs; what is wrong, at each field; and saving it with its texts.
// Rendered by step-panel.tsx. Fields come from the step type's schema (form-fields.ts).
import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { StepType } from '../../../engine/program.ts';
import { STEPS, type StepKind } from '../../../engine/steps/index.ts';
import { useShortcut } from '../../shortcuts.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choice.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { useEditorWork } from './editor.ts';
import { FieldFaults } from './field-faults.tsx';
import { FieldView } from './field-view.tsx';
import { fieldsOf, isFieldUsed, type FormField } from './form-fields.ts';
import { continues } from './plan-step-edits.ts';
import { StepFormProvider, type StepFormValue } from './step-form-context.ts';
import { StepTexts } from './step-texts-part.tsx';
import { useSaveStep, type SaveStep } from './use-save-step.ts';
import { useStepFormValue } from './use-step-form-value.ts';
import { isChanged, NEW_STEP, type WorkingStep } from './working-step.ts';

export function StepForm({ step, kind, onSaved }: { step: WorkingStep; kind: StepKind; onSaved: (id: string) => void }): ReactNode {
  const editor = useEditorWork();
  const [isTried, setTried] = useState(false);
  const form = useStepFormValue(editor, step, kind, isTried);
  const saving = useSaveStep(editor);
  const box = useRef<HTMLFormElement>(null);
  const [sameMeaning, setSameMeaning] = useState(false);
  const save = useCommitting(() => {
    setTried(true);
    if (!form.isSound()) focusFirstFault(box.current);
    else saving.save(step, { sameMeaning, onSaved });
  });
  return (
    <StepFormProvider value={form.value}>
      <form
        ref={box}
        className="step-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <StepFields step={step} kind={kind} value={form.value} />
        <FieldFaults path={[]} exact />
        {editor.canEdit && <Foot step={step} saving={saving} sameMeaning={sameMeaning} onSameMeaning={setSameMeaning} onSave={save} />}
      </form>
    </StepFormProvider>
  );
}

/** What is typed in a field counts as well: it is left before the step is saved. */
function useCommitting(save: () => void): () => void {
  const latest = useRef(save);
  latest.current = save;
  return () => {
    const { activeElement } = document;
    if (activeElement instanceof HTMLElement && activeElement.matches('input, textarea')) {
      activeElement.blur();
      activeElement.focus({ preventScroll: true });
    }
    // After what leaving the field changed has been drawn.
    setTimeout(() => latest.current());
  };
}

function focusFirstFault(form: HTMLFormElement | null): void {
  requestAnimationFrame(() => {
    const fault = form?.querySelector('[aria-invalid=true], .field-faults');
    const field = fault?.matches('.field-faults') ? fault.parentElement?.querySelector<HTMLElement>('input, select, textarea') : fault;
    if (field instanceof HTMLElement) field.focus();
    fault?.scrollIntoView({ block: 'center' });
  });
}

function StepFields({ step, kind, value }: { step: WorkingStep; kind: StepKind; value: StepFormValue }): ReactNode {
  const { t } = useTranslation('flows');
  const { own, common } = fieldsOf(kind);
  const used = own.filter(({ key }) => isFieldUsed(kind, key, step.raw));
  const isWay = ({ shape }: FormField): boolean => shape.type === 'step' || shape.type === 'next';
  const named = (key: string): FormField[] => common.filter((field) => field.key === key);
  const asks = (STEPS[kind].type as unknown as StepType).question !== undefined;
  const leadsOn = continues(step.raw) || value.get(['when']) !== undefined || value.get(['next']) !== undefined;
  const ways = [...used.filter(isWay), ...(leadsOn ? named('next') : [])];
  const more = ['timeout', 'on_misunderstood'].filter((key) => asks || value.get([key]) !== undefined).flatMap(named);
  const main = used.filter((field) => !isWay(field));
  return (
    <>
      {main.map((field) => (
        <FieldView key={field.key} field={field} path={[field.key]} />
      ))}
      <StepTexts shown={main} />
      {ways.length > 0 && (
        <section className="form-part" aria-label={t('form.ways')}>
          <h3>{t('form.ways')}</h3>
          {ways.map((field) => (
            <FieldView key={field.key} field={field} path={[field.key]} />
          ))}
        </section>
      )}
      <section className="form-part" aria-label={t('form.when')}>
        <h3>{t('form.when')}</h3>
        {[...named('when'), ...more].map((field) => (
          <FieldView key={field.key} field={field} path={[field.key]} />
        ))}
      </section>
    </>
  );
}

interface FootProps {
  step: WorkingStep;
  saving: SaveStep;
  sameMeaning: boolean;
  onSameMeaning: (same: boolean) => void;
  onSave: () => void;
}

function Foot({ step, saving, sameMeaning, onSameMeaning, onSave }: FootProps): ReactNode {
  const { t } = useTranslation('flows');
  const { tell } = useToasts();
  const { working, texts, open, saving: editing, content, sourceLanguage } = useEditorWork();
  const isNew = step.id === NEW_STEP;
  const changesText = [...step.texts].some(([address, value]) => value !== undefined && texts.valueAt(address) !== undefined);
  const isTranslated = content.hotline.languages.some(({ tag }) => tag !== sourceLanguage.tag);
  useShortcut({ keys: 'mod+s', label: t('form.save'), group: t('keys'), run: onSave, whileTyping: true });
  const putBack = (): void => {
    working.drop(step.id);
    if (isNew) open(null);
    else tell(t('form.put_back_done'), () => working.begin(step));
  };
  return (
    <div className="form-foot">
      <ErrorNotice error={saving.error ?? editing.edits.error} />
      {changesText && isTranslated && (
        <Checkbox
          label={t('form.same_meaning')}
          explained={t('form.same_meaning_help')}
          isSelected={sameMeaning}
          onChange={onSameMeaning}
        />
      )}
      <div className="row">
        <Button type="submit" tone="primary" isPending={saving.isPending || editing.edits.isPending} isDisabled={!isChanged(step)}>
          {isNew ? t('form.add') : t('form.save')}
        </Button>
        {isChanged(step) && (
          <Button tone="plain" icon="undo" onPress={putBack}>
            {isNew ? t('form.give_up') : t('form.put_back')}
          </Button>
        )}
        {isChanged(step) && !isNew && <span className="small">{t('form.unsaved')}</span>}
      </div>
    </div>
  );
}
