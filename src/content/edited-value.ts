// What becomes of a file: its new value, and where the items of its list stood before. Made by entry-changes.ts and flow-changes.ts,
// written into the file's text by edit-yaml.ts.
import type { Json } from '../release/entry.ts';

/** For the list at a key (empty: the file itself is the list): where each item stood before; null for a new one. */
export interface ItemOrigins {
  at: string;
  from: readonly (number | null)[];
}

export interface EditedValue {
  /** Undefined: the file goes. */
  value: Json | undefined;
  items?: ItemOrigins;
}
