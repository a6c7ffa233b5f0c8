// Publishing a draft: the button, and in words whatever stands in the way. Used by way-out.tsx.
// The service checks everything again; what it found is shown where the check stands.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct, type Answer } from '../../api.ts';
import { useMay } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/pieces.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { useDraftNeeds } from '../draft-needs.ts';
import { CONTENT_READS } from '../use-edits.ts';
import { faultsIn, type DraftCheck } from './use-check.ts';
import { Step, type Draft } from './step.tsx';

export function PublishStep({ draft, check }: { draft: Draft; check: DraftCheck }): ReactNode {
  const { t } = useTranslation('content');
  const { tell } = useToasts();
  const [refused, setRefused] = useState<Answer<'publishDraft'> | null>(null);
  const publish = useAct('publishDraft', {
    changes: [...CONTENT_READS, 'listReleases'],
    onSuccess(answer) {
      if (answer.check !== null) check.take(answer.check);
      setRefused(answer.number === null ? answer : null);
      if (answer.number !== null) tell(t('publish.done', { number: answer.number }));
    },
  });
  const reasons = useReasons(draft, check);
  return (
    <Step title={t('publish.title')} isDone={false}>
      <p className="quiet">{t('publish.help')}</p>
      {reasons.length > 0 && (
        <div id="publish-reasons">
          <p>{t('publish.missing')}</p>
          <ul className="bullets">
            {reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </div>
      )}
      <ErrorNotice error={publish.error} />
      {refused !== null && (
        <Notice tone="bad" title={t('publish.refused')}>
          <p>{t(refused.conflicts.length > 0 ? 'publish.refused_conflicts' : 'publish.refused_help')}</p>
        </Notice>
      )}
      <Button
        tone="primary"
        icon="send"
        isDisabled={reasons.length > 0}
        isPending={publish.isPending}
        aria-describedby={reasons.length > 0 ? 'publish-reasons' : undefined}
        onPress={() => publish.mutate([{ params: { id: draft.id }, body: { revision: draft.revision } }])}
      >
        {t('publish.do')}
      </Button>
    </Step>
  );
}

/** What stands in the way as far as it is known here. */
function useReasons(draft: Draft, { last }: DraftCheck): string[] {
  const { t } = useTranslation('content');
  const may = useMay();
  const reasons = useDraftNeeds()(draft);
  if (draft.conflicts.length > 0) reasons.push(t('needs.conflicts', { count: draft.conflicts.length }));
  const faults = last === null || last.revision !== draft.revision ? 0 : faultsIn(last);
  if (faults > 0) reasons.push(t('needs.faults', { count: faults }));
  const decides = may('content.edit') || may('content.review');
  if (!decides || (reasons.length === 0 && !draft.can.publish)) reasons.push(t('needs.not_you'));
  return reasons;
}
