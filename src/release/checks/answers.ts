// Every answer must name a topic, a place and a flow that exist, and be complete in the required languages:
// its text, its title, and at least ten ways of asking for it. What is past its review date is not given: a warning.
import { localeFile, requiredLanguages, textPosition } from '../check.ts';
import type { Check, CheckContext } from '../check.ts';
import { isOverdue } from '../local-answer.ts';
import type { Located } from '../parse-part.ts';
import { errorAt, infoAt, warningAt } from '../problem.ts';
import type { Problem } from '../problem.ts';
import type { Answer } from '../../domain/content.ts';

/** Fewer phrasings find too little: one finds 35 to 64% of questions, ten find 77 to 95%. */
export const MIN_PHRASINGS = 10;

export const checkAnswers: Check = (context) => {
  const { content } = context;
  const known = {
    topics: new Set(content.topics.map((topic) => topic.value.code)),
    localities: new Set(content.localities.map((locality) => locality.value.code)),
    flows: new Set(context.flows.map((flow) => flow.id)),
    answers: new Set(content.answers.map((answer) => answer.value.id)),
  };
  const seen = new Set<string>();
  return content.answers.flatMap((answer) => {
    const { value, at } = answer;
    const problems: Problem[] = [];
    const wrong = (key: string, message: string): void => void problems.push(errorAt(at([], key), 'answer.unknown', message));
    if (seen.has(value.id)) wrong('id', `The answer "${value.id}" stands twice; give one of them another id.`);
    seen.add(value.id);
    if (!known.topics.has(value.topic))
      wrong('topic', `The topic "${value.topic}" is not in flows/settings/topics.yaml; mend the code or add it.`);
    if (!known.localities.has(value.locality)) {
      wrong('locality', `The place "${value.locality}" is not in flows/settings/localities.yaml; mend the code or add it.`);
    }
    if (value.flow !== undefined && !known.flows.has(value.flow)) wrong('flow', `There is no flow "${value.flow}" in flows/.`);
    if (value.replaces !== undefined && !known.answers.has(value.replaces))
      wrong('replaces', `There is no answer "${value.replaces}" to replace.`);
    return [...problems, ...checkTexts(context, answer), ...checkReview(context, answer)];
  });
};

function checkTexts(context: CheckContext, { value, at }: Located<Answer>): Problem[] {
  return requiredLanguages(context).flatMap((language) => {
    const file = localeFile('answers:', language);
    const missing = [`answers:${value.id}`, `answers:${value.id}.title`]
      .filter((key) => !context.texts.has(key, language))
      .map((key) =>
        errorAt(at([], 'id'), 'text.missing', `The text "${key.slice('answers:'.length)}" is missing in ${language}: add it to ${file}.`),
      );
    const key = `answers:${value.id}.phrasings`;
    const count = context.texts.list(key, language).length;
    if (count >= MIN_PHRASINGS) return missing;
    const message = `"${value.id}.phrasings" has ${count} ways of asking in ${language}, and at least ${MIN_PHRASINGS} are needed: add more to ${file}.`;
    const position = count === 0 ? at([], 'id') : textPosition(context, key, language);
    return [...missing, errorAt(position, 'answer.phrasings', message)];
  });
}

function checkReview(context: CheckContext, { value, at }: Located<Answer>): Problem[] {
  const problems: Problem[] = [];
  if (context.today !== null && isOverdue(value, context.today)) {
    const message = `"${value.id}" is past its review date and is not given; a person is offered. Have it reviewed and set a new date.`;
    problems.push(warningAt(at([], 'review_by'), 'answer.overdue', message));
  }
  if (value.reviewed_by === null && !context.content.settings.value.demonstration) {
    const message = `"${value.id}" has not been reviewed by a person; only a demonstration may show it.`;
    problems.push(warningAt(at([], 'reviewed_by'), 'answer.unreviewed', message));
  }
  const required = requiredLanguages(context);
  const untranslated = context.content.settings.value.languages.filter(
    (language) => !required.includes(language) && !context.texts.has(`answers:${value.id}`, language),
  );
  if (untranslated.length > 0) {
    const message = `"${value.id}" is shown in another language to readers of ${untranslated.join(', ')}.`;
    problems.push(infoAt(at([], 'id'), 'answer.untranslated', message));
  }
  return problems;
}
