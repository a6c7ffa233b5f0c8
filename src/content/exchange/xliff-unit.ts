// One unit of an XLIFF 2 file while it is read: its segments, their words, and what its codes stand for.
// Called by xliff-units.ts, which knows where in the file it stands.
import type { TextState } from '../../api/content-shapes.ts';
import type { ReadUnit } from './units.ts';

/** A run of characters, or a code that stands for some. */
export type Piece = string | { dataRef: string | null; shown: string };

interface Part {
  kind: 'segment' | 'ignorable';
  state: string | undefined;
  subState: string | undefined;
  source: Piece[];
  target: Piece[] | null;
  /** Place of the target among the targets of the unit, from 1; 0 where it is that of the source. */
  order: number;
}

/** Elements of the core that may stand among words and hold some. */
export function isInline(name: string): boolean {
  return name === 'pc' || name === 'mrk';
}

/** By state and, behind an `initial`, our own subState. */
const STATES: ReadonlyMap<string, TextState> = new Map([
  ['initial ventanilla:machine-drafted', 'machine-drafted'],
  ['initial ventanilla:stale', 'stale'],
  ['translated', 'drafted'],
  ['reviewed', 'reviewed'],
  ['final', 'reviewed'],
]);
const FROM_WORST: readonly TextState[] = ['stale', 'machine-drafted', 'drafted', 'reviewed'];

export class XliffUnit {
  readonly key: string;
  readonly line: number;
  private readonly originals = new Map<string, Piece[]>();
  private readonly parts: Part[] = [];
  private hash: string | null = null;
  private sourceless = false;

  constructor(key: string, line: number) {
    this.key = key;
    this.line = line;
  }

  beginPart(kind: 'segment' | 'ignorable', state: string | undefined, subState: string | undefined): void {
    this.parts.push({ kind, state, subState, source: [], target: null, order: 0 });
  }

  /** Where the characters go that a code stands for. */
  data(id: string): Piece[] {
    const pieces: Piece[] = [];
    this.originals.set(id, pieces);
    return pieces;
  }

  /** Where the words of the part begun last go. */
  words(of: 'source' | 'target', order: number): Piece[] {
    const pieces: Piece[] = [];
    const part = this.parts.at(-1);
    if (part !== undefined && of === 'source') part.source = pieces;
    else if (part !== undefined) Object.assign(part, { target: pieces, order });
    return pieces;
  }

  meta(type: string, value: string): void {
    if (type === 'sourceHash' && /^[0-9a-f]{8}$/.test(value)) this.hash = value;
    if (type === 'noSource') this.sourceless = value === 'yes';
  }

  /** Some segments have words in the target, others have not. */
  isIncomplete(): boolean {
    const segments = this.segments();
    const written = segments.filter((part) => this.textOf(part.target ?? []) !== '');
    return written.length > 0 && written.length < segments.length;
  }

  read(): ReadUnit {
    const source = this.parts.map((part) => this.textOf(part.source)).join('');
    const target = this.isIncomplete() ? '' : this.targetText();
    const sourceless = this.sourceless || (this.hash === null && source === this.key);
    return {
      key: this.key,
      source: sourceless ? null : source,
      target: target === '' ? null : target,
      state: target === '' ? 'missing' : this.state(),
      sourceHash: this.hash,
      line: this.line,
    };
  }

  private segments(): Part[] {
    return this.parts.filter((part) => part.kind === 'segment');
  }

  /** What lies between segments and has no target stays as in the source, where the segments have one. */
  private targetText(): string {
    const parts = this.parts.map((part, index) => ({ part, place: part.order > 0 ? part.order : index + 1 }));
    if (this.parts.every((part) => part.kind === 'ignorable' || part.target === null)) return '';
    return parts
      .toSorted((a, b) => a.place - b.place)
      .map(({ part }) => this.textOf(part.target ?? (part.kind === 'ignorable' ? part.source : [])))
      .join('');
  }

  private textOf(pieces: readonly Piece[]): string {
    return pieces.map((piece) => (typeof piece === 'string' ? piece : this.original(piece))).join('');
  }

  private original(code: Exclude<Piece, string>): string {
    const data = code.dataRef === null ? undefined : this.originals.get(code.dataRef);
    if (data === undefined) return code.shown;
    return data.filter((piece) => typeof piece === 'string').join('');
  }

  /** Null where the tool does not keep the state: an `initial` that is not ours says nothing. */
  private state(): TextState | null {
    const states = this.segments().map(({ state = 'initial', subState = '' }) => {
      return STATES.get(state === 'initial' ? `initial ${subState}` : state) ?? null;
    });
    return states.includes(null) ? null : (FROM_WORST.find((state) => states.includes(state)) ?? null);
  }
}
