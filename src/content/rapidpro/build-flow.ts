// Translates the nodes of one flow, from its first one on, into blocks of steps. Called by read-rapidpro.ts; lay-out.ts puts them in order.
// RapidPro says something and then waits, in two nodes; ours asks in one step. So what was said is carried along, past nodes that
// only keep or decide, to the node that waits, and is said by itself where none does. A node may become more than one block this way.
import { act, breaksSilence } from './actions.ts';
import { askNode } from './ask.ts';
import { branchNode, type Result } from './branch.ts';
import type { RapidNode } from './export-schema.ts';
import { sayMessage } from './messages.ts';
import { END, type DraftStep, targetsOf } from './raw-step.ts';
import { waysOf } from './targets.ts';
import type { FlowTranslation, Message } from './translation.ts';

/** Steps that belong together; `next` is the place that follows the last one, where that does not say itself where it leads. */
export interface Block {
  steps: DraftStep[];
  next: string;
}

/** Name of a block: what is carried along, and the node. */
type Place = string;

interface Building {
  translation: FlowTranslation;
  nodes: ReadonlyMap<string, RapidNode>;
  wanting: ReadonlyMap<string, boolean>;
  blocks: Map<Place, Block>;
  open: { node: RapidNode; said: Message | null; place: Place }[];
}

/** The blocks of a flow; `first` is where it begins, `seen` are the nodes that were come to. */
export function buildFlow(translation: FlowTranslation): { blocks: ReadonlyMap<Place, Block>; first: Place; seen: ReadonlySet<string> } {
  const nodes = new Map(translation.flow.nodes.map((node) => [node.uuid, node]));
  const building: Building = {
    translation,
    nodes,
    wanting: new Map(translation.flow.nodes.map((node) => [node.uuid, wantsWords(node, nodes)])),
    blocks: new Map(),
    open: [],
  };
  const seen = new Set<string>();
  const first = placeOf(building, translation.flow.nodes[0]?.uuid ?? '', null);
  for (let next = building.open.pop(); next !== undefined; next = building.open.pop()) {
    seen.add(next.node.uuid);
    building.blocks.set(next.place, buildBlock(building, next.node, next.said, next.place));
  }
  return { blocks: building.blocks, first, seen };
}

/** Whether a node waits, or leads in silence to one that does: then it takes along what was said before it. */
function wantsWords(from: RapidNode, nodes: ReadonlyMap<string, RapidNode>): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen.has(node.uuid) || (node.actions ?? []).some(breaksSilence)) continue;
    seen.add(node.uuid);
    if (isWaiting(node)) return true;
    open.push(...node.exits.flatMap(({ destination_uuid: to }) => nodes.get(to ?? '') ?? []));
  }
  return false;
}

function isWaiting(node: RapidNode): boolean {
  return node.router?.wait != null && node.router.type === 'switch';
}

/** The place of a node for what is carried along; it is built when it has not been yet. */
function placeOf(building: Building, uuid: string, said: Message | null): Place {
  const node = building.nodes.get(uuid);
  if (node === undefined) return END;
  if (said !== null && !building.wanting.get(uuid)) return sayBefore(building, uuid, said);
  const place = `${said?.uuid ?? ''}>${uuid}`;
  if (building.blocks.has(place)) return place;
  building.blocks.set(place, { steps: [], next: END });
  building.open.push({ node, said, place });
  return place;
}

/** A block that only says what nobody will ask. */
function sayBefore(building: Building, uuid: string, said: Message): Place {
  const place = `${said.uuid}!${uuid}`;
  if (!building.blocks.has(place)) {
    building.blocks.set(place, { steps: [], next: END });
    const next = uuid === END ? END : placeOf(building, uuid, null);
    building.blocks.set(place, { steps: sayMessage(building.translation, said), next });
    noteUnasked(building.translation, said);
  }
  return place;
}

function buildBlock(building: Building, node: RapidNode, before: Message | null, place: Place): Block {
  const { translation } = building;
  const steps: DraftStep[] = [];
  let said = before;
  let result: Result = null;
  const speak = (): void => {
    if (said === null) return;
    noteUnasked(translation, said);
    steps.push(...sayMessage(translation, said));
    said = null;
  };
  for (const action of node.actions ?? []) {
    const acted = act(translation, node, action);
    if (acted.kind === 'said') {
      speak();
      said = acted.message;
      continue;
    }
    result = acted.result ?? result;
    if (acted.kind === 'nothing') continue;
    if (acted.speaks) speak();
    steps.push(...acted.steps);
    if (acted.leaves) return { steps, next: END };
  }
  return leaveNode(building, node, said, result, steps, place);
}

/** Buttons of a message after which nothing is asked. */
function noteUnasked({ notes, base }: FlowTranslation, message: Message): void {
  if ((message.quickReplies[base]?.length ?? 0) > 0) notes.add(message.node, 'quick_replies_left_out');
}

function leaveNode(building: Building, node: RapidNode, said: Message | null, result: Result, steps: DraftStep[], place: Place): Block {
  const { translation } = building;
  const { router } = node;
  if (!router) {
    const destination = node.exits[0]?.destination_uuid ?? null;
    return { steps, next: leadTo(building, destination, said) };
  }
  if (!isWaiting(node)) {
    const decided = branchNode(
      translation,
      node,
      router,
      result,
      waysOf(
        node,
        place,
        (to) => leadTo(building, to, said),
        () => leadTo(building, null, said),
      ),
    );
    return 'pass' in decided ? { steps, next: decided.pass } : { steps: [...steps, ...decided.steps], next: END };
  }
  // A way that leads to a node that waits without a word asks the same again.
  const repeat = (to: string): Place => placeOf(building, to, said !== null && building.wanting.get(to) === true ? said : null);
  const asked = askNode(
    translation,
    node,
    router,
    said,
    waysOf(node, place, repeat, () => END),
  );
  if ('pass' in asked) return { steps, next: asked.pass };
  noteRepeated(building, asked.steps, said, node);
  return { steps: [...steps, ...asked.steps], next: END };
}

/** The way to a node with what is still to be said. */
function leadTo(building: Building, destination: string | null, said: Message | null): Place {
  if (destination !== null && building.nodes.has(destination)) return placeOf(building, destination, said);
  return said === null ? END : sayBefore(building, END, said);
}

/** Another node that waits without a word of its own hears the last question again. */
function noteRepeated({ translation }: Building, steps: readonly DraftStep[], said: Message | null, node: RapidNode): void {
  if (said === null) return;
  for (const { step } of steps)
    for (const target of targetsOf(step)) {
      const [carried, uuid] = target.split('>');
      if (carried === said.uuid && uuid !== undefined && uuid !== node.uuid) translation.notes.add(uuid, 'question_repeated');
    }
}
