// A text of RapidPro as a text of ours: `Hello @fields.city` becomes `Hello {{city}}` with the expression that gives the value.
// Called for messages and labels. What cannot be shown, and what must not be, is taken out together with the spaces around it.
import type { Answers } from './answers.ts';
import { answerOf, isFault, meaningOf, translateExpression, type Cel } from './expression.ts';
import { parseExpression } from './parse-expression.ts';
import type { NoteCode } from './report.ts';
import { parseTemplate } from './template.ts';

export interface Filled {
  text: string;
  /** Value name → CEL. */
  params: Record<string, string>;
  /** What was taken out, and why. */
  lost: { code: NoteCode; source: string }[];
}

/** Stands where something was taken out, until the spaces around it are tidied. */
const GAP = '\ue000';
const DIRECTION_MARKS = /[\u200e\u200f\u202a-\u202e]/g;

/**
 * Fills in.
 * @param names CEL → value name; shared by the languages of one text, so that they agree
 */
export function fillIn(template: string, answers: Answers, names: Map<string, string>): Filled {
  const params: Record<string, string> = {};
  const lost: Filled['lost'] = [];
  const pieces = parseTemplate(template).map((part) => {
    if (part.kind === 'words') return cleanWords(part.words);
    const value = valueOf(part.source, answers);
    if ('fault' in value) {
      lost.push({ code: value.fault, source: part.source });
      return GAP;
    }
    if (value.known !== undefined) return cleanWords(String(value.known));
    const name = names.get(value.cel) ?? newName(value.cel, names);
    names.set(value.cel, name);
    params[name] = value.cel;
    return `{{${name}}}`;
  });
  return { text: tidy(pieces.join('')), params, lost };
}

function valueOf(source: string, answers: Answers): Cel | { fault: NoteCode } {
  const tree = parseExpression(source);
  if (tree?.kind === 'path') {
    const meaning = meaningOf(tree.path);
    if (meaning.kind === 'answer') return answerOf(meaning.ref, answers);
    return { fault: meaning.kind === 'lost' ? meaning.code : 'expression_left_out' };
  }
  const value = translateExpression(source, answers);
  return !isFault(value) && value.type === 'bool' && value.known === undefined ? { fault: 'expression_left_out' } : value;
}

/** `count` alone would ask for plural forms. */
function newName(cel: string, names: ReadonlyMap<string, string>): string {
  const own = /^answers\.([a-z]\w*)$/.exec(cel)?.[1];
  const base = own === undefined ? 'value' : own === 'count' ? 'count_value' : own;
  const taken = new Set(names.values());
  let name = base;
  for (let number = 2; taken.has(name); number += 1) name = `${base}_${number}`;
  return name;
}

/** Words as texts may hold them: no braces, no direction marks, no control characters. */
function cleanWords(words: string): string {
  return words
    .toWellFormed()
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll('{', '(')
    .replaceAll('}', ')')
    .replaceAll('$t(', '$ t(')
    .replaceAll(DIRECTION_MARKS, '')
    .replaceAll(/[\p{Cc}--[\n\t]]|\ufffd/gv, '');
}

function tidy(text: string): string {
  return text
    .replaceAll(/[,;:]?[ \t]*\ue000(?=[ \t]*(?:[.!?…)]|$))/gm, '')
    .replaceAll(/[ \t]*\ue000(?=[\s,.!?;:)\ue000]|$)/g, '')
    .replaceAll(/\ue000[ \t]*/g, '')
    .replace(/^[\s,;:]+/u, '')
    .trimEnd();
}
