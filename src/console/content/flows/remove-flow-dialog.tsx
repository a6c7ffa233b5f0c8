// Removes a flow with everything that is its own: steps, texts in all languages, its rehearsed conversations. Says first who leads to it.
// Opened from the list of flows.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { ApiError } from '../../../api/client.ts';
import { useAct, useRead } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice, useFaultText } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/pieces.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { useContentPlace } from '../source.ts';
import { CONTENT_READS } from '../use-edits.ts';
import type { EditedFlow } from './edited-flow.ts';
import { flowUses } from './flow-uses.ts';
import { inSaves, planRemoveFlow } from './plan-flow-edits.ts';
import type { FlowContent } from './use-flow-content.ts';
import type { FlowSaving } from './use-flow-saving.ts';
import { readAllTexts } from './use-loaded-texts.ts';

export interface RemoveFlowDialogProps {
  flow: EditedFlow;
  content: FlowContent;
  saving: FlowSaving;
  onClose: () => void;
}

export function RemoveFlowDialog({ flow, content, saving, onClose }: RemoveFlowDialogProps): ReactNode {
  const { t } = useTranslation('flows');
  const { t: shell } = useTranslation();
  const { source } = useContentPlace();
  const uses = flowUses(content.flows, flow.id);
  const transcripts = useRead('readEntries', [{ params: { source }, query: { kinds: 'transcript' } }]);
  const own = (transcripts.data?.entries ?? []).filter(
    ({ address, value }) => value !== undefined && new RegExp(`^test/flows/${flow.id}\\.[A-Za-z-]+\\.yaml#`).test(address),
  );
  const { remove, isPending, error } = useRemove({ flow, content, saving, onClose });
  return (
    <Dialog title={t('remove.title', { flow: flow.id })} isOpen onClose={onClose}>
      <p>{t('remove.help', { count: flow.steps.length })}</p>
      {own.length > 0 && <p>{t('remove.transcripts', { count: own.length })}</p>}
      {uses.length > 0 && <UsedBy flows={uses} source={source} />}
      <ErrorNotice error={error ?? transcripts.error} />
      <div className="actions">
        <Button onPress={onClose}>{shell('ui.cancel')}</Button>
        <Button tone="danger" isPending={isPending} isDisabled={!transcripts.isSuccess} onPress={() => remove(own)}>
          {t('remove.submit')}
        </Button>
      </div>
    </Dialog>
  );
}

function UsedBy({ flows, source }: { flows: readonly string[]; source: string }): ReactNode {
  const { t } = useTranslation('flows');
  return (
    <Notice tone="warn" title={t('remove.used', { count: flows.length })}>
      <p>{t('remove.used_help')}</p>
      <ul className="row">
        {flows.map((id) => (
          <li key={id}>
            <Link href={`/content/${source}/flows/${id}`}>
              <code>{id}</code>
            </Link>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

interface Removing {
  remove: (transcripts: readonly { address: string; revision: number }[]) => void;
  isPending: boolean;
  error: ApiError | null;
}

function useRemove({ flow, content, saving, onClose }: RemoveFlowDialogProps): Removing {
  const { t } = useTranslation('flows');
  const format = useFormat();
  const { source } = useContentPlace();
  const { tell } = useToasts();
  const faultText = useFaultText();
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const undo = useAct('undoEdit', { changes: CONTENT_READS, onError: (fault) => tell(faultText(fault)) });

  async function run(transcripts: readonly { address: string; revision: number }[]): Promise<void> {
    const texts = await readAllTexts(
      source,
      flow.id,
      content.hotline.knownLanguages.map(({ tag }) => tag),
    );
    const expects = new Map(
      [...transcripts, ...[...texts].map(([address, { revision }]) => ({ address, revision }))].map((one) => [one.address, one.revision]),
    );
    const planned = planRemoveFlow(flow, expects.keys());
    const takeBack = (): void => undo.mutate([{ params: { id: source } }]);
    await saving.save(planned, {
      expects,
      onSaved() {
        onClose();
        // What took several saves would be taken back by several undos: the bar above offers them.
        tell(t('remove.done', { flow: format.list([flow.id]) }), inSaves(planned).length === 1 ? takeBack : undefined);
      },
    });
  }

  return {
    isPending,
    error: error ?? saving.edits.error,
    remove(transcripts) {
      setPending(true);
      setError(null);
      void run(transcripts)
        .catch((thrown: unknown) => {
          if (!(thrown instanceof ApiError)) throw thrown;
          setError(thrown);
        })
        .finally(() => setPending(false));
    },
  };
}
