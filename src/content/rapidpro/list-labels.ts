// Numbered lines of a message: "1. Woman", "2) Man". RapidPro flows offer choices so; here they become labels of choices.
// Called by choices.ts. Works on one language at a time; knows no flows.

interface NumberedText {
  /** The text without the lines. */
  text: string;
  /** Number → label. */
  labels: ReadonlyMap<number, string>;
}

const LINE = /^[\s*_•-]*(\d{1,2})(?:\ufe0f?\u20e3)?\s*[.):–-]?\s+(\S.*)$/u;
const TIGHT_LINE = /^[\s*_•-]*(\d{1,2})(?:\ufe0f?\u20e3|[.)])(\S.*)$/u;

/** Takes the numbered lines off a text; null where the wanted numbers do not each have one. */
export function takeNumberedLines(text: string, wanted: readonly number[]): NumberedText | null {
  const labels = new Map<number, string>();
  const rest: string[] = [];
  for (const line of text.split('\n')) {
    const [, number, label] = LINE.exec(line) ?? TIGHT_LINE.exec(line) ?? [];
    const value = Number(number);
    if (number === undefined || label === undefined || !wanted.includes(value) || labels.has(value)) rest.push(line);
    else labels.set(value, trimLabel(label));
  }
  if (wanted.length === 0 || !wanted.every((number) => (labels.get(number) ?? '') !== '')) return null;
  const remaining = rest
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
  return { text: remaining === '' ? text : remaining, labels };
}

function trimLabel(label: string): string {
  return label
    .replace(/^[*_]+|[*_]+$/g, '')
    .trim()
    .replace(/(?<=\p{L})\.$/u, '');
}
