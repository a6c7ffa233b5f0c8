// Reads the word list out of a `.traineddata` file, as Debian's tesseract-ocr-* packages install it (Apache-2.0). Called when the language
// identification is trained. @see https://github.com/tesseract-ocr/tesseract/blob/main/src/dict/dawg.h (the format of word graphs)

/** Entries of a file: word graph and its letters, of the newer kind or else of the older. */
const WORD_GRAPHS = [
  { graph: 19, letters: 21 },
  { graph: 7, letters: 1 },
];
const MAGIC = 42;
/** Of an edge: the letter, then three flags, then the place of what follows. */
const FLAG_BITS = 3;
const LAST = 1;
const BACKWARD = 2;
const WORD_ENDS = 4;
const HIGH = 2 ** 32;
const MOST_WORDS = 1_000_000;
const LONGEST_WORD = 24;

/** All words of a file, in the order of its graph; none where it holds no list. */
export function readTessdataWords(bytes: Buffer): string[] {
  const entries = readEntries(bytes);
  for (const { graph, letters } of WORD_GRAPHS) {
    const [list, units] = [entries.get(graph), entries.get(letters)];
    if (list !== undefined && units !== undefined) return walk(list, readLetters(units));
  }
  return [];
}

function readEntries(bytes: Buffer): Map<number, Buffer> {
  const count = bytes.readInt32LE(0);
  const offsets = Array.from({ length: count }, (_, index) => Number(bytes.readBigInt64LE(4 + 8 * index)));
  const entries = new Map<number, Buffer>();
  offsets.forEach((offset, index) => {
    if (offset < 0) return;
    const next = offsets.slice(index + 1).find((other) => other >= 0) ?? bytes.length;
    entries.set(index, bytes.subarray(offset, next));
  });
  return entries;
}

function readLetters(bytes: Buffer): string[] {
  const lines = bytes.toString('utf8').split('\n');
  return lines.slice(1, 1 + Number(lines[0])).map((line) => (line.startsWith('NULL') ? ' ' : line.split(' ')[0]!));
}

function walk(bytes: Buffer, letters: string[]): string[] {
  if (bytes.readInt16LE(0) !== MAGIC) return [];
  const letterBits = Math.ceil(Math.log2(bytes.readInt32LE(2) + 1));
  const count = bytes.readInt32LE(6);
  const words: string[] = [];
  const visit = (node: number, word: string, length: number): void => {
    for (let index = node; index < count && words.length < MOST_WORDS; index += 1) {
      const low = bytes.readUInt32LE(10 + 8 * index);
      const flags = (low >>> letterBits) & 7;
      if ((flags & BACKWARD) !== 0) break;
      const next = word + (letters[low & ((1 << letterBits) - 1)] ?? '');
      if ((flags & WORD_ENDS) !== 0) words.push(next);
      const target = Math.floor((bytes.readUInt32LE(14 + 8 * index) * HIGH + low) / 2 ** (letterBits + FLAG_BITS));
      if (target > 0 && length < LONGEST_WORD) visit(target, next, length + 1);
      if ((flags & LAST) !== 0) break;
    }
  };
  visit(0, '', 0);
  return words;
}
