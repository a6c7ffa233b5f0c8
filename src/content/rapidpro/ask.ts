// A node that waits for the person, as an `ask`: by choices where there are words or buttons, else for a number, a date, a text.
// Called by build-flow.ts with the message that was said before. The reply is kept only where RapidPro keeps it or something asks for it.
import type { AskKind, ChoiceValue } from './answers.ts';
import { choicesOf, type DraftChoices } from './choices.ts';
import { conditionOf } from './condition.ts';
import type { RapidNode, RapidRouter } from './export-schema.ts';
import { writeLabels } from './labels.ts';
import { paramsFor, sayWording, wordingOf, type Wording } from './messages.ts';
import { isNameOfPerson, keyOfResult } from './names.ts';
import { END, type DraftStep, type RawCondition, type RawStep } from './raw-step.ts';
import { defaultCategory, timeoutSeconds, type Ways } from './targets.ts';
import { translatedInto, type FlowTranslation, type Message } from './translation.ts';
import { NUMBER_CASES } from './words-match.ts';

/** What a waiting node becomes; `pass` names the place to go on at where it asks nothing. */
type Asked = { steps: DraftStep[] } | { pass: string };

/** Said where a question has no words of its own: an author has to write them. */
const NO_WORDS = '…';
const KINDS: [AskKind, (type: string) => boolean][] = [
  ['number', (type) => NUMBER_CASES.has(type)],
  ['date', (type) => type.startsWith('has_date')],
  ['phone', (type) => type === 'has_phone'],
  ['email', (type) => type === 'has_email'],
];

/** What a node waits for, where it says so. */
const HINTS: Record<string, AskKind> = { image: 'media', audio: 'media', video: 'media', location: 'location' };

/** Translates a waiting node. */
export function askNode(translation: FlowTranslation, node: RapidNode, router: RapidRouter, said: Message | null, ways: Ways): Asked {
  const { notes } = translation;
  const key = keyOfResult(router.result_name);
  if (isNameOfPerson(key) || translation.nameResults.has(key)) {
    notes.add(node.uuid, 'asks_for_name');
    if (said !== null) notes.add(said.node, 'asks_for_name');
    return { pass: ways.of(router.cases.find(({ type }) => type === 'has_text')?.category_uuid) };
  }
  const message = said ?? { uuid: `wait ${node.uuid}`, node: node.uuid, texts: {}, quickReplies: {} };
  const choices = isChoice(router, message, translation.base) ? choicesOf(translation, router, message) : null;
  const wording = wordingOf(translation, message, choices?.texts ?? message.texts);
  if (wording === null) {
    if (router.cases.length === 0 && choices === null) {
      notes.add(node.uuid, 'wait_left_out');
      return { pass: ways.byDefault };
    }
    notes.add(node.uuid, 'no_question');
  }
  const words = wording ?? {
    texts: Object.fromEntries([translation.base, ...translatedInto(translation)].map((tag) => [tag, NO_WORDS])),
    params: {},
  };
  return {
    steps:
      choices === null
        ? askOpenly(translation, node, router, message, words, ways)
        : askChoice(translation, node, router, message, words, ways, choices),
  };
}

/** Whether words decide: buttons, or cases with words where not just anything is taken. */
function isChoice(router: RapidRouter, message: Message, base: string): boolean {
  if ((message.quickReplies[base]?.length ?? 0) > 0) return true;
  const types = router.cases.map(({ type }) => type).filter((type) => type !== 'has_error');
  const byDefault = router.categories.find(({ uuid }) => uuid === defaultCategory(router))?.name ?? '';
  if (types.length === 0 || types.includes('has_text') || types.includes('has_value') || /^all responses$/i.test(byDefault)) return false;
  return KINDS.every(([, belongs]) => !types.every(belongs)) || types.every((type) => type === 'has_number_eq');
}

/** Long words before the question are said first; its last part is asked. */
function question(
  translation: FlowTranslation,
  message: Message,
  node: RapidNode,
  wording: Wording,
): { before: DraftStep[]; key: string; params: { params?: Record<string, string> } } {
  const parts = sayWording(translation, message, wording, `ask ${message.uuid} ${node.uuid}`);
  const key = parts.at(-1)?.step.say ?? '';
  return { before: parts.slice(0, -1), key, params: paramsFor(String(translation.texts.get(key, translation.base) ?? ''), wording.params) };
}

function askChoice(
  translation: FlowTranslation,
  node: RapidNode,
  router: RapidRouter,
  message: Message,
  wording: Wording,
  ways: Ways,
  { choices, fromList, hidden }: DraftChoices,
): DraftStep[] {
  const { notes } = translation;
  const { before, key, params } = question(translation, message, node, wording);
  writeLabels(translation, node.uuid, key, choices);
  if (fromList) notes.add(message.node, 'labels_from_list');
  if (hidden.length > 0)
    notes.add(
      node.uuid,
      'words_left_out',
      hidden.map((category) => router.categories.find(({ uuid }) => uuid === category)?.name ?? '').join(', '),
    );
  for (const { type } of router.cases) noteRefused(translation, node, type);
  const values = choices.map(({ id, raws, categoryName }): ChoiceValue => ({ id, raws, category: categoryName }));
  const kept = keep(translation, router, 'choice', values);
  const step: RawStep = {
    ask: key,
    choices: choices.map(({ id }) => id),
    ...kept.step,
    ...params,
    ...waiting(translation, node, router, ways),
  };
  const targets = choices.map(({ category }) => ways.of(category));
  const [first = END] = targets;
  const same = targets.every((target) => target === first);
  const draft = (made: RawStep, wish: string): DraftStep => ({ step: made, nodes: [message.node, node.uuid], wish });
  if (kept.copy === null) {
    const next = same ? first : Object.fromEntries(choices.map(({ id }, index) => [id, targets[index] ?? END]));
    return [...before, draft({ ...step, next }, key)];
  }
  const set = { set: kept.copy };
  if (same) return [...before, draft(step, key), draft({ ...set, next: first }, `keep_${key}`)];
  const branch = choices.map(({ id }, index) => ({ if: `answers.${kept.name} == ${JSON.stringify(id)}`, to: targets[index] ?? END }));
  // The last of the ways needs no condition: every choice has one.
  const decided = { branch: branch.slice(0, -1), next: targets.at(-1) ?? END };
  return [...before, draft(step, key), draft(set, `keep_${key}`), draft(decided, `by_${key}`)];
}

function askOpenly(
  translation: FlowTranslation,
  node: RapidNode,
  router: RapidRouter,
  message: Message,
  wording: Wording,
  ways: Ways,
): DraftStep[] {
  const { answers, notes } = translation;
  const types = router.cases.map(({ type }) => type).filter((type) => type !== 'has_error' && type !== 'has_text' && type !== 'has_value');
  const kind =
    types.length > 0
      ? (KINDS.find(([, belongs]) => types.every(belongs))?.[0] ?? 'text')
      : (HINTS[router.wait?.hint?.type ?? ''] ?? 'text');
  if ((message.quickReplies[translation.base]?.length ?? 0) > 0) notes.add(message.node, 'quick_replies_left_out');
  const { before, key, params } = question(translation, message, node, wording);
  const ref = router.result_name === '' ? `input:${key}` : `results:${keyOfResult(router.result_name)}`;
  const own = answers.facts(ref).mixed ? `${ref} ${kind}` : ref;
  for (const name of [ref, `${ref} ${kind}`]) answers.assign(name, { how: 'ask', kind, choices: [] });
  const conditions: RawCondition[] = [];
  for (const one of router.cases) {
    if (one.type === 'has_text' || one.type === 'has_value' || (one.type === `has_${kind}` && kind !== 'text')) {
      conditions.push({ to: ways.of(one.category_uuid) });
      break;
    }
    const condition = conditionOf(one, { kind: 'answer', ref: own }, answers, translation.languages);
    if ('fault' in condition) notes.add(node.uuid, condition.fault, one.type);
    else if ('cel' in condition) conditions.push({ if: condition.cel, to: ways.of(one.category_uuid) });
  }
  if (conditions.at(-1)?.if !== undefined || conditions.length === 0) conditions.push({ to: ways.byDefault });
  const decided = conditions.some(({ to }) => to !== conditions[0]?.to);
  const kept = keep(translation, router, kind, [], decided ? ref : null);
  const step: RawStep = {
    ask: key,
    type: kind as RawStep['type'],
    ...kept.step,
    ...params,
    ...waiting(translation, node, router, ways, kind),
  };
  const next = decided ? conditions : (conditions[0]?.to ?? END);
  const nodes = [message.node, node.uuid];
  if (kept.copy === null) return [...before, { step: { ...step, next }, nodes, wish: key }];
  return [...before, { step, nodes, wish: key }, { step: { set: kept.copy, next }, nodes, wish: `keep_${key}` }];
}

/** Under which name a reply is kept, if at all; `copy` where the name itself is computed elsewhere too and gets the reply by a `set`. */
function keep(
  { answers }: FlowTranslation,
  router: RapidRouter,
  kind: AskKind,
  choices: ChoiceValue[],
  needed: string | null = null,
): { step: Pick<RawStep, 'save' | 'store'>; name: string; copy: Record<string, string> | null } {
  const ref = router.result_name === '' ? needed : `results:${keyOfResult(router.result_name)}`;
  if (ref === null) return { step: { store: false }, name: '', copy: null };
  const name = answers.nameOf(ref);
  if (kind === 'choice') for (const one of [ref, `${ref} ${kind}`]) answers.assign(one, { how: 'ask', kind, choices });
  if (!answers.facts(ref).mixed) return { step: { save: name }, name, copy: null };
  const own = answers.nameOf(`${ref} ${kind}`);
  return { step: { save: own }, name: own, copy: { [name]: `answers.${own}` } };
}

/** How long is waited, and where what is not understood leads. */
function waiting(
  { notes }: FlowTranslation,
  node: RapidNode,
  router: RapidRouter,
  ways: Ways,
  kind: AskKind = 'choice',
): Pick<RawStep, 'timeout' | 'on_misunderstood'> {
  const found: Pick<RawStep, 'timeout' | 'on_misunderstood'> = {};
  const { timeout } = router.wait ?? {};
  if (timeout) {
    const seconds = timeoutSeconds(timeout.seconds);
    if (seconds !== timeout.seconds) notes.add(node.uuid, 'timeout_changed');
    found.timeout = { seconds, next: ways.of(timeout.category_uuid) };
  }
  if (kind === 'text' || ways.byDefault === ways.self) return found;
  if (ways.byDefault === END) notes.add(node.uuid, kind === 'choice' ? 'asks_again' : 'other_kind');
  else found.on_misunderstood = ways.byDefault;
  return found;
}

/** Cases that no choice can stand for. */
function noteRefused({ notes }: FlowTranslation, node: RapidNode, type: string): void {
  if (type === 'has_pattern') notes.add(node.uuid, 'pattern_left_out');
  else if (KINDS.some(([, belongs]) => belongs(type)) && type !== 'has_number_eq') notes.add(node.uuid, 'case_left_out', type);
}
