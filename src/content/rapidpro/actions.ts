// What the actions of a node do, one by one: something said, a step, or nothing that exists here. Called by build-flow.ts.
// Nothing leaves the line: what calls another service is taken for failed, what changes a contact is left out.
import type { RapidAction, RapidNode } from './export-schema.ts';
import { answerOf, isFault, joinTexts, literal, meaningOf, translateExpression, type Cel } from './expression.ts';
import { isNameOfPerson, keyOfResult, slugOf } from './names.ts';
import { parseExpression } from './parse-expression.ts';
import type { DraftStep, RawStep } from './raw-step.ts';
import type { NoteCode } from './report.ts';
import { parseTemplate } from './template.ts';
import { messageOf, noteUnset, type FlowTranslation, type Message } from './translation.ts';

/** What an action becomes. `speaks` where the person hears something of it. */
type Acted =
  | { kind: 'said'; message: Message }
  | { kind: 'steps'; steps: DraftStep[]; speaks: boolean; result?: 'completed' | 'failed' | 'opened'; leaves?: boolean }
  | { kind: 'nothing'; result?: 'completed' | 'failed' | 'opened' };

const NOTHING: Acted = { kind: 'nothing' };
const GROUPS = new Set(['add_contact_groups', 'remove_contact_groups']);
const CONTACT = new Set([
  'set_contact_name',
  'set_contact_language',
  'set_contact_status',
  'set_contact_timezone',
  'set_contact_channel',
  'add_contact_urn',
]);
const OUTSIDE = new Set([
  'call_webhook',
  'call_resthook',
  'call_classifier',
  'call_llm',
  'transfer_airtime',
  'send_email',
  'send_broadcast',
  'start_session',
  'request_optin',
]);
const SPOKEN = new Set(['send_msg', 'say_msg']);
/** Longest expression of the flow language. */
const MAX_CEL = 500;

/** Whether an action says something or leads away, so that what was said before must be out. */
export function breaksSilence(action: RapidAction): boolean {
  return (SPOKEN.has(action.type) && action.text.trim() !== '') || action.type === 'enter_flow' || action.type === 'open_ticket';
}

/** Translates one action. */
export function act(translation: FlowTranslation, node: RapidNode, action: RapidAction): Acted {
  const { notes } = translation;
  if (SPOKEN.has(action.type)) return sayIt(translation, node, action);
  if (action.type === 'set_contact_field') return setField(translation, node, action);
  if (action.type === 'set_run_result') return setResult(translation, node, action);
  if (action.type === 'enter_flow') return enterFlow(translation, node, action);
  if (action.type === 'open_ticket') {
    notes.add(node.uuid, 'became_person');
    return {
      kind: 'steps',
      steps: [{ step: { handoff: { priority: 'normal' } }, nodes: [node.uuid], wish: 'person' }],
      speaks: true,
      result: 'opened',
    };
  }
  const code: NoteCode = GROUPS.has(action.type)
    ? 'group_left_out'
    : CONTACT.has(action.type)
      ? 'contact_left_out'
      : OUTSIDE.has(action.type)
        ? 'call_left_out'
        : action.type === 'play_audio'
          ? 'media_left_out'
          : 'action_left_out';
  notes.add(node.uuid, code, action.type);
  return code === 'call_left_out' ? { kind: 'nothing', result: 'failed' } : NOTHING;
}

function sayIt(translation: FlowTranslation, node: RapidNode, action: RapidAction): Acted {
  const { notes } = translation;
  if (action.attachments.length > 0) notes.add(node.uuid, 'media_left_out', String(action.attachments.length));
  if (action.templating != null || action.template != null) notes.add(node.uuid, 'template_left_out');
  return action.text.trim() === '' ? NOTHING : { kind: 'said', message: messageOf(translation, node.uuid, action) };
}

function setField(translation: FlowTranslation, node: RapidNode, action: RapidAction): Acted {
  const key = keyOfResult(action.field?.key || action.field?.name || '');
  if (isNameOfPerson(key)) {
    translation.notes.add(node.uuid, 'asks_for_name', key);
    return NOTHING;
  }
  translation.notes.add(node.uuid, 'session_only');
  return setValue(translation, node, `fields:${key}`, action.value);
}

function setResult(translation: FlowTranslation, node: RapidNode, action: RapidAction): Acted {
  const key = keyOfResult(action.name);
  if (isNameOfPerson(key)) {
    translation.notes.add(node.uuid, 'asks_for_name', key);
    return NOTHING;
  }
  return setValue(translation, node, `results:${key}`, action.value);
}

function setValue(translation: FlowTranslation, node: RapidNode, ref: string, template: string): Acted {
  const { answers } = translation;
  const name = answers.nameOf(ref);
  const value = valueOf(translation, node, template);
  noteUnset(translation, node.uuid);
  if (value === null) answers.assign(ref, { how: 'emptied' });
  else if (typeof value.known === 'string') answers.assign(ref, { how: 'words', value: value.known });
  else if (value.ref !== undefined) answers.assign(ref, { how: 'copied', from: value.ref });
  else answers.assign(ref, { how: 'computed', type: value.type });
  const given = value === null ? null : typeof value.known === 'number' || typeof value.known === 'boolean' ? value.known : value.cel;
  return { kind: 'steps', steps: [{ step: { set: { [name]: given } }, nodes: [node.uuid], wish: `keep_${name}` }], speaks: false };
}

/** A value as an expression; null for nothing, and for what cannot be worked out. Digits are a number. */
function valueOf({ answers, notes }: FlowTranslation, node: RapidNode, template: string): Cel | null {
  const parts: Cel[] = [];
  for (const part of parseTemplate(template.trim())) {
    const value = part.kind === 'words' ? literal(part.words) : expressionValue(part.source, answers);
    if ('fault' in value) {
      notes.add(node.uuid, value.fault === 'expression_left_out' ? 'value_dropped' : value.fault, template);
      return null;
    }
    parts.push(value);
  }
  const [only] = parts;
  const value = parts.length === 1 && only !== undefined ? only : joinTexts(parts);
  if (value.known === '') return null;
  if (typeof value.known === 'string' && /^-?\d{1,15}(\.\d+)?$/.test(value.known)) return literal(Number(value.known));
  if (value.cel.length <= MAX_CEL) return value;
  notes.add(node.uuid, 'value_dropped', 'too long');
  return null;
}

function expressionValue(source: string, answers: FlowTranslation['answers']): Cel | { fault: NoteCode } {
  const tree = parseExpression(source);
  if (tree?.kind !== 'path') return translateExpression(source, answers);
  const meaning = meaningOf(tree.path);
  if (meaning.kind === 'answer') return answerOf(meaning.ref, answers);
  if (meaning.kind === 'language') return { cel: 'language', type: 'text' };
  const value = translateExpression(source, answers);
  return isFault(value) ? { fault: meaning.kind === 'lost' ? meaning.code : value.fault } : value;
}

/** A called flow comes back; one that is entered for good does not. */
function enterFlow({ flowIds, notes }: FlowTranslation, node: RapidNode, action: RapidAction): Acted {
  const id = flowIds.get(action.flow?.uuid ?? '') ?? null;
  if (id === null) {
    notes.add(node.uuid, 'flow_missing', action.flow?.name ?? '');
    return { kind: 'nothing', result: 'completed' };
  }
  const step: RawStep = action.terminal ? { goto: id } : { call: id };
  return {
    kind: 'steps',
    steps: [{ step, nodes: [node.uuid], wish: slugOf(`to ${id}`, 40) }],
    speaks: true,
    result: 'completed',
    leaves: action.terminal,
  };
}
