// Gives a case to a colleague or another desk, with a private note for whoever takes it. Opened by case-action-buttons.tsx.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../api/case-operations.ts';
import { useRead } from '../api.ts';
import { Button } from '../ui/button.tsx';
import { OneOf } from '../ui/choice.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { Notice } from '../ui/pieces.tsx';
import { nativeName } from './languages.ts';
import type { Transfer } from './use-case-actions.ts';
import { useWorkspace } from './workspace.tsx';

interface TransferDialogProps {
  view: CaseView;
  isOpen: boolean;
  onClose: () => void;
  transfer: (how: Transfer) => void;
}

export function TransferDialog({ isOpen, ...props }: TransferDialogProps): ReactNode {
  const { t } = useTranslation('cases');
  return (
    <Dialog title={t('transfer.title')} isOpen={isOpen} onClose={props.onClose}>
      <TransferForm {...props} />
    </Dialog>
  );
}

function TransferForm({ view, onClose, transfer }: Omit<TransferDialogProps, 'isOpen'>): ReactNode {
  const { t } = useTranslation('cases');
  const { meId } = useWorkspace();
  const { data } = useRead('listDesks', [], { staleTime: 600_000 });
  const [to, setTo] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const colleagues = view.colleagues.filter(({ id }) => id !== meId && id !== view.item.assignee?.id);
  const desks = (data?.desks ?? []).filter(({ id }) => id !== view.item.deskId);
  const options = [
    ...colleagues.map(({ id, alias, languages, onShift, load }) => ({
      value: `staff ${id}`,
      label: alias,
      explained: [
        t(onShift ? 'transfer.on_shift' : 'transfer.off_shift'),
        t('transfer.load', { count: load }),
        languages.map(nativeName).join(', '),
      ]
        .filter((part) => part !== '')
        .join(' · '),
    })),
    ...desks.map(({ id, name }) => ({ value: `desk ${id}`, label: name, explained: t('transfer.desk') })),
  ];
  const send = (): void => {
    const [kind, id = ''] = (to ?? '').split(/ (.*)/);
    transfer({ ...(kind === 'staff' ? { toStaffId: id } : { toDeskId: id }), ...(note.trim() === '' ? {} : { note: note.trim() }) });
    onClose();
  };
  return (
    <>
      {options.length === 0 ? (
        <Notice tone="warn">{t('transfer.nobody')}</Notice>
      ) : (
        <div className="scrolled">
          <OneOf label={t('transfer.to')} options={options} value={to} onChange={setTo} />
        </div>
      )}
      <div className="note-field">
        <TextField label={t('transfer.note')} hint={t('transfer.note_help')} rows={3} maxLength={4000} value={note} onChange={setNote} />
      </div>
      <div className="actions">
        <Button onPress={onClose}>{t('dialog.cancel')}</Button>
        <Button tone="primary" isDisabled={to === null} onPress={send}>
          {t('transfer.do')}
        </Button>
      </div>
    </>
  );
}
