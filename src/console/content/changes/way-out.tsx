// The way of a draft to the people who write: checked, reviewed, signed, published; each step says what is missing. Rendered by draft-changes.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { CONTENT_READS } from '../use-edits.ts';
import { ApproveStep } from './approve-step.tsx';
import { CheckReport } from './check-report.tsx';
import { PublishStep } from './publish-step.tsx';
import { Step, type Draft } from './step.tsx';
import { faultsIn, useCheck, type DraftCheck } from './use-check.ts';
import { isolated } from '../isolated.ts';

export function WayOut({ draft }: { draft: Draft }): ReactNode {
  const check = useCheck(draft.id);
  return (
    <ol className="way-out">
      <CheckStep draft={draft} check={check} />
      <ReviewStep draft={draft} />
      <ApproveStep draft={draft} />
      <PublishStep draft={draft} check={check} />
    </ol>
  );
}

function CheckStep({ draft, check }: { draft: Draft; check: DraftCheck }): ReactNode {
  const { t } = useTranslation('content');
  const { last } = check;
  const isOld = last !== null && last.revision !== draft.revision;
  const faults = last === null ? 0 : faultsIn(last);
  return (
    <Step title={t('check.title')} isDone={last !== null && !isOld && faults === 0}>
      <p className="quiet">{t('check.help')}</p>
      <ErrorNotice error={check.error} retry={check.run} />
      <div role="status">
        {last !== null && (
          <p>
            {faults === 0 ? t('check.good') : t('check.faults', { count: faults })}
            {isOld && <> {t('check.old')}</>}
          </p>
        )}
      </div>
      <Button icon="check" isPending={check.isPending} onPress={check.run}>
        {t(last === null ? 'check.run' : 'check.run_again')}
      </Button>
      {last !== null && <CheckReport check={last} source={draft.id} />}
    </Step>
  );
}

function ReviewStep({ draft }: { draft: Draft }): ReactNode {
  const { t } = useTranslation('content');
  const format = useFormat();
  const submit = useAct('submitDraft', { changes: CONTENT_READS });
  const isAsked = draft.submittedAt !== null;
  return (
    <Step title={t('review.title')} isDone={isAsked}>
      {draft.submittedAt === null ? (
        <p className="quiet">{t('review.help')}</p>
      ) : (
        <p>{t('review.asked', { when: isolated(format.dateTime(draft.submittedAt)) })}</p>
      )}
      <ErrorNotice error={submit.error} />
      {!isAsked && draft.can.edit && (
        <Button
          icon="send"
          isDisabled={draft.changes === 0}
          isPending={submit.isPending}
          onPress={() => submit.mutate([{ params: { id: draft.id } }])}
        >
          {t('review.ask')}
        </Button>
      )}
    </Step>
  );
}
