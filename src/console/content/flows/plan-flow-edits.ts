// What adding, copying or removing a whole flow writes: its head, its steps with their order, and its texts in every language.
// Used by the list of flows. Pure: revisions are added when it is saved.
import { partsOf } from '../../../release/entry.ts';
import { addressOfHead, addressOfOrder, addressOfStep, type EditedFlow } from './edited-flow.ts';
import type { JsonRecord, JsonValue } from './json-path.ts';
import type { NewStep, PlannedEdit } from './plan-step-edits.ts';

/** As many as one save may hold. */
const MAX_EDITS = 500;
/** Words that begin a flow stand under this key of its texts. */
export const KEYWORDS = 'keywords';

/** A new flow. Its texts come first, its order last: where it takes several saves, nothing names what is not there yet. */
export function planAddFlow(
  id: string,
  head: JsonRecord,
  steps: readonly NewStep[],
  texts: ReadonlyMap<string, JsonValue | undefined>,
): PlannedEdit[] {
  return [
    ...[...texts].map(([address, value]) => ({ address, value })),
    ...Object.entries(head).map(([key, value]) => ({ address: addressOfHead(id, key), value })),
    ...steps.map((step) => ({ address: addressOfStep(id, step.id), value: step.raw })),
    { address: addressOfOrder(id), value: steps.map((step) => step.id) },
  ];
}

/**
 * A flow once more under another id. What begins the first one does not begin the second: two flows with the same words would collide.
 * @param texts of the flow, in every language
 */
export function planCopyFlow(flow: EditedFlow, id: string, texts: ReadonlyMap<string, JsonValue>): PlannedEdit[] {
  const { triggers: _left, ...head } = flow.head;
  const copied = new Map<string, JsonValue>();
  for (const [address, value] of texts) {
    const { file, key } = partsOf(address);
    if (key !== KEYWORDS && file.endsWith(`/${flow.id}.json`))
      copied.set(`${file.replace(`/${flow.id}.json`, `/${id}.json`)}#${key}`, value);
  }
  return planAddFlow(id, head, flow.steps, copied);
}

/** Everything of a flow goes; `addresses`: its texts and what else is its own. */
export function planRemoveFlow(flow: EditedFlow, addresses: Iterable<string>): PlannedEdit[] {
  const own = [
    ...flow.steps.map(({ id }) => addressOfStep(flow.id, id)),
    addressOfOrder(flow.id),
    ...Object.keys(flow.head).map((key) => addressOfHead(flow.id, key)),
  ];
  return [...own, ...addresses].map((address) => ({ address, value: undefined }));
}

/** In as many saves as it takes; texts first, so that a save that fails leaves no step without its words. */
export function inSaves<T extends { address: string }>(edits: readonly T[]): T[][] {
  const texts = edits.filter(({ address }) => !address.startsWith('flows/'));
  const flow = edits.filter(({ address }) => address.startsWith('flows/'));
  if (texts.length + flow.length <= MAX_EDITS) return [[...edits]];
  const saves: T[][] = [];
  for (let from = 0; from < texts.length; from += MAX_EDITS) saves.push(texts.slice(from, from + MAX_EDITS));
  for (let from = 0; from < flow.length; from += MAX_EDITS) saves.push(flow.slice(from, from + MAX_EDITS));
  return saves;
}
