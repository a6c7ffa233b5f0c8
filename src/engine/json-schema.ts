// JSON Schema of flow files, for editors: flows/schema.json is this function's output, and a test keeps it current.
// Descriptions are those of the zod schemas; rules that need more than one step stand in checks/.
import { z } from 'zod';
import { flowKeys } from './flow.ts';
import { STEPS } from './steps/index.ts';

/** A JSON Schema (draft-07) for flows/<id>.yaml, as a plain object. */
export function flowJsonSchema(): Record<string, unknown> {
  const steps = Object.values(STEPS).map(({ schema }) => schema) as unknown as [z.ZodType, z.ZodType, ...z.ZodType[]];
  const flow = z.strictObject({
    ...flowKeys,
    steps: z.array(z.union(steps)).min(1).describe('Run from the first to the last, unless next leads elsewhere.'),
  });
  const schema = z.toJSONSchema(flow, { target: 'draft-07', io: 'input', reused: 'inline' });
  return {
    ...schema,
    title: 'Hotline flow',
    description: "One scripted flow. Texts are in locales/<tag>/<flow>.json under the steps' text keys.",
  };
}
