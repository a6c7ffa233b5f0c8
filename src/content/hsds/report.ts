// What is told about an import of a directory: what was wrong, what was taken otherwise than written, what has no place here.
// Filled by the readers of this folder, shown to whoever imports. Holds names of services, never names of people.

/** One line of the report. */
export interface HsdsNote {
  /** `error`: nothing was imported. `warning`: look at it before publishing. `info`: good to know. */
  severity: 'error' | 'warning' | 'info';
  /** Stable code, `area.what`. */
  code: string;
  /** A plain sentence that says what to do. */
  message: string;
  /** Name or id of the record. */
  record?: string;
  field?: string;
  /** How many records or values the line stands for, where it is not one. */
  count?: number;
}

/** Collects lines; what is of one kind is told once, with a count. */
export interface Report {
  add(note: HsdsNote): void;
  /**
   * Counts one more of a kind. With `key`, what was counted before under that key is not counted again.
   * The first note of a kind is the one that is shown.
   */
  count(note: HsdsNote, key?: string): void;
  failed(): boolean;
  /** Errors first, then warnings, then infos; each in the order in which it came up. */
  notes(): HsdsNote[];
}

/** So many lines of one code are shown; how many more there are is told in one line. */
const MOST_OF_A_CODE = 100;
/** What files say of themselves may be long. */
const MOST_LETTERS = 120;
const ORDER = { error: 0, warning: 1, info: 2 };

interface Counted {
  note: HsdsNote;
  keys: Set<string>;
  unnamed: number;
}

export function createReport(): Report {
  const single: HsdsNote[] = [];
  const perCode = new Map<string, number>();
  const kinds = new Map<string, Counted>();
  /** True while there is room for one more line of this code. */
  const hasRoom = (code: string): boolean => {
    const before = perCode.get(code) ?? 0;
    perCode.set(code, before + 1);
    return before < MOST_OF_A_CODE;
  };
  const counterOf = (note: HsdsNote): Counted => {
    const kind = [note.code, note.field ?? '', note.record ?? ''].join('\n');
    const known = kinds.get(kind);
    if (known !== undefined) return known;
    const counter = { note: shortened(note), keys: new Set<string>(), unnamed: 0 };
    if (hasRoom(note.code)) kinds.set(kind, counter);
    return counter;
  };
  return {
    add(note) {
      if (hasRoom(note.code)) single.push(shortened(note));
    },
    count(note, key) {
      const counter = counterOf(note);
      if (key === undefined) counter.unnamed += 1;
      else counter.keys.add(key);
    },
    failed: () => single.some(({ severity }) => severity === 'error'),
    notes() {
      const counted = [...kinds.values()].map(({ note, keys, unnamed }) => ({ ...note, count: keys.size + unnamed }));
      const shown = [...single, ...counted];
      return [...shown, ...leftOut(shown, perCode)].toSorted((a, b) => ORDER[a.severity] - ORDER[b.severity]);
    },
  };
}

function shortened(note: HsdsNote): HsdsNote {
  const short = { ...note };
  if (note.record !== undefined) short.record = note.record.slice(0, MOST_LETTERS);
  if (note.field !== undefined) short.field = note.field.slice(0, MOST_LETTERS);
  return short;
}

/** One line for each code of which there were too many to show. */
function leftOut(shown: HsdsNote[], perCode: Map<string, number>): HsdsNote[] {
  return [...perCode].flatMap(([code, all]) => {
    const first = shown.find((note) => note.code === code);
    if (all <= MOST_OF_A_CODE || first === undefined) return [];
    const message = `There are ${all - MOST_OF_A_CODE} more of this kind, which are not listed.`;
    return [{ severity: first.severity, code, message, count: all - MOST_OF_A_CODE }];
  });
}
