// Signs an answer as checked against its source, with the day until which it may be given. Opened from answer-detail.tsx, in a dialog.
import { useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components/Form';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../domain/content.ts';
import { addDays } from '../../../util/local-time.ts';
import { useAct } from '../../api.ts';
import { useMe } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { TextField } from '../../ui/field.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { CONTENT_READS } from '../use-edits.ts';
import type { AnswerEntry } from './use-answers.ts';
import { isolated } from '../isolated.ts';

/** How long an answer usually holds: a treaty changes seldom, an office's habits often. */
const USUAL_DAYS: Record<Answer['kind'], number> = {
  treaty: 730,
  law: 180,
  local_practice: 90,
  policy: 180,
  historic: 365,
  common_knowledge: 365,
};

export interface SignAnswerProps {
  isOpen: boolean;
  onClose: () => void;
  draftId: string | null;
  shown: AnswerEntry;
  today: string;
}

export function SignAnswer({ isOpen, onClose, ...props }: SignAnswerProps): ReactNode {
  const { t } = useTranslation('answers');
  return (
    <Dialog title={t('sign.title')} isOpen={isOpen} onClose={onClose}>
      {isOpen && <SignForm {...props} onClose={onClose} />}
    </Dialog>
  );
}

function SignForm({ draftId, shown: { answer, entry }, today, onClose }: Omit<SignAnswerProps, 'isOpen'>): ReactNode {
  const { t } = useTranslation('answers');
  const { t: shell } = useTranslation();
  const { tell } = useToasts();
  const me = useMe();
  const [reviewBy, setReviewBy] = useState(addDays(today, USUAL_DAYS[answer.kind]));
  const sign = useAct('signAnswer', { changes: CONTENT_READS });
  const isPast = reviewBy <= today;
  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (draftId === null || isPast) return;
        sign.mutate([{ params: { id: draftId }, body: { address: entry.address, reviewBy } }], {
          onSuccess() {
            tell(t('sign.done'));
            onClose();
          },
        });
      }}
    >
      <p>{t('sign.intro', { name: isolated(me.alias) })}</p>
      <p>
        <strong>{t('facts.source')}</strong>: <span dir="auto">{answer.source}</span>
      </p>
      <ErrorNotice error={sign.error} />
      <TextField
        label={t('sign.review_by')}
        hint={t('sign.review_by_hint')}
        type="date"
        ltr
        isRequired
        wrong={isPast ? t('sign.past') : null}
        value={reviewBy}
        onChange={setReviewBy}
      />
      <div className="actions row">
        <Button onPress={onClose}>{shell('ui.cancel')}</Button>
        <Button type="submit" tone="primary" icon="check" isPending={sign.isPending}>
          {t('sign.confirm')}
        </Button>
      </div>
    </Form>
  );
}
