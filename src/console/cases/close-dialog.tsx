// Closes a case: what came of it, and whether the person may be asked again later how it went. Opened by case-action-buttons.tsx.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { OneOf } from '../ui/choice.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Select } from '../ui/field.tsx';
import type { Closing } from './use-case-actions.ts';

const OUTCOMES = ['answered', 'referred', 'no_service', 'no_reply', 'other'] as const;
const DAYS = ['0', '3', '7', '14', '30'] as const;

interface CloseDialogProps {
  isOpen: boolean;
  onClose: () => void;
  close: (how: Closing) => void;
}

export function CloseDialog({ isOpen, ...props }: CloseDialogProps): ReactNode {
  const { t } = useTranslation('cases');
  return (
    <Dialog title={t('close.title')} isOpen={isOpen} onClose={props.onClose}>
      <CloseForm {...props} />
    </Dialog>
  );
}

function CloseForm({ onClose, close }: Omit<CloseDialogProps, 'isOpen'>): ReactNode {
  const { t } = useTranslation('cases');
  const [outcome, setOutcome] = useState<Closing['outcome']>('answered');
  const [days, setDays] = useState<(typeof DAYS)[number]>('0');
  const send = (): void => {
    close({ outcome, ...(days === '0' ? {} : { followUpDays: Number(days) }) });
    onClose();
  };
  return (
    <>
      <p>{t('close.what')}</p>
      <OneOf
        label={t('close.outcome')}
        options={OUTCOMES.map((value) => ({ value, label: t(`outcome.${value}`) }))}
        value={outcome}
        onChange={setOutcome}
      />
      <Select
        label={t('close.follow_up')}
        hint={t('close.follow_up_help')}
        value={days}
        options={DAYS.map((value) => ({
          value,
          label: value === '0' ? t('close.no_follow_up') : t('close.in_days', { count: Number(value) }),
        }))}
        onChange={setDays}
      />
      <div className="actions">
        <Button onPress={onClose}>{t('dialog.cancel')}</Button>
        <Button tone="primary" onPress={send}>
          {t('close.do')}
        </Button>
      </div>
    </>
  );
}
