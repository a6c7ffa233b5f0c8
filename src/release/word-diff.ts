// Shows how a text changed, word by word. Called by the console and by the telling of differences. Words are found by the rules of
// Unicode, so that scripts without spaces (Chinese, Thai, Khmer) are cut as well; nothing is known of any language.
import { matchLists } from './match-lists.ts';

export interface DiffPiece {
  kind: 'same' | 'removed' | 'added';
  text: string;
}

const words = new Intl.Segmenter('und', { granularity: 'word' });

/**
 * The pieces of both texts in reading order; what was removed stands before what took its place.
 * `same` and `removed` joined give `before`, `same` and `added` joined give `after`.
 */
export function diffWords(before: string, after: string): DiffPiece[] {
  const old = cut(before);
  const next = cut(after);
  const pieces: DiffPiece[] = [];
  let i = 0;
  let j = 0;
  for (const [nextI, nextJ] of [...matchLists(old, next, (a, b) => a === b), [old.length, next.length] as const]) {
    push(pieces, 'removed', old.slice(i, nextI).join(''));
    push(pieces, 'added', next.slice(j, nextJ).join(''));
    push(pieces, 'same', old[nextI] ?? '');
    i = nextI + 1;
    j = nextJ + 1;
  }
  return joinOverSpaces(pieces);
}

function cut(text: string): string[] {
  return Array.from(words.segment(text), ({ segment }) => segment);
}

function push(pieces: DiffPiece[], kind: DiffPiece['kind'], text: string): void {
  const last = pieces.at(-1);
  if (text === '') return;
  if (last?.kind === kind) last.text += text;
  else pieces.push({ kind, text });
}

/** Two changes with nothing but a space between them read better as one. */
function joinOverSpaces(pieces: readonly DiffPiece[]): DiffPiece[] {
  const joined: DiffPiece[] = [];
  let removed = '';
  let added = '';
  const flush = (): void => {
    push(joined, 'removed', removed);
    push(joined, 'added', added);
    removed = '';
    added = '';
  };
  for (const [index, { kind, text }] of pieces.entries()) {
    if (kind === 'removed') removed += text;
    else if (kind === 'added') added += text;
    else if (removed !== '' && added !== '' && replaced(pieces, index + 1) && text.trim() === '') {
      removed += text;
      added += text;
    } else {
      flush();
      joined.push({ kind, text });
    }
  }
  flush();
  return joined;
}

/** True where something was removed and something else put in its place. */
function replaced(pieces: readonly DiffPiece[], index: number): boolean {
  return pieces[index]?.kind === 'removed' && pieces[index + 1]?.kind === 'added';
}
