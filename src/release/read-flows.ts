// Checks every flow file by the flow language's schema. Called by compile.ts; what a flow means is the engine's business.
import { Flow } from '../engine/flow.ts';
import { parsePart } from './parse-part.ts';
import type { Located } from './parse-part.ts';
import { errorAt } from './problem.ts';
import type { Problem } from './problem.ts';
import type { ReleaseSource } from './source.ts';

/** A flow file that follows the schema. */
export interface ParsedFlow extends Located<Flow> {
  id: string;
}

/** All flows that can be read, a flow a step, and what is wrong with the others. */
export function* readFlows(source: ReleaseSource): Generator<void, { flows: ParsedFlow[]; problems: Problem[] }> {
  const flows: ParsedFlow[] = [];
  const problems: Problem[] = [];
  for (const { id, file } of source.flows) {
    yield;
    if (!/^[a-z][a-z0-9_]{0,40}$/.test(id)) {
      const message = `The name of a flow's file is its id: lower-case letters, digits and _, not "${id}". Rename the file.`;
      problems.push(errorAt(file.at([]), 'flow.name', message));
      continue;
    }
    const { located, problems: found } = parsePart(Flow, file, [], 'this flow');
    problems.push(...found);
    if (located !== null) flows.push({ ...located, id });
  }
  return { flows, problems };
}
