// Signs an emergency number for a place in one's own name. Opened from emergency-part.tsx, in a dialog.
import { useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components/Form';
import { useTranslation } from 'react-i18next';
import { isPhoneNumber } from '../../../release/phone-number.ts';
import { useAct } from '../../api.ts';
import { useMe } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choice.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { TextField } from '../../ui/field.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { CONTENT_READS } from '../use-edits.ts';
import type { Hotline } from './use-hotline.ts';
import { isolated } from '../isolated.ts';

export interface SignNumberProps {
  draftId: string;
  hotline: Hotline;
  start: { locality: string; number: string };
  onDone: () => void;
}

export function SignNumber({ draftId, hotline, start, onDone }: SignNumberProps): ReactNode {
  const { t } = useTranslation('answers');
  const { t: shell } = useTranslation();
  const { tell } = useToasts();
  const me = useMe();
  const [number, setNumber] = useState(start.number);
  const [isSure, setSure] = useState(false);
  const [isTried, setTried] = useState(false);
  const sign = useAct('signEmergencyNumber', { changes: CONTENT_READS });
  const isWrong = !isPhoneNumber(number.trim());
  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (isWrong || !isSure) return;
        sign.mutate([{ params: { id: draftId }, body: { locality: start.locality, number: number.trim() } }], {
          onSuccess() {
            tell(t('emergency.done'));
            onDone();
          },
        });
      }}
    >
      <p>{t('emergency.sign_intro', { place: hotline.pathOfLocality(start.locality) })}</p>
      <ErrorNotice error={sign.error} />
      <TextField
        label={t('emergency.number')}
        hint={t('emergency.number_hint')}
        type="tel"
        ltr
        wrong={isTried && isWrong ? t('emergency.number_wrong') : null}
        value={number}
        onChange={setNumber}
      />
      <Checkbox label={t('emergency.sure', { name: isolated(me.alias) })} isSelected={isSure} onChange={setSure} />
      {isTried && !isSure && <p className="wrong">{t('emergency.not_sure')}</p>}
      <div className="actions row">
        <Button onPress={onDone}>{shell('ui.cancel')}</Button>
        <Button type="submit" tone="primary" icon="check" isPending={sign.isPending}>
          {t('emergency.confirm')}
        </Button>
      </div>
    </Form>
  );
}
