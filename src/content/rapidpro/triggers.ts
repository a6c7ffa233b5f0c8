// What begins a flow in RapidPro: words are kept among its texts, but not switched on. Called by read-rapidpro.ts.
// So nothing imported begins by itself before somebody has read it, and no word is taken from a command or from another flow.
import type { RapidTrigger } from './export-schema.ts';
import type { ImportProblem } from './report.ts';

/** The words that begin a flow. */
export function keywordsOf(triggers: readonly RapidTrigger[], flow: string): string[] {
  const words = triggers.flatMap((trigger) =>
    trigger.trigger_type === 'K' && trigger.flow?.uuid === flow
      ? [...trigger.keywords, ...(trigger.keyword === null || trigger.keyword === undefined ? [] : [trigger.keyword])]
      : [],
  );
  return [...new Set(words.map((word) => word.trim().toLowerCase()).filter((word) => word !== ''))];
}

/** Tells which flows had words, and what else began one. */
export function describeTriggers(triggers: readonly RapidTrigger[], ids: ReadonlyMap<string, string>): ImportProblem[] {
  const problems: ImportProblem[] = [];
  for (const [uuid, id] of ids) {
    const words = keywordsOf(triggers, uuid);
    if (words.length === 0) continue;
    const message = `The words that began ${id} (${words.join(', ')}) are kept as its "keywords" but are not switched on: leave out those that are commands, then write "triggers: { keywords: true }" into flows/${id}.yaml.`;
    problems.push({ severity: 'info', code: 'keywords_off', message });
  }
  const others = triggers.filter(({ trigger_type: type }) => type !== 'K').length;
  if (others > 0)
    problems.push({
      severity: 'info',
      code: 'triggers_left_out',
      message: `${others} other triggers (missed words, schedules, calls) are left out.`,
    });
  return problems;
}
