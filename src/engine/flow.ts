// The flow language: what one file flows/<id>.yaml may say. Used by compile.ts, the loaders and the JSON Schema for editors.
// A step is recognised by its one type key; every message tells what is wrong and what would be right.
import { z } from 'zod';
import { TopicCode } from '../domain/content.ts';
import { FlowId, commonKeys } from './steps/common.ts';
import { STEPS, type StepKind } from './steps/index.ts';
import { suggest } from './suggest.ts';

/** One step as parsed: what the file says, with `kind` telling its type. */
export type Step = { [K in StepKind]: { kind: K } & z.infer<(typeof STEPS)[K]['schema']> }[StepKind];

const KINDS = Object.keys(STEPS) as StepKind[];
const known = `known types: ${KINDS.join(', ')}`;

/** The type key of a raw step, or what is wrong with it. */
function readKind(raw: Record<string, unknown>): { kind: StepKind } | { message: string; key?: string } {
  const kinds = KINDS.filter((kind) => Object.hasOwn(raw, kind));
  if (kinds.length > 1)
    return { message: `a step has one type, but this one has ${kinds.join(' and ')}; make two steps of it`, key: kinds[1]! };
  if (kinds.length === 1) return { kind: kinds[0]! };
  const strange = Object.keys(raw).filter((key) => !Object.hasOwn(commonKeys, key));
  if (strange.length === 0) return { message: `a step needs a type; ${known}` };
  const guess = suggest(strange[0]!, KINDS);
  return { message: `unknown step type "${strange[0]}"${guess ? ` (did you mean "${guess}"?)` : ''}; ${known}`, key: strange[0]! };
}

/** Schema of one step: finds the type key, then applies that type's own schema. */
export const Step = z.unknown().transform((raw, ctx): Step => {
  const refuse = (message: string, path: string[] = []) => ctx.issues.push({ code: 'custom', message, path, input: raw });
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    refuse(`a step is a mapping with a type key; ${known}`);
    return z.NEVER;
  }
  const found = readKind(raw as Record<string, unknown>);
  if (!('kind' in found)) {
    refuse(found.message, found.key === undefined ? [] : [found.key]);
    return z.NEVER;
  }
  const parsed = STEPS[found.kind].schema.safeParse(raw);
  if (parsed.success) return { kind: found.kind, ...parsed.data } as Step;
  for (const issue of parsed.error.issues) ctx.issues.push({ ...issue, input: raw } as never);
  return z.NEVER;
});

/** The keys of a flow beside its steps. */
export const flowKeys = {
  topic: TopicCode.optional().describe('Code of the request log, set on entering.'),
  objectives: z.array(z.int().min(1).max(23)).optional().describe('Global Compact objectives.'),
  private: z.boolean().default(false).describe('true: the private lane. Served only in languages whose texts are signed.'),
  triggers: z
    .strictObject({
      keywords: z.boolean().default(false).describe('true: the words in locales/<tag>/<flow>.json → keywords begin this flow.'),
      menu: FlowId.optional().describe('The menu flow that shows it.'),
    })
    .optional(),
};

const FLOW_KEYS = [...Object.keys(flowKeys), 'steps'];

/** Schema of one flow file. */
export const Flow = z.strictObject(
  { ...flowKeys, steps: z.array(Step, { error: 'steps must be a list of steps' }).min(1, 'a flow needs at least one step') },
  {
    error: (issue) => {
      if (issue.code === 'unrecognized_keys')
        return `unknown key ${issue.keys.map((key) => `"${key}"`).join(', ')} in a flow; known keys: ${FLOW_KEYS.join(', ')}`;
      return issue.code === 'invalid_type' ? 'a flow file is a mapping with steps' : undefined;
    },
  },
);
export type Flow = z.infer<typeof Flow>;
