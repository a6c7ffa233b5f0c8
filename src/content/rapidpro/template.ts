// Templates of RapidPro: `Hello @fields.city, @(1 + 2)`. Called wherever a text, an operand or a value is read.
// Only takes them apart; what an expression means is expression.ts's business.

/** A piece of a template. `source` is the expression without `@` and its parentheses. */
type TemplatePart = { kind: 'words'; words: string } | { kind: 'expression'; source: string };

/** What may follow an @ without parentheses; all else, such as an e-mail address, is words. */
const TOP_LEVEL = new Set([
  'child',
  'contact',
  'fields',
  'globals',
  'input',
  'legacy_extra',
  'locals',
  'node',
  'parent',
  'results',
  'resume',
  'run',
  'ticket',
  'trigger',
  'urns',
  'webhook',
]);
const IDENTIFIER = /^[a-zA-Z]\w*(?:\.\w+)*/;

/** Takes a template apart. `@@` is an @. */
export function parseTemplate(template: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let words = '';
  const close = (): void => {
    if (words !== '') parts.push({ kind: 'words', words });
    words = '';
  };
  for (let at = 0; at < template.length;) {
    const found = template[at] === '@' ? expressionAt(template, at) : null;
    if (found === null) {
      words += template[at];
      at += template.startsWith('@@', at) ? 2 : 1;
      continue;
    }
    close();
    parts.push({ kind: 'expression', source: found.source });
    at = found.end;
  }
  close();
  return parts;
}

/** The one expression that a template is, or null when it is words or more than one. */
export function onlyExpression(template: string): string | null {
  const [first, ...rest] = parseTemplate(template.trim());
  return first?.kind === 'expression' && rest.length === 0 ? first.source : null;
}

/** The words of a template that has no expression, else null. */
export function onlyWords(template: string): string | null {
  const parts = parseTemplate(template);
  return parts.every((part) => part.kind === 'words') ? parts.map((part) => (part.kind === 'words' ? part.words : '')).join('') : null;
}

function expressionAt(template: string, at: number): { source: string; end: number } | null {
  if (template[at + 1] === '@') return null;
  if (template[at + 1] === '(') {
    const end = closingParenthesis(template, at + 1);
    return end === null ? null : { source: template.slice(at + 2, end), end: end + 1 };
  }
  const name = IDENTIFIER.exec(template.slice(at + 1))?.[0];
  if (name === undefined || !TOP_LEVEL.has(name.split('.')[0]?.toLowerCase() ?? '')) return null;
  return { source: name, end: at + 1 + name.length };
}

/** Where the parenthesis that opens at a place is closed; quotes are passed over. */
function closingParenthesis(template: string, open: number): number | null {
  let depth = 0;
  let quoted = false;
  for (let at = open; at < template.length; at += 1) {
    const letter = template[at];
    if (quoted) {
      if (letter === '\\') at += 1;
      else if (letter === '"') quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === '(') depth += 1;
    else if (letter === ')' && (depth -= 1) === 0) return at;
  }
  return null;
}
