// Prints what measuring the answer search found. Called by `measure-answers`.
import type { AnswerReport, Outcomes } from '../language/answer-measure.ts';

const percent = (part: number, all = 1): string => (all === 0 ? '–' : ((100 * part) / all).toFixed(1));
const area = (value: number | null): string => (value === null ? '–' : value.toFixed(3));

/** The reports of all languages as lines of text. */
export function answersTable(reports: AnswerReport[]): string[] {
  const row = (cells: string[]): string => cells.map((cell, place) => (place === 0 ? cell.padEnd(10) : cell.padStart(10))).join('');
  return [
    row(['language', 'entries', 'asked', '@1 %', '@3 %', 'AUROC far', 'near', 'train ms', 'answer ms']),
    ...reports.map((report) =>
      row([
        report.language,
        String(report.entries),
        String(report.texts),
        percent(report.first),
        percent(report.three),
        area(report.far),
        area(report.near),
        report.trainingMs.toFixed(0),
        report.answerMs.toFixed(2),
      ]),
    ),
    ...reports.flatMap(({ language, outcomes, calibration }) => [
      '',
      `${language}: with an entry ${told(outcomes.known)}`,
      `    its entry left out: ${told(outcomes.near)}`,
      `    other domains: ${told(outcomes.far)}`,
      `    chance given → right: ${calibration
        .filter(({ texts }) => texts > 0)
        .map(({ from, texts, right }) => `${from.toFixed(1)}+ ${percent(right, texts)}% of ${texts}`)
        .join(', ')}`,
    ]),
  ];
}

function told(outcomes: Outcomes): string {
  const all = outcomes.answer.texts + outcomes.choose.texts + outcomes.none.texts;
  return (['answer', 'choose', 'none'] as const)
    .map((name) => `${name} ${percent(outcomes[name].texts, all)}% (right ${percent(outcomes[name].right, outcomes[name].texts)}%)`)
    .join(', ');
}
