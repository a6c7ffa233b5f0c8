// The flows of the content as options to pick from, each with the topic that it is about. Used by answers and by the settings.
import type { EntryView } from '../../../api/content-shapes.ts';
import { partsOf } from '../../../release/entry.ts';
import { useRead } from '../../api.ts';
import type { Option } from './code-options.ts';
import type { Hotline } from './use-hotline.ts';

export function useFlowOptions(source: string, hotline: Hotline): Option[] {
  const read = useRead('readEntries', [{ params: { source }, query: { kinds: 'flow_head,flow_order' } }]);
  const topics = topicsOfFlows(read.data?.entries ?? []);
  return [...topics].map(([flow, topic]) => ({ value: flow, label: topic === '' ? flow : `${flow} (${hotline.pathOfTopic(topic)})` }));
}

/** Flow → its topic; empty where it has none. */
function topicsOfFlows(entries: readonly EntryView[]): Map<string, string> {
  const topics = new Map<string, string>();
  for (const { address, value } of entries) {
    const { file, key } = partsOf(address);
    const flow = file.slice('flows/'.length, -'.yaml'.length);
    if (key === 'order' && value !== undefined) topics.set(flow, topics.get(flow) ?? '');
    if (key === 'head/topic' && typeof value === 'string') topics.set(flow, value);
  }
  return topics;
}
