// Gives a step another id; whoever leads to it follows. Opened from the menu of a step.
import { useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components/Form';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/pieces.tsx';
import { END, stepOf } from './edited-flow.ts';
import { useEditorWork } from './editor.ts';
import { leadsTo } from './plan-step-edits.ts';
import { useStepActions } from './use-step-actions.ts';

const ID = /^[a-z][a-z0-9_]{0,60}$/;

export interface RenameStepDialogProps {
  isOpen: boolean;
  id: string;
  onClose: () => void;
}

export function RenameStepDialog({ isOpen, id, onClose }: RenameStepDialogProps): ReactNode {
  const { t } = useTranslation('flows');
  return (
    <Dialog title={t('rename.title')} isOpen={isOpen} onClose={onClose}>
      <RenameForm id={id} onClose={onClose} />
    </Dialog>
  );
}

function RenameForm({ id, onClose }: Omit<RenameStepDialogProps, 'isOpen'>): ReactNode {
  const { t } = useTranslation('flows');
  const { t: shell } = useTranslation();
  const editor = useEditorWork();
  const actions = useStepActions(editor);
  const [name, setName] = useState(id);
  const [isTried, setTried] = useState(false);
  const { flow, unsaved } = editor;
  const wrong = wrongName(name);
  const led = leadsTo(flow, id).length;

  function wrongName(wanted: string): string | null {
    if (!ID.test(wanted) || wanted === END) return t('fault.bad_id');
    return wanted !== id && stepOf(flow, wanted) !== undefined ? t('rename.taken') : null;
  }
  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (wrong !== null) return;
        if (name === id) onClose();
        else actions.rename(id, name, onClose);
      }}
    >
      <p>{t('rename.help', { count: led })}</p>
      {unsaved.has(id) && <Notice tone="warn">{t('rename.unsaved')}</Notice>}
      <TextField label={t('rename.name')} ltr autoFocus value={name} wrong={isTried ? wrong : null} onChange={setName} />
      <div className="actions">
        <Button onPress={onClose}>{shell('ui.cancel')}</Button>
        <Button type="submit" tone="primary" isPending={actions.isPending} isDisabled={unsaved.has(id)}>
          {t('rename.submit')}
        </Button>
      </div>
    </Form>
  );
}
