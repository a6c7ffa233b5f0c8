// Whether there is room for one language at a time only, as on a phone. Used by the page of texts.
import { useSyncExternalStore } from 'react';

const narrow = globalThis.matchMedia('(width < 720px)');

export function useNarrow(): boolean {
  return useSyncExternalStore(watch, () => narrow.matches);
}

function watch(changed: () => void): () => void {
  narrow.addEventListener('change', changed);
  return () => narrow.removeEventListener('change', changed);
}
