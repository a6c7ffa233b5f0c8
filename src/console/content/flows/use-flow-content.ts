// What every part of the flow editor must know of the content that is looked at: all flows, the hotline with its topics and languages, the
// answers with their titles. Used by the list of flows and by the editor. Changes nothing.
import { useMemo } from 'react';
import type { ApiError } from '../../../api/client.ts';
import { partsOf } from '../../../release/entry.ts';
import { useRead } from '../../api.ts';
import { useHotline, type Hotline } from '../settings/use-hotline.ts';
import type { Known } from './check-flows.ts';
import { readEditedFlows, type EditedFlow } from './edited-flow.ts';
import { isRecord, type JsonValue } from './json-path.ts';

export interface FlowContent {
  hotline: Hotline;
  flows: ReadonlyMap<string, EditedFlow>;
  /** Ids of answers that a step may name. */
  answers: readonly string[];
  known: Omit<Known, 'texts'>;
  /** What stands at an address of a flow. */
  valueAt(address: string): JsonValue | undefined;
  /** With which revision it was read; 0 for what was never there. */
  revisionAt(address: string): number;
}

export interface FlowContentRead {
  content: FlowContent | null;
  error: ApiError | null;
  retry: () => void;
}

export function useFlowContent(source: string): FlowContentRead {
  const { hotline, error: hotlineError, retry: retryHotline } = useHotline(source);
  const flows = useRead('readEntries', [{ params: { source }, query: { kinds: 'flow_head,flow_order,flow_step' } }]);
  const answers = useRead('readEntries', [{ params: { source }, query: { kinds: 'answer' } }]);
  const flowEntries = flows.data?.entries;
  const answerEntries = answers.data?.entries;
  const content = useMemo((): FlowContent | null => {
    if (hotline === null || flowEntries === undefined || answerEntries === undefined) return null;
    const byAddress = new Map(flowEntries.map((entry) => [entry.address, entry]));
    const named = answerEntries.flatMap(({ address, value }) =>
      isRecord(value) ? [[partsOf(address).key, value['replaces']] as const] : [],
    );
    const topics = new Set(hotline.topics.map(({ code }) => code));
    return {
      hotline,
      flows: readEditedFlows(flowEntries),
      // A local version is shown by itself where its general one is named.
      answers: named.filter(([, replaces]) => replaces === undefined).map(([id]) => id),
      known: {
        entryFlow: hotline.settings.entry_flow ?? '',
        menuFlow: hotline.settings.menu_flow ?? '',
        topics,
        answers: new Set(named.flatMap(([id, replaces]) => (typeof replaces === 'string' ? [id, replaces] : [id]))),
      },
      valueAt: (address) => byAddress.get(address)?.value,
      revisionAt: (address) => byAddress.get(address)?.revision ?? 0,
    };
  }, [hotline, flowEntries, answerEntries]);
  return {
    content,
    error: hotlineError ?? flows.error ?? answers.error,
    retry() {
      retryHotline();
      void flows.refetch();
      void answers.refetch();
    },
  };
}
