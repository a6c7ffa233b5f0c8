// How good the language identification is on texts whose language is known. Called by `ventanilla measure-language` and by training. Pure.
import type { Identify, IdentifyOptions, LanguageChance } from './model.ts';

/** One text; `kind` names a group of texts that is told apart in the table, such as "two words". */
export interface MeasuredText {
  language: string;
  kind: string;
  text: string;
}

/** How often something was right. */
export interface Score {
  texts: number;
  right: number;
  /** Texts whose language was given a chance of at least SURE, and those of them that were right. */
  sure: number;
  sureRight: number;
}

export interface LanguageReport {
  /** By kind, then by language. */
  scores: Map<string, Map<string, Score>>;
  /** Of each kind the mean share of right ones over languages, 0–1. */
  macro: Map<string, number>;
  /** Texts of languages that the model does not support: how many a kind, and how many were taken for a supported one at SURE. */
  strangers: Map<string, { texts: number; taken: number }>;
  /** Most frequent mistakes: "kind: language taken for language". */
  confusions: { kind: string; language: string; taken: string; times: number }[];
  /** In tenths of the chance given: how many, and how many of them right. */
  calibration: { from: number; texts: number; right: number }[];
}

/** From here a language is taken without asking. */
export const SURE = 0.9;
const TENTHS = 10;

/** The best supported language; nothing where something unsupported is likelier. */
export function bestLanguage(identify: Identify, text: string, options?: IdentifyOptions): LanguageChance | null {
  return identify(text, options).languages[0] ?? null;
}

/** Measures. `supported`: tags that count as languages of the model; others are strangers. */
export function measureIdentification(
  identify: Identify,
  texts: Iterable<MeasuredText>,
  supported: ReadonlySet<string>,
  options?: IdentifyOptions,
): LanguageReport {
  const scores: LanguageReport['scores'] = new Map();
  const strangers: LanguageReport['strangers'] = new Map();
  const mistakes = new Map<string, LanguageReport['confusions'][number]>();
  const calibration = Array.from({ length: TENTHS }, (_, tenth) => ({ from: tenth / TENTHS, texts: 0, right: 0 }));
  for (const { language, kind, text } of texts) {
    const best = bestLanguage(identify, text, options);
    const sure = best !== null && best.chance >= SURE;
    if (!supported.has(language)) {
      const row = strangers.get(kind) ?? { texts: 0, taken: 0 };
      strangers.set(kind, { texts: row.texts + 1, taken: row.taken + Number(sure) });
      continue;
    }
    const right = best?.language === language;
    note(scores, kind, language, right, sure);
    if (best !== null) {
      const tenth = calibration[Math.min(TENTHS - 1, Math.floor(best.chance * TENTHS))]!;
      tenth.texts += 1;
      tenth.right += Number(right);
    }
    if (right) continue;
    const taken = best?.language ?? 'none';
    const key = `${kind} ${language} ${taken}`;
    const mistake = mistakes.get(key) ?? { kind, language, taken, times: 0 };
    mistake.times += 1;
    mistakes.set(key, mistake);
  }
  const macro = new Map(
    [...scores].map(([kind, byLanguage]) => [kind, mean([...byLanguage.values()].map(({ right, texts: all }) => right / all))]),
  );
  return { scores, macro, strangers, confusions: [...mistakes.values()].sort((a, b) => b.times - a.times), calibration };
}

function note(scores: LanguageReport['scores'], kind: string, language: string, right: boolean, sure: boolean): void {
  const byLanguage = scores.get(kind) ?? new Map<string, Score>();
  scores.set(kind, byLanguage);
  const score = byLanguage.get(language) ?? { texts: 0, right: 0, sure: 0, sureRight: 0 };
  byLanguage.set(language, score);
  score.texts += 1;
  score.right += Number(right);
  score.sure += Number(sure);
  score.sureRight += Number(sure && right);
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
}

/** All scores of a kind added up. */
export function total(scores: Map<string, Score>): Score {
  const all = { texts: 0, right: 0, sure: 0, sureRight: 0 };
  for (const score of scores.values()) {
    all.texts += score.texts;
    all.right += score.right;
    all.sure += score.sure;
    all.sureRight += score.sureRight;
  }
  return all;
}
