// Flows for the tests of the flow editor: the hotline's own, as entries of a release, and small ones made on the spot.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import type { EntryView } from '../../../src/api/content-shapes.ts';
import type { Known } from '../../../src/console/content/flows/check-flows.ts';
import { readEditedFlows, type EditedFlow } from '../../../src/console/content/flows/edited-flow.ts';
import type { JsonRecord, JsonValue } from '../../../src/console/content/flows/json-path.ts';
import { Step } from '../../../src/engine/flow.ts';
import { defaultStepId } from '../../../src/engine/step-id.ts';

const folder = path.resolve(import.meta.dirname, '../../../flows');

/** All that is asked for is there. */
export const KNOWN: Known = {
  entryFlow: 'one',
  menuFlow: 'one',
  texts: () => true,
  topics: { has: () => true },
  answers: { has: () => true },
};

const entry = (address: string, kind: EntryView['kind'], value: JsonValue): EntryView => ({
  address,
  kind,
  value,
  change: null,
  revision: 0,
  by: null,
  at: null,
});

/** Entries of one flow, as the service gives them. */
export function entriesOf(id: string, head: JsonRecord, steps: readonly JsonRecord[], ids?: readonly string[]): EntryView[] {
  const named = steps.map((raw, index) => [ids?.[index] ?? idOf(raw, index), raw] as const);
  const file = `flows/${id}.yaml`;
  return [
    ...Object.entries(head).map(([key, value]) => entry(`${file}#head/${key}`, 'flow_head', value)),
    ...named.map(([step, raw]) => entry(`${file}#steps/${step}`, 'flow_step', raw)),
    entry(
      `${file}#order`,
      'flow_order',
      named.map(([step]) => step),
    ),
  ];
}

export function flowOf(id: string, steps: readonly JsonRecord[], ids?: readonly string[]): EditedFlow {
  const flow = readEditedFlows(entriesOf(id, { triggers: { keywords: true } }, steps, ids)).get(id);
  if (flow === undefined) throw new RangeError(`No flow ${id} was made.`);
  return flow;
}

/** The flows of this repository. */
export function ownFlows(): Map<string, EditedFlow> {
  const entries = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .flatMap((name) => {
      const { steps, ...head } = parse(readFileSync(path.join(folder, name), 'utf8')) as { steps: JsonRecord[] };
      return entriesOf(name.replace('.yaml', ''), head as JsonRecord, steps);
    });
  return readEditedFlows(entries);
}

function idOf(raw: JsonRecord, index: number): string {
  if (typeof raw['id'] === 'string') return raw['id'];
  const step = Step.safeParse(raw);
  return step.success ? defaultStepId(step.data, index) : `step_${index + 1}`;
}
