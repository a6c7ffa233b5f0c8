// The frame of a form that adds something to a draft: what stands in the way, the fields, going back and adding. Used in dialogs.
import type { ReactNode } from 'react';
import { Form } from 'react-aria-components/Form';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import type { Edits } from './use-edits.ts';

export interface AddFormProps {
  edits: Edits;
  /** Of the button that adds. */
  label: string;
  onAdd: () => Promise<void>;
  onCancel: () => void;
  /** Above the reason why it could not be added. */
  intro?: ReactNode;
  children: ReactNode;
}

export function AddForm({ edits, label, onAdd, onCancel, intro, children }: AddFormProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void onAdd();
      }}
    >
      {intro}
      <ErrorNotice error={edits.error} />
      {children}
      <div className="actions row">
        <Button onPress={onCancel}>{t('ui.cancel')}</Button>
        <Button type="submit" tone="primary" icon="plus" isPending={edits.isPending}>
          {label}
        </Button>
      </div>
    </Form>
  );
}
