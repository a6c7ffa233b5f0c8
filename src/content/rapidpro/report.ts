// What an import tells of each node: taken over, changed, or not supported, and why. Collected while a flow is translated.
// Called by all of this folder; knows nothing of how a reason comes about.

export type Outcome = 'taken_over' | 'changed' | 'not_supported';

/** One node of a flow. `step` is the first step that it became; null when it became none. */
export interface NodeNote {
  node: string;
  step: string | null;
  outcome: Outcome;
  /** The weightiest reason. */
  why?: NoteCode;
  /** More of the reason, and the other reasons. */
  detail?: string;
}

export interface ImportProblem {
  severity: 'error' | 'warning' | 'info';
  code: string;
  message: string;
}

/** All reasons, the weightiest first, in words for a report. */
export const NOTE_WORDS = {
  flow_refused: 'the flow could not be taken over',
  not_reached: 'no way that is taken leads here',
  asks_for_name: 'asks for a name, which this line never does',
  call_left_out: 'calls something outside of the line; the way for a failure is taken',
  flow_missing: 'begins a flow that the export does not hold',
  group_left_out: 'contact groups do not exist here',
  contact_left_out: 'changes a contact, which is not kept here',
  action_left_out: 'does something that does not exist here',
  loop_ended: 'went round without waiting for anybody; the circle is ended here',
  call_became_goto: 'flows would call each other in a circle or too deep; it leaves for the other flow and does not come back',
  pattern_left_out: 'a case uses a regular expression; its answers go the way of all others',
  input_left_out: 'looks at the message that began the flow, which is not handed on',
  case_left_out: 'a case cannot be decided here; its answers go the way of all others',
  child_result: 'asks what a called flow found out; flows do not share answers',
  expression_left_out: 'an expression is too complex or reads what does not exist here; it is empty',
  text_left_out: 'nothing remained of the text',
  name_removed: 'names and addresses of persons are not shown',
  value_dropped: 'the value cannot be worked out here; it is empty',
  value_from_elsewhere: 'reads a value that another flow kept; flows do not share answers, so it is empty',
  media_left_out: 'pictures, sound and video are not sent',
  template_left_out: 'a template of WhatsApp was left out; the plain text is kept',
  random_first: 'chance decides nothing here: always the first way',
  became_person: 'a ticket became a person of the desk',
  no_question: 'waits without having asked; the question is to be written',
  wait_left_out: 'waited for nothing in particular, and nothing was asked: it goes on at once',
  question_repeated: 'waits again without a word; the last question is asked again',
  quick_replies_left_out: 'buttons were left out, since what follows takes no choice',
  words_left_out: 'words that no button shows do not lead anywhere any more',
  numbers_only: 'takes only a number; for anything else it asks again',
  asks_again: 'what is not understood ended the flow; here it is asked again',
  other_kind: 'takes only what was asked for; for anything else it asks again',
  labels_from_list: 'the numbered lines of the text became choices',
  label_shortened: 'a label is too long for a button, a short one was made: look at it',
  label_taken: 'a label is a command or a word of danger: choose other words',
  text_split: 'the text was long and is said in parts',
  text_long: 'the text is long and could not be parted',
  translation_differs: 'a translation fills in other values or has other choices than its source; it was left out',
  translation_missing: 'a translation is missing',
  timeout_changed: 'the time to wait was brought within what is possible',
  child_expiry: 'a called flow does not expire here; that way is not taken',
  session_only: 'kept only while the conversation lasts',
} as const;
export type NoteCode = keyof typeof NOTE_WORDS;

const WEIGHT = Object.keys(NOTE_WORDS) as NoteCode[];

/** Reasons that take nothing away where a node became no step. */
const HARMLESS = new Set<NoteCode>(['translation_missing', 'translation_differs', 'child_expiry', 'random_first', 'wait_left_out']);
/** Longest detail of one reason, in characters. */
const MAX_DETAIL = 120;

/** Collects the reasons of one flow. */
export interface Notes {
  add(node: string, code: NoteCode, detail?: string): void;
  has(node: string): boolean;
  /** The notes of all nodes, in their order; `stepOf` gives the first step that a node became. */
  list(nodes: readonly string[], stepOf: (node: string) => string | null): NodeNote[];
}

export function createNotes(): Notes {
  const found = new Map<string, Map<NoteCode, string[]>>();
  return {
    add(node, code, detail) {
      const codes = found.get(node) ?? new Map<NoteCode, string[]>();
      found.set(node, codes);
      const details = codes.get(code) ?? [];
      codes.set(code, details);
      const short = (detail ?? '').replaceAll(/\s+/g, ' ').slice(0, MAX_DETAIL);
      if (short !== '' && !details.includes(short)) details.push(short);
    },
    has: (node) => found.has(node),
    list: (nodes, stepOf) => nodes.map((node) => noteOf(node, found.get(node) ?? new Map<NoteCode, string[]>(), stepOf(node))),
  };
}

function noteOf(node: string, codes: ReadonlyMap<NoteCode, string[]>, step: string | null): NodeNote {
  const [why, ...others] = WEIGHT.filter((code) => codes.has(code));
  if (why === undefined) return { node, step, outcome: 'taken_over' };
  const lost = step === null && !HARMLESS.has(why);
  const same = why === 'translation_missing';
  const detail = [...(codes.get(why) ?? []), ...(others.length > 0 ? [`also: ${others.join(', ')}`] : [])].join('; ');
  return { node, step, outcome: lost ? 'not_supported' : same ? 'taken_over' : 'changed', why, ...(detail === '' ? {} : { detail }) };
}
