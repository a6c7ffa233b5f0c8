// Enough of PromQL to find mistakes in our own dashboard and alerts: names, brackets, functions, ranges. No evaluation.

const FUNCTIONS = new Set(['sum', 'max', 'min', 'avg', 'count', 'rate', 'increase', 'histogram_quantile', 'time', 'abs']);
const OF_RANGES = new Set(['rate', 'increase']);
const WORDS = new Set(['by', 'without', 'or', 'and', 'unless', 'on', 'le']);

/** Names of metrics in an expression. */
export function metricsOf(expression: string): string[] {
  const bare = expression.replace(/\{[^}]*\}/g, '').replace(/\b(by|without|on) ?\([^)]*\)/g, '');
  return [...bare.matchAll(/[a-z_][a-z0-9_]*/g)]
    .filter((match) => {
      const next = bare.slice(match.index + match[0].length).trimStart()[0];
      const inRange = bare.lastIndexOf('[', match.index) > bare.lastIndexOf(']', match.index);
      return next !== '(' && !inRange && !WORDS.has(match[0]) && !/[0-9.]/.test(bare[match.index - 1] ?? '');
    })
    .map((match) => match[0]);
}

/** What is wrong with an expression; empty when nothing is. */
export function badExpressions(expression: string): string[] {
  const bad: string[] = [];
  const closing: Record<string, string> = { '(': ')', '[': ']', '{': '}' };
  const open: string[] = [];
  for (const sign of expression.replace(/"[^"]*"/g, '""')) {
    if (closing[sign]) open.push(closing[sign]);
    else if (')]}'.includes(sign) && open.pop() !== sign) bad.push(`${expression}: ${sign} closes nothing`);
  }
  if (open.length > 0) bad.push(`${expression}: ${open.join('')} is missing`);
  for (const [, name = ''] of expression.matchAll(/\b([a-z_]+) ?\(/g))
    if (!FUNCTIONS.has(name) && !WORDS.has(name)) bad.push(`${expression}: there is no function ${name}`);
  for (const name of OF_RANGES)
    for (const match of expression.matchAll(new RegExp(`\\b${name}\\(([^()]*)\\)`, 'g')))
      if (!/\[\d+[smhd]\]$/.test(match[1] ?? '')) bad.push(`${expression}: ${name} needs a range such as [5m]`);
  return bad;
}
