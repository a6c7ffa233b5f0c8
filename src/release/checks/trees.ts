// Places and topics form trees, each code once, each with a name in every required language.
import type { Check, CheckContext } from '../check.ts';
import { errorAt } from '../problem.ts';
import type { Problem } from '../problem.ts';
import type { Located } from '../parse-part.ts';
import { ancestors } from '../locality-tree.ts';

export const checkTrees: Check = ({ content }: CheckContext) => [
  ...checkTree(content.localities, (code) => ancestors(code)[1] ?? null, 'place', 'flows/settings/localities.yaml'),
  ...checkTree(
    content.topics,
    (code) => (code.includes('.') ? code.slice(0, code.indexOf('.')) : null),
    'topic',
    'flows/settings/topics.yaml',
  ),
];

function checkTree(entries: Located<{ code: string }>[], parentOf: (code: string) => string | null, what: string, file: string): Problem[] {
  const seen = new Set<string>();
  const codes = new Set(entries.map((entry) => entry.value.code));
  return entries.flatMap(({ value: { code }, at }) => {
    const problems: Problem[] = [];
    if (seen.has(code)) problems.push(errorAt(at(['code']), 'tree.twice', `The ${what} "${code}" stands twice; keep one of them.`));
    seen.add(code);
    const parent = parentOf(code);
    if (parent !== null && !codes.has(parent)) {
      problems.push(errorAt(at(['code']), 'tree.parent', `The ${what} "${code}" lies in "${parent}", which is not in ${file}; add it.`));
    }
    return problems;
  });
}
