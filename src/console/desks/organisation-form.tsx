// One organisation: its name, and whether a partner is active. Our own always is. Used by the desks page, in a dialog.
import { useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components/Form';
import { useTranslation } from 'react-i18next';
import type { AnswerOf } from '../../api/operation.ts';
import type { Operations } from '../../api/operations.ts';
import { useAct } from '../api.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/choice.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { TextField } from '../ui/field.tsx';

export type Organisation = AnswerOf<Operations['saveOrganisation']>;

export function OrganisationForm({ organisation, onDone }: { organisation: Organisation; onDone: () => void }): ReactNode {
  const { t } = useTranslation();
  const [{ id, ...body }, setFields] = useState(organisation);
  const set = (change: Partial<Organisation>): void => setFields((current) => ({ ...current, ...change }));
  const save = useAct('saveOrganisation', { changes: ['listDesks'], onSuccess: onDone });
  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate([{ params: { id }, body }]);
      }}
    >
      <ErrorNotice error={save.error} />
      <TextField label={t('organisations.name')} isRequired maxLength={120} value={body.name} onChange={(name) => set({ name })} />
      {body.partner && (
        <Checkbox
          label={t('organisations.active')}
          explained={t('organisations.active_help')}
          isSelected={body.active}
          onChange={(active) => set({ active })}
        />
      )}
      <div className="actions row">
        <Button onPress={onDone}>{t('ui.cancel')}</Button>
        <Button type="submit" tone="primary" isPending={save.isPending}>
          {t('ui.save')}
        </Button>
      </div>
    </Form>
  );
}
