// Every question of a release that offers choices, whichever step asks it, with the keys of its labels.
// Called by the checks of labels: their length, their collisions, what they cost as a text message. Knows no words.
import type { Step } from '../engine/flow.ts';
import type { Position } from './problem.ts';
import type { ParsedFlow } from './read-flows.ts';

export interface ChoiceGroup {
  /** Text of the question, `namespace:key`. */
  question: string;
  choices: { id: string; label: string }[];
  /** Where the question stands; null for the engine's own dialogues. */
  position: Position | null;
}

const YES_NO = [
  { id: 'yes', label: 'system:yes' },
  { id: 'no', label: 'system:no' },
];

/** The engine's own questions with labels of their own. */
const DIALOGUES: [question: string, choices: string[]][] = [
  ['emergency', ['safe', 'person']],
  ['helped', ['yes', 'no', 'person']],
  ['delete_confirm', ['yes', 'no']],
  ['continue_or_restart', ['continue', 'restart']],
  ['rating', ['not_helped', 'helped_little', 'helped_much']],
  ['follow_up', ['yes', 'refused', 'not_gone', 'not_said']],
];

/** All groups: those of the flows in the order of their files, then the engine's own. */
export function choiceGroups(flows: ParsedFlow[]): ChoiceGroup[] {
  const ofFlows = flows.flatMap((flow) =>
    flow.value.steps.flatMap((step, index) => {
      const found = groupOf(step, flow.id, index);
      return found === null ? [] : [{ ...found.group, position: flow.at(['steps', index], found.key) }];
    }),
  );
  const own = DIALOGUES.map(([question, ids]) => ({
    question: `system:${question}`,
    choices: ids.map((id) => ({ id, label: `system:${question}.${id}` })),
    position: null,
  }));
  const callback = {
    id: 'callback',
    question: 'system:handoff_closed',
    choices: ['yes', 'no'].map((id) => ({ id, label: `system:callback_${id}` })),
  };
  const referral = {
    question: 'system:referral_consent',
    choices: [...YES_NO, { id: 'choose', label: 'system:referral_consent.choose' }],
    position: null,
  };
  return [...ofFlows, ...own, referral, { question: callback.question, choices: callback.choices, position: null }];
}

/** A text key as flows write it, with its namespace. */
export function qualify(key: string, flow: string): string {
  return key.includes(':') ? key : `${flow}:${key}`;
}

function groupOf(step: Step, flow: string, index: number): { key: string; group: Omit<ChoiceGroup, 'position'> } | null {
  switch (step.kind) {
    case 'ask': {
      const question = qualify(step.ask, flow);
      const labels = step.choices?.map((id) => ({ id, label: `${question}.${id}` })) ?? (step.type === 'yes_no' ? YES_NO : []);
      if (labels.length === 0) return null;
      const skip = step.optional === true ? [{ id: 'skip', label: 'system:skip' }] : [];
      return { key: 'ask', group: { question, choices: [...labels, ...skip] } };
    }
    case 'consent': {
      const question = qualify(step.id ?? `consent_${index}`, flow);
      return { key: 'consent', group: { question, choices: ['ok', 'no', 'more'].map((id) => ({ id, label: `${question}.${id}` })) } };
    }
    case 'offer_person':
      return { key: 'offer_person', group: { question: qualify(step.offer_person.text ?? 'system:offer_person', flow), choices: YES_NO } };
    case 'remind':
      return { key: 'remind', group: { question: `${qualify(step.remind.text, flow)}.ask`, choices: YES_NO } };
    default:
      return null;
  }
}
