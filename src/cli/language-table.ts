// Prints what measuring the language identification found. Called by `measure-language` and `train-language`.
import { total, type LanguageReport } from '../language/identification/measure.ts';

const MOST_CONFUSIONS = 20;
const percent = (part: number, all: number): string => (all === 0 ? '–' : ((100 * part) / all).toFixed(1));

/** The report as lines of text: accuracy by language and kind, certainty, mistakes, calibration. */
export function languageTable(report: LanguageReport): string[] {
  const kinds = [...report.scores.keys()];
  const languages = [...new Set(kinds.flatMap((kind) => [...report.scores.get(kind)!.keys()]))].sort();
  const row = (name: string, cells: string[]): string => [name.padEnd(14), ...cells.map((cell) => cell.padStart(15))].join('');
  const of = (kind: string) => total(report.scores.get(kind)!);
  return [
    row('right, %', kinds),
    ...languages.map((language) =>
      row(
        language,
        kinds.map((kind) => {
          const score = report.scores.get(kind)!.get(language);
          return score === undefined ? '–' : percent(score.right, score.texts);
        }),
      ),
    ),
    row(
      'mean',
      kinds.map((kind) => (100 * report.macro.get(kind)!).toFixed(2)),
    ),
    row(
      'texts',
      kinds.map((kind) => String(of(kind).texts)),
    ),
    row(
      'sure (≥ 0.9)',
      kinds.map((kind) => percent(of(kind).sure, of(kind).texts)),
    ),
    row(
      'of these right',
      kinds.map((kind) => percent(of(kind).sureRight, of(kind).sure)),
    ),
    ...[...report.strangers].map(
      ([kind, { texts, taken }]) =>
        `unsupported languages, ${kind}: ${percent(taken, texts)}% of ${texts} taken for a supported one at ≥ 0.9`,
    ),
    `mistakes: ${report.confusions
      .slice(0, MOST_CONFUSIONS)
      .map(({ kind, language, taken, times }) => `${language}→${taken} ${times}× (${kind})`)
      .join(', ')}`,
    `chance given → right: ${report.calibration
      .filter(({ texts }) => texts > 0)
      .map(({ from, texts, right }) => `${from.toFixed(1)}+ ${percent(right, texts)}% of ${texts}`)
      .join(', ')}`,
  ];
}
