// What flows name of the other content: texts, topics, answers; codes of the request log.
import { LOG_CODES } from '../steps/log.ts';
import type { CompiledFlow, CompiledStep, Program } from '../program.ts';
import { textsOfStep } from '../texts-used.ts';
import type { Report } from './report.ts';

interface Known {
  texts(key: string): boolean;
  topics: { has(code: string): boolean };
  answers: { has(id: string): boolean };
}

/** Answers that hold a person's own words or whereabouts: never in the request log. */
const NEVER_LOGGED = new Set(['text', 'phone', 'email', 'date', 'location', 'media']);

/** Checks texts, topics and answers that flows name. */
export function checkContent(program: Program, known: Known, reports: ReadonlyMap<string, Report>): void {
  for (const [id, flow] of program.flows) {
    const report = reports.get(id)!;
    if (flow.topic !== null && !known.topics.has(flow.topic))
      report('error', 'unknown_topic', ['topic'], `there is no topic "${flow.topic}" in settings/topics.yaml`);
    for (const step of flow.steps) checkStep(flow, step, known, report);
  }
}

function checkStep(flow: CompiledFlow, step: CompiledStep, known: Known, report: Report): void {
  const at = ['steps', step.index];
  for (const { key, path } of textsOfStep(flow.id, step)) {
    if (!known.texts(key)) report('error', 'missing_text', [...at, ...path], `the text "${key}" is missing`);
  }
  for (const { code, path } of step.type.topics?.(step.config) ?? []) {
    if (!known.topics.has(code)) report('error', 'unknown_topic', [...at, ...path], `there is no topic "${code}" in settings/topics.yaml`);
  }
  for (const { entry, path } of step.type.entries?.(step.config) ?? []) {
    if (!known.answers.has(entry)) report('error', 'unknown_answer', [...at, ...path], `there is no answer "${entry}" under answers/`);
  }
  if (step.kind === 'log') checkLog(flow, step, report);
}

/** A log field taken from an answer must be able to hold it, and never holds a person's own words. */
function checkLog(flow: CompiledFlow, step: CompiledStep, report: Report): void {
  for (const [path, expression] of step.expressions) {
    const name = expression.only;
    const kind = name === null ? undefined : flow.answers.get(name);
    if (!kind || !path.startsWith('log.')) continue;
    const field = path.slice('log.'.length);
    const at = ['steps', step.index, 'log', field];
    if (NEVER_LOGGED.has(kind.type))
      report(
        'error',
        'log_private',
        at,
        `answers.${name} is a ${kind.type}: a person's own words or whereabouts never go into the request log`,
      );
    const codes: readonly string[] | undefined = LOG_CODES[field as keyof typeof LOG_CODES];
    if (!codes || kind.type !== 'choice') continue;
    const wrong = kind.choices.filter((choice) => !codes.includes(choice));
    if (wrong.length > 0)
      report('error', 'log_code', at, `${field} takes ${codes.join(', ')}; answers.${name} may also be ${wrong.join(', ')}`);
  }
}
