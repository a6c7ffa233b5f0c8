// What is told of an export as a whole, beside the notes of its nodes: languages, media, campaigns, groups, triggers.
// Called by read-rapidpro.ts.
import type { RapidFlow } from './export-schema.ts';
import type { ReadExport } from './read-export.ts';
import type { ImportProblem } from './report.ts';
import { describeTriggers } from './triggers.ts';

/** A flow with its id here; `base` is null where the hotline does not have its language. */
interface DescribedFlow {
  flow: RapidFlow;
  id: string;
  base: string | null;
}

/** What is said of the export as a whole. */
export function describeExport(read: ReadExport, works: readonly DescribedFlow[], languages: Record<string, string>): ImportProblem[] {
  const problems: ImportProblem[] = [];
  for (const { flow, base } of works)
    if (base === null)
      problems.push({
        severity: 'error',
        code: 'language_unknown',
        message: `The flow "${flow.name}" is written in "${flow.language}", which is none of the languages here; it is left out.`,
      });
  const foreign = new Set(works.flatMap(({ flow }) => Object.keys(flow.localization).filter((code) => languages[code] === undefined)));
  if (foreign.size > 0)
    problems.push({
      severity: 'warning',
      code: 'translations_left_out',
      message: `Translations into ${[...foreign].toSorted().join(', ')} are left out: the hotline does not have these languages.`,
    });
  const media = works
    .flatMap(({ flow }) => flow.nodes.flatMap(({ actions }) => (actions ?? []).map(({ attachments }) => attachments.length)))
    .reduce((sum, count) => sum + count, 0);
  if (media > 0)
    problems.push({
      severity: 'warning',
      code: 'media_left_out',
      message: `${media} pictures, sounds and videos are left out: this line sends words only.`,
    });
  if (read.campaigns > 0)
    problems.push({
      severity: 'info',
      code: 'campaigns_left_out',
      message: `${read.campaigns} campaigns are left out: this line writes first only where it was asked to remind.`,
    });
  if (read.groups > 0)
    problems.push({
      severity: 'info',
      code: 'groups_left_out',
      message: `${read.groups} contact groups are left out: contacts are not sorted here.`,
    });
  return [...problems, ...describeTriggers(read.triggers, new Map(works.map(({ flow, id }) => [flow.uuid, id])))];
}
