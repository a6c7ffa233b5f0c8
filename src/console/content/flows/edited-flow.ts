// Flows as the editor works on them: made of the entries of a release or a draft, each step as its file says it. Used by every part of
// the flow editor. Knows nothing of what a step means beyond its type. Pure.
import type { EntryView } from '../../../api/content-shapes.ts';
import { STEPS, type StepKind } from '../../../engine/steps/index.ts';
import { addressOf, partsOf } from '../../../release/entry.ts';
import { isRecord, type JsonRecord } from './json-path.ts';

export interface EditedStep {
  /** By which others name it. */
  id: string;
  /** As its file says it; without `id` where the file has none. */
  raw: JsonRecord;
  /** Null where it has no type, or one that is not known. */
  kind: StepKind | null;
  /** What the draft did to it. */
  change: EntryView['change'];
}

export interface EditedFlow {
  id: string;
  /** Everything but the steps: topic, objectives, private, triggers. */
  head: JsonRecord;
  steps: readonly EditedStep[];
  /** What the draft did to the flow as a whole. */
  isNew: boolean;
}

/** All step types, in the order in which they are offered. */
export const STEP_KINDS = Object.keys(STEPS) as StepKind[];

export const END = 'end';

/** File of a flow. */
export const fileOfFlow = (flow: string): string => `flows/${flow}.yaml`;
export const addressOfStep = (flow: string, step: string): string => addressOf(fileOfFlow(flow), `steps/${step}`);
export const addressOfOrder = (flow: string): string => addressOf(fileOfFlow(flow), 'order');
export const addressOfHead = (flow: string, key: string): string => addressOf(fileOfFlow(flow), `head/${key}`);

/** The type of a step; null where it has none that is known. */
export function kindOfStep(raw: JsonRecord): StepKind | null {
  return STEP_KINDS.find((kind) => Object.hasOwn(raw, kind)) ?? null;
}

export function stepOf(flow: EditedFlow, id: string): EditedStep | undefined {
  return flow.steps.find((step) => step.id === id);
}

/** Flows by id, in the order of their names. What the draft takes away is not there. */
export function readEditedFlows(entries: readonly EntryView[]): Map<string, EditedFlow> {
  const parts = new Map<string, Parts>();
  for (const entry of entries) {
    if (entry.value === undefined) continue;
    const { file, key } = partsOf(entry.address);
    const id = /^flows\/([^/]+)\.yaml$/.exec(file)?.[1];
    if (id === undefined) continue;
    const part = parts.get(id) ?? { head: {}, steps: new Map(), order: [], isNew: false };
    parts.set(id, part);
    addPart(part, key, entry);
  }
  return new Map([...parts].sort(([one], [other]) => (one < other ? -1 : 1)).map(([id, part]) => [id, toFlow(id, part)]));
}

interface Parts {
  head: JsonRecord;
  steps: Map<string, EditedStep>;
  order: string[];
  isNew: boolean;
}

function addPart(part: Parts, key: string, { value, change }: EntryView): void {
  if (value === undefined) return;
  if (key === 'order') {
    if (Array.isArray(value)) part.order = value.filter((id) => typeof id === 'string');
    part.isNew = change === 'added';
  } else if (key.startsWith('steps/')) {
    const id = key.slice('steps/'.length);
    const raw = isRecord(value) ? value : {};
    part.steps.set(id, { id, raw, kind: kindOfStep(raw), change });
  } else if (key.startsWith('head/')) part.head[key.slice('head/'.length)] = value;
}

/** Steps in their order; one that the order forgot stands at the end, so that it can be seen. */
function toFlow(id: string, { head, steps, order, isNew }: Parts): EditedFlow {
  const ordered = [...new Set([...order, ...steps.keys()])];
  return { id, head, isNew, steps: ordered.flatMap((step) => steps.get(step) ?? []) };
}
