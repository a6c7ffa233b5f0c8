// A step in the hands of somebody: what the form holds that is not saved yet, with the texts that belong to it. Kept while the page lives, so
// that nothing typed is lost when another step or page is opened. Used by use-working-steps.ts and the form. Pure.
import { STEPS, type StepKind } from '../../../engine/steps/index.ts';
import { blankValue } from './blank-value.ts';
import { fieldsOf } from './form-fields.ts';
import { sameValue, type JsonRecord, type JsonValue } from './json-path.ts';
import { mapFields } from './map-fields.ts';
import { idFromText, uniqueId } from './new-id.ts';
import { withId, type NewStep } from './plan-step-edits.ts';
import { changeReferences } from './step-references.ts';
import { partsOf } from '../../../release/entry.ts';

export interface WorkingStep {
  id: string;
  raw: JsonRecord;
  /** Texts that were changed, by address; undefined takes one away. */
  texts: ReadonlyMap<string, JsonValue | undefined>;
  /** As it was opened; null for a step that is not there yet. */
  opened: JsonRecord | null;
  /** Revisions with which it and its texts were read when they were first changed. */
  expects: ReadonlyMap<string, number>;
  /** Of a new step: behind which one it will stand; null before all others. */
  after: string | null;
}

/** Id of a step that is not there yet. No step that somebody adds gets such a one: ids have no colon. */
export const NEW_STEP = 'new:step';
/** Its texts are under this key until it gets an id. */
const NEW_KEY = 'new_step';

export function isChanged(working: WorkingStep): boolean {
  return working.opened === null || working.texts.size > 0 || !sameValue(working.raw, working.opened);
}

/** A new step of a type, with what it cannot be without, empty. */
export function blankStep(kind: StepKind, after: string | null): WorkingStep {
  const raw: JsonRecord = {};
  for (const { key, shape, isRequired } of fieldsOf(kind).own) if (isRequired) raw[key] = blankValue(shape, NEW_KEY);
  if (kind === 'ask') raw['choices'] = [];
  return { id: NEW_STEP, raw, texts: new Map(), opened: null, expects: new Map(), after };
}

/** What a consent's texts are named after, and what a new step's are, until it is saved. */
export function textRoot({ id }: Pick<WorkingStep, 'id'>): string {
  return id === NEW_STEP ? NEW_KEY : id;
}

/**
 * The new step with its id, made of its words, and its texts under that id.
 * @param isTaken whether a step or a text of the flow has the name
 * @param language in which its words are read
 */
export function nameNewStep(
  working: WorkingStep,
  flow: string,
  isTaken: (name: string) => boolean,
  language: string,
): NewStep & Pick<WorkingStep, 'texts'> {
  const id = uniqueId(wantedId(working, flow, language), isTaken);
  const keyed = mapFields(working.raw, (shape, value) => (shape.type === 'text_key' && value === NEW_KEY ? id : value));
  const texts = new Map<string, JsonValue | undefined>();
  for (const [address, value] of working.texts) {
    const { file, key } = partsOf(address);
    const isOwn = key === NEW_KEY || key.startsWith(`${NEW_KEY}.`) || key.startsWith(`${NEW_KEY}_`);
    texts.set(isOwn ? `${file}#${id}${key.slice(NEW_KEY.length)}` : address, value);
  }
  return {
    id,
    raw: withId(
      changeReferences(keyed, (to) => (to === NEW_STEP ? id : to)),
      id,
    ),
    texts,
  };
}

function wantedId({ raw, texts }: WorkingStep, flow: string, language: string): string {
  const text = texts.get(`locales/${language}/${flow}.json#${NEW_KEY}`);
  const made = typeof text === 'string' ? idFromText(text) : '';
  if (made !== '') return made;
  const kind = Object.keys(STEPS).find((one) => Object.hasOwn(raw, one)) ?? 'step';
  const leads = raw['goto'] ?? raw['call'];
  if (typeof leads === 'string' && leads !== '') return leads;
  if (typeof raw['answer'] === 'string' && raw['answer'] !== '') return `answer_${raw['answer'].toLowerCase()}`;
  return kind;
}
