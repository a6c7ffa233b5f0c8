// Beginnings of flows, and pieces to put into one: a question with its answers, places near somebody, a person. Used where a flow is added
// or steps are. Each is a small flow of its own, from which steps are copied with their texts. Pure.
import { addressOf } from '../../../release/entry.ts';
import { kindOfStep, type EditedFlow } from './edited-flow.ts';
import type { JsonRecord, JsonValue } from './json-path.ts';

export const TEMPLATES = ['question', 'place', 'person', 'words'] as const;
export type TemplateName = (typeof TEMPLATES)[number];

/** The flow that asks whether an answer helped; a template ends with it where the hotline has it. */
export const HELPED_FLOW = 'was_this_helpful';

export interface TemplateWords {
  question: string;
  choice_one: string;
  choice_two: string;
  answer_one: string;
  answer_two: string;
  place: string;
  person: string;
  person_after: string;
  words: string;
}

export interface TemplateOptions {
  /** In the source language. */
  words: TemplateWords;
  language: string;
  /** What places are looked for. */
  topic: string;
  hasHelpedFlow: boolean;
}

export interface Template {
  flow: EditedFlow;
  texts: Map<string, JsonValue>;
}

const ID = 'template';

type Made = { steps: JsonRecord[]; texts: Record<string, string> };

/** Steps and texts of a template. */
export function makeTemplate(name: TemplateName, options: TemplateOptions): Template {
  const { steps, texts } = MAKERS[name](options);
  return {
    flow: {
      id: ID,
      head: {},
      isNew: true,
      steps: steps.map((raw) => ({ id: idOf(raw), raw, kind: kindOfStep(raw), change: 'added' })),
    },
    texts: new Map(Object.entries(texts).map(([key, text]) => [addressOf(`locales/${options.language}/${ID}.json`, key), text])),
  };
}

function idOf(raw: JsonRecord): string {
  const id = raw['id'] ?? raw['ask'] ?? raw['say'];
  return typeof id === 'string' ? id : 'step';
}

const say = (key: string): JsonRecord => ({ say: key });
const helped = (has: boolean): JsonRecord[] => (has ? [{ id: 'helped', call: HELPED_FLOW }] : []);

const MAKERS: Record<TemplateName, (options: TemplateOptions) => Made> = {
  question: ({ words, hasHelpedFlow }) => ({
    steps: [
      { ask: 'question', choices: ['one', 'two'], next: { one: 'answer_one', two: 'answer_two' } },
      { say: 'answer_one', next: hasHelpedFlow ? 'helped' : 'end' },
      { say: 'answer_two' },
      ...helped(hasHelpedFlow),
    ],
    texts: {
      question: words.question,
      'question.one': words.choice_one,
      'question.two': words.choice_two,
      answer_one: words.answer_one,
      answer_two: words.answer_two,
    },
  }),
  place: ({ words, topic, hasHelpedFlow }) => ({
    steps: [
      { ask: 'place', type: 'locality', optional: true },
      { id: 'places', directory: { topic, near: 'answers.place', limit: 3 } },
      ...helped(hasHelpedFlow),
    ],
    texts: { place: words.place },
  }),
  person: ({ words }) => ({
    steps: [say('person'), { id: 'offer', offer_person: { priority: 'normal' } }, say('person_after')],
    texts: { person: words.person, person_after: words.person_after },
  }),
  words: ({ words }) => ({ steps: [{ say: 'words' }], texts: { words: words.words } }),
};
