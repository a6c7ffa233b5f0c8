// What can be done with a referral next, for each side: ask and send, accept and report, close. Rendered by referral-detail.tsx.
import { useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components/Form';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ReferralView } from '../../api/referral-operations.ts';
import { CHANGEABLE } from '../../domain/referral.ts';
import { useAct } from '../api.ts';
import { useMay } from '../session.tsx';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/choice.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { TextField } from '../ui/field.tsx';
import { ReferralForm } from './referral-form.tsx';

const CHANGES: ('readReferral' | 'listReferrals')[] = ['readReferral', 'listReferrals'];

export function ReferralActions({ referral, isOwn }: { referral: ReferralView; isOwn: boolean }): ReactNode {
  const may = useMay();
  if (isOwn) return may('referral.write') ? <OwnActions referral={referral} /> : null;
  return may('referral.answer') ? <PartnerActions referral={referral} /> : null;
}

function OwnActions({ referral }: { referral: ReferralView }): ReactNode {
  const { t } = useTranslation('referrals');
  const ask = useAct('askConsent', { changes: CHANGES });
  const send = useAct('sendReferral', { changes: CHANGES });
  const [closing, setClosing] = useState(false);
  const [changing, setChanging] = useState(false);
  const given = [{ params: { id: referral.id } }] as const;
  const mayAsk = ['draft', 'asked', 'refused'].includes(referral.state);
  return (
    <>
      <ErrorNotice error={ask.error ?? send.error} />
      {mayAsk && (
        <Button
          tone={referral.state === 'draft' ? 'primary' : 'normal'}
          icon="send"
          isPending={ask.isPending}
          onPress={() => ask.mutate([...given])}
        >
          {t(referral.state === 'draft' ? 'referral.ask' : 'referral.ask_again')}
        </Button>
      )}
      {referral.state === 'consented' && (
        <Button tone="primary" icon="refer" isPending={send.isPending} onPress={() => send.mutate([...given])}>
          {t('referral.send', { organisation: referral.to.organisation })}
        </Button>
      )}
      {referral.caseId !== null && CHANGEABLE.includes(referral.state) && (
        <Button icon="edit" onPress={() => setChanging(true)}>
          {t('referral.change')}
        </Button>
      )}
      {referral.closedAt === null && <Button onPress={() => setClosing(true)}>{t('referral.close')}</Button>}
      {referral.caseId !== null && (
        <Link className="button plain" href={`/cases/${encodeURIComponent(referral.caseId)}`}>
          {t('referral.to_case')}
        </Link>
      )}
      <Dialog size="wide" title={t('referral.change')} isOpen={changing} onClose={() => setChanging(false)}>
        <p>{t('referral.change_help')}</p>
        <ReferralForm
          caseId={referral.caseId ?? ''}
          isPrivate={false}
          known={['contact']}
          referral={referral}
          onDone={() => setChanging(false)}
        />
      </Dialog>
      <Dialog title={t('referral.close')} isOpen={closing} onClose={() => setClosing(false)}>
        <CloseForm referral={referral} onDone={() => setClosing(false)} />
      </Dialog>
    </>
  );
}

function CloseForm({ referral, onDone }: { referral: ReferralView; onDone: () => void }): ReactNode {
  const { t } = useTranslation('referrals');
  const [tellPerson, setTellPerson] = useState(false);
  const close = useAct('closeReferral', { changes: CHANGES, onSuccess: onDone });
  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        close.mutate([{ params: { id: referral.id }, body: { tellPerson } }]);
      }}
    >
      <ErrorNotice error={close.error} />
      <p>{t('referral.close_help')}</p>
      {referral.sentAt !== null && (
        <Checkbox
          label={t('referral.tell_person')}
          explained={t('referral.tell_person_help')}
          isSelected={tellPerson}
          onChange={setTellPerson}
        />
      )}
      <div className="actions row">
        <Button type="submit" tone="primary" isPending={close.isPending}>
          {t('referral.close')}
        </Button>
      </div>
    </Form>
  );
}

function PartnerActions({ referral }: { referral: ReferralView }): ReactNode {
  const { t } = useTranslation('referrals');
  const [open, setOpen] = useState<'decline' | 'not_given' | null>(null);
  const answer = useAct('answerReferral', { changes: CHANGES });
  const report = useAct('reportReferral', { changes: CHANGES });
  const params = { id: referral.id };
  const close = (): void => setOpen(null);
  return (
    <>
      <ErrorNotice error={answer.error ?? report.error} />
      {(referral.state === 'sent' || referral.state === 'received') && (
        <>
          <Button
            tone="primary"
            icon="check"
            isPending={answer.isPending}
            onPress={() => answer.mutate([{ params, body: { accept: true } }])}
          >
            {t('referral.accept')}
          </Button>
          <Button onPress={() => setOpen('decline')}>{t('referral.decline')}</Button>
        </>
      )}
      {referral.state === 'accepted' && (
        <>
          <Button
            tone="primary"
            icon="check"
            isPending={report.isPending}
            onPress={() => report.mutate([{ params, body: { given: true } }])}
          >
            {t('referral.given')}
          </Button>
          <Button onPress={() => setOpen('not_given')}>{t('referral.not_given')}</Button>
        </>
      )}
      <Dialog title={t(open === 'not_given' ? 'referral.not_given' : 'referral.decline')} isOpen={open !== null} onClose={close}>
        {open === 'decline' && (
          <ReasonForm
            label={t('referral.decline_reason')}
            hint={t('referral.decline_hint')}
            button={t('referral.decline')}
            onSend={(reason) => answer.mutate([{ params, body: { accept: false, reason } }], { onSuccess: close })}
          />
        )}
        {open === 'not_given' && (
          <ReasonForm
            label={t('referral.barrier')}
            hint={t('referral.barrier_hint')}
            button={t('referral.not_given')}
            onSend={(barrier) => report.mutate([{ params, body: { given: false, barrier } }], { onSuccess: close })}
          />
        )}
      </Dialog>
    </>
  );
}

interface ReasonFormProps {
  label: string;
  hint: string;
  button: string;
  onSend: (text: string) => void;
}

function ReasonForm({ label, hint, button, onSend }: ReasonFormProps): ReactNode {
  const [text, setText] = useState('');
  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        onSend(text);
      }}
    >
      <TextField label={label} hint={hint} rows={3} maxLength={200} isRequired value={text} onChange={setText} />
      <div className="actions row">
        <Button type="submit" tone="primary">
          {button}
        </Button>
      </div>
    </Form>
  );
}
