// Numbers, names and texts that must be found nowhere, and a search that thinks like a thief: in every form that a program
// or a person might have written them down in.

/** A person who must not be found. */
export interface Canary {
  number: string;
  /** A word that nobody else says, with a name in it. */
  word: string;
}

const NATIONAL = '699731';
const WORD = 'kanarie';

/** The person of an index from 0 to 999. */
export function canaryOf(index: number): Canary {
  const code = String(index).padStart(3, '0');
  return { number: `+34${NATIONAL}${code}`, word: `${WORD}${code.replaceAll(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? '')}ina` };
}

/** The canaries that a text holds, by index. For texts that were opened. */
export function canariesIn(text: string): number[] {
  const found = [...text.matchAll(/\+34699731(\d{3})/g)].map(([, code]) => Number(code));
  for (const [, letters = ''] of text.matchAll(/kanarie([a-j]{3})ina/g))
    found.push(Number([...letters].map((letter) => 'abcdefghij'.indexOf(letter)).join('')));
  return found;
}

/** Bytes that betray a canary wherever they stand; `latin1` keeps bytes as they are. */
const FORMS: readonly (readonly [string, RegExp])[] = [
  ['a word', new RegExp(WORD, 'i')],
  ['a word in UTF-16', new RegExp([...WORD].join('\0'), 'i')],
  ['a word in base64', any(base64Forms(WORD))],
  ['a word in hex', new RegExp(Buffer.from(WORD).toString('hex'), 'i')],
  ['a number', /6[\s.()-]{0,2}9[\s.()-]{0,2}9[\s.()-]{0,2}7[\s.()-]{0,2}3[\s.()-]{0,2}1[\s.()-]{0,2}\d{3}/],
  ['the last digits of a number', /(?<![\da-f])9[ .-]?7[ .-]?3[ .-]?1[ .-]?\d{3}(?![\da-f])/i],
  ['a number in UTF-16', new RegExp([...NATIONAL].join('\0'))],
  ['a number in base64', any(base64Forms(NATIONAL))],
  ['a number in hex', new RegExp(`${Buffer.from(NATIONAL).toString('hex')}3\\d3\\d3\\d`, 'i')],
  ['a number backwards', new RegExp(`\\d{3}${[...NATIONAL].reverse().join('')}`)],
];

/** How a text stands inside base64, wherever it begins: without the letters at the ends that its neighbours share. */
function base64Forms(text: string): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.from('x'.repeat(offset) + text)
      .toString('base64')
      .replace(/=+$/, '');
    const inner = encoded.slice(offset === 0 ? 0 : offset + 1, -1);
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

function any(texts: string[]): RegExp {
  return new RegExp(texts.map((text) => text.replaceAll(/[+/]/g, String.raw`\$&`)).join('|'));
}

/** Forms in which canaries stand in these bytes; none is what should come out. */
export function betrayalsIn(bytes: Uint8Array | string): string[] {
  const text = typeof bytes === 'string' ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const plain = text.includes('%') ? text + decode(text) : text;
  return FORMS.filter(([, form]) => form.test(plain)).map(([name]) => name);
}

function decode(text: string): string {
  return text.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
