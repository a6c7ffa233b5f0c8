// The line below a text that is edited: what it costs as a message, and where it could not be saved, ways to go on. Used by text-field.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SmsCount } from '../cases/sms-count.tsx';
import { Button } from '../ui/button.tsx';

export interface TextFootProps {
  /** The text whose length is shown; null where it is none of a message. */
  meter: string | null;
  isUnsaved: boolean;
  onSave: () => void;
  onPutBack: () => void;
}

export function TextFoot({ meter, isUnsaved, onSave, onPutBack }: TextFootProps): ReactNode {
  const { t } = useTranslation('content');
  if (meter === null && !isUnsaved) return null;
  return (
    <div className="foot">
      {meter !== null && meter.trim() !== '' && <SmsCount text={meter} />}
      {isUnsaved && (
        <>
          <span className="small">{t('field.unsaved')}</span>
          <Button tone="plain" onPress={onSave}>
            {t('field.save')}
          </Button>
          <Button tone="plain" icon="undo" onPress={onPutBack}>
            {t('field.put_back')}
          </Button>
        </>
      )}
    </div>
  );
}
