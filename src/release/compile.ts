// Makes a release of its source, in stages that each need the one before: read, check the settings, compile the flows and run
// every check, understand the labels, bind. A stage with errors ends it, so that one mistake is not told ten times over.
// Called at start, by `check`, by publishing and when an archived release is loaded. Pure: time comes in as `now`.
import type { Identify } from '../language/identification/model.ts';
import { localTime } from '../util/local-time.ts';
import { runAtOnce, runPaced } from '../util/pace.ts';
import { compileFlows } from '../engine/compile.ts';
import type { Program } from '../engine/program.ts';
import { createTexts } from '../rendering/texts.ts';
import type { Texts } from '../rendering/texts.ts';
import { bindLanguage, localityNames } from './bind-language.ts';
import type { LanguageFunctions } from './bind-language.ts';
import { choiceGroups } from './choice-groups.ts';
import { checkSettings } from './checks/settings.ts';
import { checkLabelsUnderstood } from './checks/labels-understood.ts';
import type { CompiledRelease } from './compiled-release.ts';
import { emergencyNumber } from './emergency-number.ts';
import { findPlaces } from './find-places.ts';
import { createAnswerVersions } from './local-answer.ts';
import { commonAncestor, createLocalityTree } from './locality-tree.ts';
import { namespaceTexts } from './namespace-texts.ts';
import { isOpen } from './opening-hours.ts';
import { errorAt, sortProblems, warningAt } from './problem.ts';
import type { Problem } from './problem.ts';
import { readContent } from './read-content.ts';
import type { ReleaseContent } from './read-content.ts';
import { readFlows } from './read-flows.ts';
import type { ParsedFlow } from './read-flows.ts';
import { runChecks } from './run-checks.ts';
import type { ReleaseSource } from './source.ts';
import { usedTexts } from './used-texts.ts';

export type { CompiledRelease } from './compiled-release.ts';

/** A release with what is still to be noted about it (warnings and infos), or the problems that stand in its way. */
export type CompileResult = { release: CompiledRelease; problems: Problem[] } | { release?: undefined; problems: Problem[] };

export interface CompileOptions {
  /** The trained language identification. */
  identify: Identify;
  /** Milliseconds since the epoch: tells what is past its review date; without it nothing is. */
  now?: number;
  /** The very same files passed all checks before, as those of a stored release did; only what stands in the way of running is looked for. */
  checked?: boolean;
}

/**
 * Compiles a release.
 * @returns problems sorted by severity and place; without `release` at least one is an error
 */
export function compileRelease(source: ReleaseSource, options: CompileOptions): CompileResult {
  return runAtOnce(compileInSteps(source, options));
}

/** The same where people are served meanwhile: they get their turn between the steps. */
export function compileWhileServing(source: ReleaseSource, options: CompileOptions): Promise<CompileResult> {
  return runPaced(compileInSteps(source, options));
}

function* compileInSteps(source: ReleaseSource, options: CompileOptions): Generator<void, CompileResult> {
  const read = yield* readContent(source, { checked: options.checked ?? false });
  yield;
  const { flows, problems: flowProblems } = yield* readFlows(source);
  const problems = [...source.problems, ...read.problems, ...flowProblems];
  const { content } = read;
  if (content !== null && !hasErrors(problems)) problems.push(...checkSettings({ content, flows }));
  if (content === null || hasErrors(problems)) return { problems: sortProblems(problems) };

  yield;
  const { value: settings } = content.settings;
  const texts = createTexts(
    content.resources,
    content.languages.map((language) => language.value),
    { defaultLanguage: settings.default_language },
  );
  yield;
  const compiled = compileProgram(source.number, flows, content);
  const context = {
    content,
    flows,
    texts,
    usedTexts: usedTexts(compiled.program, flows, content),
    choiceGroups: choiceGroups(flows),
    today: options.now === undefined ? null : localTime(options.now, settings.timezone).date,
  };
  problems.push(...compiled.problems, ...(options.checked ? [] : runChecks(context)));
  if (hasErrors(problems)) return { problems: sortProblems(problems) };

  yield;
  const language = yield* bindLanguage(content, flows, texts, options.identify);
  if (!options.checked) problems.push(...checkLabelsUnderstood(context, language.understand));
  if (hasErrors(problems)) return { problems: sortProblems(problems) };
  return { release: bind(source.number, content, compiled.program, texts, language), problems: sortProblems(problems) };
}

function asSentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.?!]$/.test(words) ? '' : '.'}`;
}

function hasErrors(problems: Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error');
}

/** The engine's own compile step. Texts are the business of the checks here, which know the languages. */
function compileProgram(number: number, flows: ParsedFlow[], content: ReleaseContent): { program: Program; problems: Problem[] } {
  const { value: settings } = content.settings;
  const { program, problems } = compileFlows(
    flows.map((flow) => ({ id: flow.id, flow: flow.value, at: (path) => flow.at(path) })),
    {
      release: number,
      entryFlow: settings.entry_flow,
      menuFlow: settings.menu_flow,
      timezone: settings.timezone,
      complaintAnswerDays: settings.complaint_answer_days,
      sensitiveAnswerDays: Math.ceil(settings.sensitive_complaint_hours / 24),
      texts: () => true,
      topics: new Set(content.topics.map((topic) => topic.value.code)),
      answers: new Set(content.answers.flatMap(({ value }) => [value.id, value.replaces ?? value.id])),
    },
  );
  const asProblem = ({ severity, code, message, ...position }: (typeof problems)[number]): Problem =>
    (severity === 'error' ? errorAt : warningAt)(position, `flow.${code}`, asSentence(message));
  return { program, problems: problems.map(asProblem) };
}

function bind(number: number, content: ReleaseContent, program: Program, texts: Texts, language: LanguageFunctions): CompiledRelease {
  const { value: settings } = content.settings;
  const values = <T>(located: { value: T }[]): T[] => located.map(({ value }) => value);
  const localities = createLocalityTree(values(content.localities));
  const versions = createAnswerVersions(values(content.answers));
  const places = values(content.places);
  const directory = { places, area: commonAncestor(settings.localities), localities, timezone: settings.timezone };
  const privateTopics = new Set(content.topics.filter(({ value }) => value.private).map(({ value }) => value.code));
  const today = (now: number): string => localTime(now, settings.timezone).date;
  return {
    ...language,
    number,
    program,
    texts,
    settings,
    languages: values(content.languages),
    offeredLanguages: settings.languages.map((tag) => ({
      tag,
      name: content.languages.find(({ value }) => value.tag === tag)?.value.name ?? tag,
    })),
    topics: values(content.topics),
    localities: values(content.localities),
    places,
    answers: values(content.answers),
    namespace: (name, tag) => namespaceTexts(content, name, tag),
    elsewhere: (text, tag) => {
      const key = `elsewhere:${text}`;
      return settings.languages.includes(tag) || !texts.has(key, tag) ? null : texts.render({ key }, tag, '');
    },
    reviewState: (key, tag) => content.reviews[tag]?.value.texts[key]?.state ?? content.reviews[tag]?.value.default ?? 'machine-drafted',
    locality: (code) => localities.get(code),
    localityNames: (code, tag) => localityNames(texts, code, tag),
    topicIsPrivate: (topic) => privateTopics.has(topic) || privateTopics.has(topic.split('.')[0] ?? topic),
    localAnswer: (entry, locality, now) => versions.pick(entry, locality, today(now)),
    findPlaces: (query, now) => findPlaces(directory, query, now, today(now)),
    isPlaceOpen: (place, now) => isOpen(place, now, settings.timezone),
    emergencyNumber: (locality) => emergencyNumber(settings, locality),
  };
}
