// An imported flow as files: flows/<id>.yaml and locales/<tag>/<id>.json, as an author would write them.
// Called by read-rapidpro.ts. The texts are somebody's translations of unknown review: they are drafts.
import { Document, isSeq, visit } from 'yaml';
import type { LaidOut } from './lay-out.ts';
import { withoutIdleNext } from './lay-out.ts';
import type { RawStep } from './raw-step.ts';
import type { TextBook } from './text-book.ts';

/** A flow that is ready to be written. */
export interface FinishedFlow {
  id: string;
  name: string;
  topic: string | null;
  /** Steps in order; `steps` of the file. */
  laidOut: LaidOut;
  texts: TextBook;
}

/** The flow's own file. */
export function writeFlowFile({ name, topic, laidOut }: FinishedFlow): string {
  const steps = laidOut.steps.map((_, index) => inOrder(withoutIdleNext(laidOut.steps, index)));
  const comment = `# Imported from a flow of RapidPro: ${name.replaceAll(/\s+/g, ' ').trim()}\n`;
  const document = new Document({ ...(topic === null ? {} : { topic }), steps });
  visit(document, {
    Pair(_, { key, value }) {
      if (isSeq(value) && String(key) === 'choices') value.flow = true;
    },
  });
  return comment + document.toString({ lineWidth: 140, flowCollectionPadding: false });
}

const KEYS: (keyof RawStep)[] = [
  'id',
  'say',
  'ask',
  'type',
  'choices',
  'set',
  'branch',
  'call',
  'goto',
  'handoff',
  'end',
  'save',
  'store',
  'params',
  'timeout',
  'on_misunderstood',
  'next',
];

function inOrder(step: RawStep): Partial<RawStep> {
  return Object.fromEntries(KEYS.flatMap((key) => (step[key] === undefined ? [] : [[key, step[key]]])));
}

/** The flow's texts, a file for each language that has any. */
export function writeTextFiles({ id, laidOut, texts }: FinishedFlow): Record<string, string> {
  const used = new Set(['keywords', ...laidOut.steps.flatMap(({ step }) => [step.say ?? step.ask ?? []].flat())]);
  const files: Record<string, string> = {};
  for (const language of texts.languages()) {
    const words = texts.of(language, used);
    if (Object.keys(words).length > 0) files[`locales/${language}/${id}.json`] = `${JSON.stringify(words, null, 2)}\n`;
  }
  return files;
}
