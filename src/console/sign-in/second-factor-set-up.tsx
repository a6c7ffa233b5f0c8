// Setting up an authenticator: password, picture to scan, recovery codes to keep, first code. Used on the way in and in the settings.
import { QRCodeSVG } from 'qrcode.react';
import { useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components/Form';
import { useTranslation } from 'react-i18next';
import type { Me } from '../../api/staff-operations.ts';
import { useAct } from '../api.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/choice.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { TextField } from '../ui/field.tsx';
import { ShownOnce } from '../ui/shown-once.tsx';
import './second-factor.css';

export function SecondFactorSetUp({ onDone }: { onDone: (me: Me) => void }): ReactNode {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const begin = useAct('setUpTotp');
  if (begin.data) return <ScanAndConfirm uri={begin.data.uri} codes={begin.data.recoveryCodes} onDone={onDone} />;
  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        begin.mutate([{ body: { password } }]);
      }}
    >
      <ErrorNotice error={begin.error} />
      <TextField
        label={t('sign_in.password')}
        hint={t('second_factor.password_hint')}
        type="password"
        autoComplete="current-password"
        ltr
        isRequired
        value={password}
        onChange={setPassword}
      />
      <Button type="submit" tone="primary" isPending={begin.isPending}>
        {t('second_factor.begin')}
      </Button>
    </Form>
  );
}

function ScanAndConfirm({ uri, codes, onDone }: { uri: string; codes: string[]; onDone: (me: Me) => void }): ReactNode {
  const { t } = useTranslation();
  const [kept, setKept] = useState(false);
  const [code, setCode] = useState('');
  const confirm = useAct('confirmTotp', { onSuccess: onDone });
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  return (
    <ol className="stack steps">
      <li className="stack">
        <h2>{t('second_factor.scan')}</h2>
        <p>{t('second_factor.scan_help')}</p>
        <div className="qr">
          <QRCodeSVG value={uri} size={200} marginSize={3} title={t('second_factor.picture')} bgColor="#ffffff" fgColor="#000000" />
        </div>
        <p>
          {t('second_factor.by_hand')} <code>{secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
        </p>
      </li>
      <li className="stack">
        <h2>{t('second_factor.keep')}</h2>
        <p>{t('second_factor.keep_help')}</p>
        <ShownOnce label={t('second_factor.codes')} lines={codes} file="ventanilla-recovery-codes.txt" />
        <Checkbox label={t('second_factor.kept')} isSelected={kept} onChange={setKept} />
      </li>
      <li className="stack">
        <h2>{t('second_factor.try')}</h2>
        <Form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            confirm.mutate([{ body: { code: code.trim() } }]);
          }}
        >
          <ErrorNotice error={confirm.error} />
          <TextField
            label={t('sign_in.code')}
            inputMode="numeric"
            autoComplete="one-time-code"
            ltr
            isRequired
            value={code}
            onChange={setCode}
          />
          <Button type="submit" tone="primary" isDisabled={!kept} isPending={confirm.isPending}>
            {t('second_factor.finish')}
          </Button>
          {!kept && <p className="quiet small">{t('second_factor.keep_first')}</p>}
        </Form>
      </li>
    </ol>
  );
}
