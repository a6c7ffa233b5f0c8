// The words of an XLIFF unit: {{values}} and $t( ) become codes that a translator's tool does not let anybody change by accident,
// and characters that XML cannot hold become <cp/>. Called by xliff.ts for writing.

const VALUE = /\$t\([^()]*\)|\{\{[^{}]*\}\}/u;
/** What XML 1.0 cannot hold, not even as a number. */
const INVALID = /[[\p{Cc}--[\t\n\r\x7f-\x9f]]\p{Cs}\ufffe\uffff]/gv;
const NAMED: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** The content of a unit's parts, as XML. */
export interface UnitText {
  /** `<originalData>` with what the codes stand for; empty where there are none. */
  originalData: string;
  source: string;
  target: string | null;
}

/**
 * Source and target of a unit. A value has the same id in both, so that tools can compare them.
 * @see https://docs.oasis-open.org/xliff/xliff-core/v2.1/os/xliff-core-v2.1-os.html#ph
 */
export function unitText(source: string, target: string | null): UnitText {
  const data = new Map<string, string>();
  const ids: { value: string; id: number }[] = [];
  const writeCode = (value: string, id: number): string => {
    const ref = data.get(value) ?? `d${data.size + 1}`;
    data.set(value, ref);
    const shown = escapeAttribute(value);
    return `<ph id="${id}" equiv="${shown}" disp="${shown}" dataRef="${ref}"/>`;
  };
  const sourceText = mapValues(source, (value) => {
    ids.push({ value, id: ids.length + 1 });
    return writeCode(value, ids.length);
  });
  const left = [...ids];
  let next = ids.length;
  const targetText = (words: string): string =>
    mapValues(words, (value) => {
      const at = left.findIndex((code) => code.value === value);
      const [code] = at < 0 ? [] : left.splice(at, 1);
      return writeCode(value, code?.id ?? (next += 1));
    });
  const written = target === null ? null : targetText(target);
  const originals = [...data].map(([value, id]) => `<data id="${id}">${escapeText(value)}</data>`).join('');
  return { originalData: originals === '' ? '' : `<originalData>${originals}</originalData>`, source: sourceText, target: written };
}

/** The text with its values written as codes, and the rest of it as XML. */
function mapValues(text: string, write: (value: string) => string): string {
  return text
    .split(new RegExp(`(${VALUE.source})`, 'u'))
    .map((part, index) => (index % 2 === 1 ? write(part) : escapeText(part)))
    .join('');
}

/** A text as the content of an element of XLIFF. */
export function escapeText(text: string): string {
  return text
    .replace(/[&<>\r\x7f-\x9f\u2028]/gu, escapeCharacter)
    .replace(INVALID, (character) => `<cp hex="${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}"/>`);
}

/** A text as the content of an element that may hold nothing but characters, or of an attribute. */
export function escapeAttribute(text: string): string {
  return text.replace(/[&<>"\t\n\r\x7f-\x9f\u2028]/gu, escapeCharacter).replace(INVALID, '\ufffd');
}

function escapeCharacter(character: string): string {
  return NAMED[character] ?? `&#${character.charCodeAt(0)};`;
}
