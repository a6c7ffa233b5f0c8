// Which flows lead to a flow: by going to it, by calling it, or because it stands in their menu. Used before a flow is removed. Pure.
import type { EditedFlow } from './edited-flow.ts';
import { getIn } from './json-path.ts';

/** Ids of the flows that name it. */
export function flowUses(flows: ReadonlyMap<string, EditedFlow>, id: string): string[] {
  return [...flows.values()].filter((flow) => flow.id !== id && names(flow, id)).map((flow) => flow.id);
}

function names({ head, steps }: EditedFlow, id: string): boolean {
  return getIn(head, ['triggers', 'menu']) === id || steps.some(({ raw }) => raw['goto'] === id || raw['call'] === id);
}
