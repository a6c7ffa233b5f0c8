// A node that decides without asking, as a `branch`; or, where the answer is known beforehand, as the way that is always taken.
// Called by build-flow.ts. What cannot be decided here goes the way of all others, and is told.
import { conditionOf, readOperand, type Operand } from './condition.ts';
import { answerOf } from './expression.ts';
import type { RapidNode, RapidRouter } from './export-schema.ts';
import { keyOfResult } from './names.ts';
import type { DraftStep, RawCondition } from './raw-step.ts';
import { defaultCategory, destinationOf, type Ways } from './targets.ts';
import { noteUnset, type FlowTranslation } from './translation.ts';
import { categoryFor } from './words-match.ts';

/** What a deciding node becomes: steps, the last of which leads on; or one way, taken always. */
type Decided = { steps: DraftStep[] } | { pass: string };

/** What came of a node's own action, where its router asks for that. */
export type Result = 'completed' | 'failed' | 'opened' | null;

const CHILD_STATUS = /^@?\(?(child\.run\.status|child\.status)\)?$/;
const OWN_RESULT = /^@\(?(results\.\w+|webhook|locals\.\w+|legacy_extra)/;

/** Translates a node that decides. `result` is what its actions came to, such as a called flow that was completed. */
export function branchNode(translation: FlowTranslation, node: RapidNode, router: RapidRouter, result: Result, ways: Ways): Decided {
  const { notes, answers } = translation;
  if (router.type === 'random') {
    notes.add(node.uuid, 'random_first');
    return { pass: ways.of(router.categories[0]?.uuid) };
  }
  if (result === 'completed' && CHILD_STATUS.test(router.operand.trim())) return { pass: afterCall(translation, node, router, ways) };
  if (result === 'failed' && OWN_RESULT.test(router.operand.trim())) return { pass: ways.of(failureOf(router)) };
  if (result === 'opened' && OWN_RESULT.test(router.operand.trim()))
    return { pass: ways.of(categoryFor(router.cases, defaultCategory(router), 'Success')) };
  const operand = readOperand(router.operand, answers);
  const kept = keepResult(translation, router, operand);
  const conditions = conditionsOf(translation, node, router, operand, ways);
  if (conditions.length === 1 && kept === null) return { pass: conditions[0]?.to ?? ways.byDefault };
  const nodes = [node.uuid];
  const wish = `by_${
    router.operand
      .replaceAll(/[^a-zA-Z0-9]+/g, '_')
      .replaceAll(/^_+|_+$/g, '')
      .toLowerCase()
      .slice(0, 30) || 'condition'
  }`;
  const branch = conditions.slice(0, -1);
  const next = conditions.at(-1)?.to ?? ways.byDefault;
  const steps: DraftStep[] = [];
  if (kept !== null) steps.push({ step: branch.length > 0 ? { set: kept } : { set: kept, next }, nodes, wish: 'keep' });
  if (branch.length > 0) steps.push({ step: { branch, next }, nodes, wish });
  return { steps };
}

/** A called flow always comes to its end here; what was meant for one that expired is never gone to. */
function afterCall({ notes }: FlowTranslation, node: RapidNode, router: RapidRouter, ways: Ways): string {
  const completed = categoryFor(router.cases, defaultCategory(router), 'completed');
  const expired = categoryFor(router.cases, defaultCategory(router), 'expired');
  const other = destinationOf(node, expired);
  if (other !== null && other !== destinationOf(node, completed)) notes.add(node.uuid, 'child_expiry');
  return ways.of(completed);
}

/** The category of a failure: by its name, else what is left when nothing succeeded. */
function failureOf(router: RapidRouter): string | null {
  const named = router.categories.find(({ name }) => /fail|error|echec|échec|falla/i.test(name));
  return named?.uuid ?? categoryFor(router.cases, defaultCategory(router), 'Failure');
}

/** The ways in order; the last one has no condition. */
function conditionsOf(translation: FlowTranslation, node: RapidNode, router: RapidRouter, operand: Operand, ways: Ways): RawCondition[] {
  const { notes, answers, languages } = translation;
  if (operand.kind === 'lost' && router.cases.length > 0) notes.add(node.uuid, operand.code, router.operand);
  const conditions: RawCondition[] = [];
  for (const one of router.cases) {
    const condition = conditionOf(one, operand, answers, languages);
    if ('fault' in condition) {
      if (operand.kind !== 'lost') notes.add(node.uuid, condition.fault, `${one.type} ${one.arguments.join(' ')}`.trim());
    } else if ('cel' in condition)
      conditions.push(
        condition.cel === 'true' ? { to: ways.of(one.category_uuid) } : { if: condition.cel, to: ways.of(one.category_uuid) },
      );
  }
  noteUnset(translation, node.uuid);
  const always = conditions.findIndex((condition) => condition.if === undefined);
  const needed = always === -1 ? [...conditions, { to: ways.byDefault }] : conditions.slice(0, always + 1);
  while (needed.length > 1 && needed.at(-2)?.to === needed.at(-1)?.to) needed.splice(-2, 1);
  return needed;
}

/** A router keeps what it looked at under a name; that matters only where it is asked for later. */
function keepResult({ answers }: FlowTranslation, router: RapidRouter, operand: Operand): Record<string, string> | null {
  const ref = `results:${keyOfResult(router.result_name)}`;
  if (router.result_name === '' || !answers.isRead(ref)) return null;
  if (operand.kind === 'answer' && operand.ref !== ref) {
    answers.assign(ref, { how: 'copied', from: operand.ref });
    return { [answers.nameOf(ref)]: answerOf(operand.ref, answers).cel };
  }
  if (operand.kind !== 'value') return null;
  answers.assign(ref, { how: 'computed', type: operand.value.type });
  return { [answers.nameOf(ref)]: operand.value.cel };
}
