// Where texts are said: which step of which flow names a text, or a part of it (`age` asks, `age.early` is one of its choices).
// For "where is this text used?" in the grid of texts and in the search. Reads entries as they are: a draft need not compile. Pure.
import type { Entries, Json } from '../../release/entry.ts';

export interface TextUse {
  flow: string | null;
  step: string | null;
}

/** Words of a step that are no keys of texts. */
const NOT_KEYS = new Set(['next', 'goto', 'call', 'id', 'if', 'to', 'when', 'topic', 'type']);

/** Looks texts up by `namespace:key`. */
export function createTextUses(entries: Entries): (key: string) => TextUse[] {
  const uses = new Map<string, TextUse[]>();
  for (const { kind, file, key, value } of entries.values()) {
    if (kind !== 'flow_step') continue;
    const flow = file.slice('flows/'.length, -'.yaml'.length);
    const step = key.slice('steps/'.length);
    for (const name of new Set(stringsOf(value))) {
      const full = name.includes(':') ? name : `${flow}:${name}`;
      uses.set(full, [...(uses.get(full) ?? []), { flow, step }]);
    }
  }
  return (key) => {
    for (let name = key; ; name = shorter(name)) {
      const found = uses.get(name);
      if (found !== undefined) return found;
      if (shorter(name) === name) return [];
    }
  };
}

/** `welcome:age.early_sms` → `welcome:age.early` → `welcome:age`. */
function shorter(key: string): string {
  const cut = Math.max(key.lastIndexOf('.'), key.lastIndexOf('_'));
  return cut > key.indexOf(':') ? key.slice(0, cut) : key;
}

function stringsOf(value: Json): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(stringsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (NOT_KEYS.has(key) ? [] : stringsOf(inner as Json)));
}
