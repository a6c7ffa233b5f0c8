// Describes a difference between two releases: what changed, where and how, as data that the console puts into any language,
// and as an English sentence for the command line. Reads addresses and values only.
import { changedFields, movedIds } from './changed-fields.ts';
import type { FieldChange } from './changed-fields.ts';
import { stemOf } from './diff.ts';
import type { EntryDifference } from './diff.ts';
import { partsOf } from './entry.ts';
import type { EntryKind, Json } from './entry.ts';
import { isJsonList } from './same-json.ts';
import { diffWords } from './word-diff.ts';

export interface DifferenceDescription {
  verb: 'added' | 'changed' | 'removed';
  kind: EntryKind;
  /** Path below the content root. */
  file: string;
  /**
   * What people call it: `welcome:hello` for a text and its review (or `default`), `language:greetings` for words; else the id of a step,
   * an answer or a place, the code of a topic or a locality, a language's tag, a setting's or a flow's key, a flow's or a transcript's name.
   */
  name: string;
  /** The flow that it belongs to. */
  flow?: string;
  /** BCP 47 tag of the language whose texts or words it belongs to. */
  language?: string;
  /**
   * The parts that changed; of an order the ids that moved, with positions from 1. One part with an empty path is the whole value,
   * as it is for all that was added or removed.
   */
  fields: FieldChange[];
}

/** What a difference is, as data. */
export function describeDifference({ address, kind, before, after }: EntryDifference): DifferenceDescription {
  const { file } = partsOf(address);
  const language = kind === 'language' ? partsOf(address).key : /^locales\/([^/]+)\//.exec(file)?.[1];
  return {
    verb: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed',
    kind,
    file,
    name: nameOf(address, kind),
    ...(kind.startsWith('flow_') && { flow: stemOf(address) }),
    ...(language !== undefined && { language }),
    fields:
      kind === 'flow_order' && before !== undefined && after !== undefined
        ? movedIds(ids(before), ids(after))
        : changedFields(before, after),
  };
}

const WORDS: Record<EntryKind, string> = {
  text: 'text',
  review: 'review of',
  words: 'words',
  language: 'language',
  term: 'term',
  flow_head: 'setting',
  flow_step: 'step',
  flow_order: 'order of the steps of',
  answer: 'answer',
  place: 'place',
  topic: 'topic',
  locality: 'locality',
  setting: 'setting',
  transcript: 'transcript',
};

/** One sentence without a full stop: `changed place clinic (flows/directory/places.yaml): hours.0.opens_at from "09:00" to "10:00"`. */
export function sayInEnglish({ verb, kind, file, name, flow, language, fields }: DifferenceDescription): string {
  const of = kind === 'flow_head' || kind === 'flow_step' ? ` of flow ${flow}` : kind === 'flow_order' ? '' : ` (${file})`;
  const into = language === undefined || kind === 'language' ? of : ` in ${language}`;
  const what = `${verb} ${WORDS[kind]} ${kind === 'flow_order' ? 'flow ' : ''}${name}${into}`;
  const whole = fields.length === 1 && fields[0]?.path === '' ? fields[0] : undefined;
  if (verb !== 'changed') {
    const value = whole?.after ?? whole?.before;
    return typeof value === 'string' ? `${what}: ${sayValue(value)}` : what;
  }
  return `${what}: ${fields.map((field) => sayField(field, kind)).join('; ')}`;
}

function nameOf(address: string, kind: EntryKind): string {
  const { key } = partsOf(address);
  switch (kind) {
    case 'text':
    case 'words':
      return `${stemOf(address)}:${key}`;
    case 'flow_order':
    case 'transcript':
      return stemOf(address);
    default:
      return key.replace(/^(texts|head|steps)\//, '');
  }
}

function ids(order: Json): string[] {
  return isJsonList(order) ? order.filter((id) => typeof id === 'string') : [];
}

const SHORT = 60;

function sayField({ path, before, after }: FieldChange, kind: EntryKind): string {
  const start = path === '' ? '' : `${path} `;
  if (before === undefined) return kind === 'flow_order' ? `${start}came in at ${sayValue(after)}` : `${start}added: ${sayValue(after)}`;
  if (after === undefined) return kind === 'flow_order' ? `${start}went from ${sayValue(before)}` : `${start}removed: ${sayValue(before)}`;
  const long = typeof before === 'string' && typeof after === 'string' && Math.max(before.length, after.length) > SHORT;
  return long ? `${start}now reads ${markWords(before, after)}` : `${start}from ${sayValue(before)} to ${sayValue(after)}`;
}

function sayValue(value: Json | undefined): string {
  const written = JSON.stringify(value ?? null);
  return written.length > 2 * SHORT ? `${written.slice(0, 2 * SHORT)}…` : written;
}

/** The text with [-what went-] and {+what came+}; of what stayed only what stands beside a change. */
function markWords(before: string, after: string): string {
  const near = 20;
  const pieces = diffWords(before, after);
  return pieces
    .map(({ kind, text }, index) => {
      if (kind === 'removed') return `[-${text}-]`;
      if (kind === 'added') return `{+${text}+}`;
      const start = index === 0 ? '' : text.slice(0, near);
      const end = index === pieces.length - 1 ? '' : text.slice(-near);
      return text.length <= start.length + end.length ? text : `${start}…${end}`;
    })
    .join('');
}
