// Takes over flows of RapidPro and TextIt (JSON exports of spec 13.x and 14.x) as flows and texts of ours, with a note for each node.
// Called by the import of the command line and of the console, which put the files into a draft. Nothing of it is published by itself.
import type { Understand } from '../../language/understand.ts';
import { createAnswers, type Collected } from './answers.ts';
import { buildFlow } from './build-flow.ts';
import type { RapidFlow } from './export-schema.ts';
import { layOut, type LaidOut } from './lay-out.ts';
import { mendFlows } from './mend.ts';
import { createNameGiver, keyOfResult, slugOf } from './names.ts';
import { describeExport } from './describe-export.ts';
import { keywordsOf } from './triggers.ts';
import { readExport, type ReadExport } from './read-export.ts';
import { createNotes, type ImportProblem, type NodeNote, type Notes } from './report.ts';
import { createTextBook } from './text-book.ts';
import type { FlowTranslation } from './translation.ts';
import { writeFlowFile, writeTextFiles, type FinishedFlow } from './write-flow.ts';

export interface RapidProOptions {
  /** ISO 639-3 → our tag. Of other languages nothing is taken over. */
  languages: Record<string, string>;
  /** Ids that are in use. */
  existingFlows: ReadonlySet<string>;
  /** Our language of the sources; taken for flows without a language of their own. */
  sourceLanguage: string;
  /** Topic of the request log, for all flows. */
  topic?: string;
  /** How the hotline understands words: labels are tried with it, and words that are commands are left out. */
  understand?: Understand;
}

export interface ImportedFlow {
  /** As it is called in RapidPro. */
  name: string;
  id: string;
  nodes: number;
  report: NodeNote[];
}

export interface RapidProResult {
  /** Path → content: flows/<id>.yaml and locales/<tag>/<id>.json. */
  files: Record<string, string>;
  /** Language → text (`flow:key`) → its state, for locales/<tag>/review.json: somebody's translation, of unknown review. */
  reviews: Record<string, Record<string, { state: 'drafted' }>>;
  flows: ImportedFlow[];
  problems: ImportProblem[];
}

/** A flow on its way. */
interface Work {
  flow: RapidFlow;
  id: string;
  base: string | null;
  notes: Notes;
  finished: FinishedFlow | null;
  /** Of each node the first step that it became, by the steps that are left in the end. */
  stepOf: Map<string, string>;
  /** Nodes that were come to and became nothing by themselves: no step is missed of them. */
  quiet: Set<string>;
}

/** Reads an export. When the file itself cannot be read there are no files, only the problem. */
export function readRapidPro(bytes: Uint8Array, options: RapidProOptions): RapidProResult {
  const read = readExport(bytes);
  if ('unreadable' in read) return { files: {}, reviews: {}, flows: [], problems: [read.unreadable] };
  const { understand } = options;
  const remembering = understand === undefined ? options : { ...options, understand: rememberWords(understand) };
  const works = prepare(read, options);
  const flowIds = new Map(works.map(({ flow, id, base }) => [flow.uuid, base === null ? null : id]));
  for (const work of works) translateFlow(work, read, flowIds, remembering);
  const problems = [...read.problems, ...describeExport(read, works, options.languages)];
  const laidOut = new Map(works.flatMap(({ id, finished }): [string, LaidOut][] => (finished === null ? [] : [[id, finished.laidOut]])));
  const byId = new Map(works.map((work) => [work.id, work]));
  const { refused, entrances } = mendFlows(laidOut, options.existingFlows, (flow, nodes, code) => {
    for (const node of nodes) byId.get(flow)?.notes.add(node, code);
  });
  for (const [id, why] of refused) {
    const work = byId.get(id);
    if (work) work.finished = null;
    problems.push({
      severity: 'error',
      code: 'flow_refused',
      message: `The flow "${work?.flow.name ?? id}" could not be taken over: ${why}.`,
    });
  }
  const finished = finish(works, laidOut, entrances, options);
  return {
    files: Object.fromEntries(
      finished.flatMap((flow) => [[`flows/${flow.id}.yaml`, writeFlowFile(flow)], ...Object.entries(writeTextFiles(flow))]),
    ),
    reviews: reviewsOf(finished),
    flows: works.map((work) => reportOf(work)),
    problems,
  };
}

function prepare({ flows }: ReadExport, { languages, existingFlows, sourceLanguage }: RapidProOptions): Work[] {
  const ids = createNameGiver(existingFlows);
  return flows.map((flow) => {
    const unnamed = flow.language === '' || flow.language === 'base' || flow.language === 'und';
    const base = unnamed ? sourceLanguage : (languages[flow.language] ?? null);
    return {
      flow,
      id: ids.take(slugOf(flow.name, 36) || 'flow'),
      base,
      notes: createNotes(),
      finished: null,
      stepOf: new Map(),
      quiet: new Set(),
    };
  });
}

/** Twice: the first time shows what each name may hold. */
function translateFlow(work: Work, { triggers }: ReadExport, flowIds: FlowTranslation['flowIds'], options: RapidProOptions): void {
  const { base } = work;
  if (base === null) return;
  const first = translateOnce(work, base, null, flowIds, options);
  work.notes = createNotes();
  const { translation, laidOut, seen } = translateOnce(work, base, first.translation.answers.collected(), flowIds, options);
  const made = new Set(laidOut.steps.flatMap(({ nodes }) => nodes));
  work.quiet = new Set([...seen].filter((node) => !made.has(node)));
  const declared = translation.answers.undeclared(namesRead(laidOut));
  if (declared.length > 0) {
    const set = Object.fromEntries(declared.toSorted().map((name) => [name, null]));
    laidOut.steps.unshift({ id: 'begin', nodes: [], step: { id: 'begin', set, next: laidOut.steps[0]?.id ?? 'end' } });
  }
  if (laidOut.steps.length === 0)
    laidOut.steps.push({ id: 'nothing', nodes: [], step: { id: 'nothing', set: { done: true }, next: 'end' } });
  const keywords = keywordsOf(triggers, work.flow.uuid);
  if (keywords.length > 0) translation.texts.put('keywords', base, keywords);
  work.finished = { id: work.id, name: work.flow.name, topic: options.topic ?? null, laidOut, texts: translation.texts };
}

function translateOnce(
  { flow, notes }: Work,
  base: string,
  before: Collected | null,
  flowIds: FlowTranslation['flowIds'],
  { languages, understand }: RapidProOptions,
): { translation: FlowTranslation; laidOut: LaidOut; seen: ReadonlySet<string> } {
  const translation: FlowTranslation = {
    flow,
    base,
    languages,
    answers: createAnswers(before),
    notes,
    texts: createTextBook(),
    textKeys: createNameGiver(['begin', 'nothing']),
    keysOf: new Map(),
    flowIds,
    nameResults: nameResultsOf(flow),
    understand: understand ?? null,
  };
  const { blocks, first, seen } = buildFlow(translation);
  return { translation, laidOut: layOut(blocks, first), seen };
}

/** The same buttons stand in many flows: what they are heard as is found out once. */
function rememberWords(understand: Understand): Understand {
  const known = new Map<string, ReturnType<Understand>>();
  return (input, expecting, language) => {
    const key = JSON.stringify([input, expecting, language]);
    const heard = known.get(key) ?? understand(input, expecting, language);
    known.set(key, heard);
    return heard;
  };
}

/** Results that are made a contact's name. */
function nameResultsOf(flow: RapidFlow): Set<string> {
  const values = flow.nodes.flatMap(({ actions }) =>
    (actions ?? []).flatMap(({ type, value, name }) => (type === 'set_contact_name' ? [value, name] : [])),
  );
  return new Set(values.flatMap((value) => Array.from(value.matchAll(/results\.(\w+)/gi), ([, key]) => keyOfResult(key ?? ''))));
}

function namesRead({ steps }: LaidOut): Set<string> {
  return new Set(Array.from(JSON.stringify(steps).matchAll(/\banswers\.([a-z]\w*)/g), ([, name]) => name ?? ''));
}

/** The flows that are left, those in front of others included. Notes where each node has gone. */
function finish(
  works: readonly Work[],
  laidOut: ReadonlyMap<string, LaidOut>,
  entrances: ReadonlyMap<string, string>,
  { topic }: RapidProOptions,
): FinishedFlow[] {
  const flows = works.flatMap(({ finished, stepOf }) => {
    if (finished === null) return [];
    for (const { id, nodes } of finished.laidOut.steps) for (const node of nodes) if (!stepOf.has(node)) stepOf.set(node, id);
    return [finished];
  });
  const added = [...entrances].flatMap(([to, id]): FinishedFlow[] => {
    const steps = laidOut.get(id);
    const name = flows.find((flow) => flow.id === to)?.name ?? to;
    return steps === undefined
      ? []
      : [{ id, name: `${name}, entered by itself`, topic: topic ?? null, laidOut: steps, texts: createTextBook() }];
  });
  return [...flows, ...added];
}

function reportOf({ flow, id, finished, notes, stepOf, quiet }: Work): ImportedFlow {
  const nodes = flow.nodes.map(({ uuid }) => uuid);
  if (finished === null) {
    const report = nodes.map((node): NodeNote => ({ node, step: null, outcome: 'not_supported', why: 'flow_refused' }));
    return { name: flow.name, id, nodes: nodes.length, report };
  }
  for (const node of nodes) if (!stepOf.has(node) && !quiet.has(node)) notes.add(node, 'not_reached');
  return { name: flow.name, id, nodes: nodes.length, report: notes.list(nodes, (node) => stepOf.get(node) ?? null) };
}

function reviewsOf(flows: readonly FinishedFlow[]): RapidProResult['reviews'] {
  const reviews: RapidProResult['reviews'] = {};
  for (const flow of flows)
    for (const [path, content] of Object.entries(writeTextFiles(flow))) {
      const language = path.split('/')[1] ?? '';
      const texts: Record<string, unknown> = JSON.parse(content) as Record<string, unknown>;
      for (const [key, text] of Object.entries(texts))
        if (typeof text === 'string') (reviews[language] ??= {})[`${flow.id}:${key}`] = { state: 'drafted' };
    }
  return reviews;
}
