// What a step is about, in short: the text it says, the answer it shows, the flow it leads to. Used for the outline, the drawn flow and every
// list of steps. Words are the caller's business: here it is told what they are about. Pure.
import { getIn, isRecord, plainText, type JsonRecord } from './json-path.ts';
import type { EditedStep } from './edited-flow.ts';

export type StepSubject =
  /** A text, by the key that the step names. */
  | { type: 'text'; key: string }
  | { type: 'entry'; id: string }
  | { type: 'topic'; code: string }
  | { type: 'flow'; id: string }
  /** An expression gives it. */
  | { type: 'expression'; source: string }
  | { type: 'pending' }
  | { type: 'conditions'; count: number }
  | { type: 'names'; names: readonly string[] }
  /** Fields of the request log with what is noted. */
  | { type: 'notes'; notes: readonly (readonly [string, string])[] }
  | { type: 'priority'; priority: string }
  | { type: 'seconds'; seconds: number }
  | { type: 'outcome'; outcome: string }
  | { type: 'nothing' };

const NOTHING: StepSubject = { type: 'nothing' };

export function subjectOf({ id, raw, kind }: Pick<EditedStep, 'id' | 'raw' | 'kind'>): StepSubject {
  const text = (path: readonly string[]): string | null => {
    const value = getIn(raw, path);
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const of = (found: string | null, make: (value: string) => StepSubject): StepSubject => (found === null ? NOTHING : make(found));
  switch (kind) {
    case 'say':
    case 'ask':
      return of(text([kind]), (key) => ({ type: 'text', key }));
    case 'consent':
      return { type: 'text', key: id };
    case 'remind':
      return of(text(['remind', 'text']), (key) => ({ type: 'text', key }));
    case 'answer':
      return answerSubject(raw);
    case 'directory':
      return of(text(['directory', 'topic']), (code) => ({ type: 'topic', code }));
    case 'call':
    case 'goto':
      return of(text([kind]), (flow) => ({ type: 'flow', id: flow }));
    case 'branch':
      return { type: 'conditions', count: Array.isArray(raw['branch']) ? raw['branch'].length : 0 };
    case 'set':
      return { type: 'names', names: Object.keys(isRecord(raw[kind]) ? raw[kind] : {}) };
    case 'log':
      return {
        type: 'notes',
        notes: Object.entries(isRecord(raw[kind]) ? raw[kind] : {}).map(([field, value]) => [field, plainText(value)]),
      };
    case 'offer_person':
    case 'handoff':
      return { type: 'priority', priority: text([kind, 'priority']) ?? 'normal' };
    case 'wait': {
      const seconds = getIn(raw, ['wait', 'seconds']);
      return typeof seconds === 'number' ? { type: 'seconds', seconds } : NOTHING;
    }
    case 'end':
      return of(text(['end']), (outcome) => ({ type: 'outcome', outcome }));
    default:
      return NOTHING;
  }
}

function answerSubject(raw: JsonRecord): StepSubject {
  const { answer } = raw;
  if (answer === 'pending') return { type: 'pending' };
  if (typeof answer === 'string' && answer !== '') return { type: 'entry', id: answer };
  const search = getIn(answer, ['search']);
  return typeof search === 'string' ? { type: 'expression', source: search } : NOTHING;
}
