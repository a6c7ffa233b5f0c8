// Waits before something is said: what is over in a moment needs no words. Used by text-field.tsx, while a text is being saved.
import { useEffect, useState } from 'react';

const SAVING_MS = 1500;

/** True when it has been so for a while: saving takes a moment, and nobody needs to hear of it. */
export function useAfterAWhile(isSo: boolean): boolean {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    if (!isSo) return undefined;
    const timer = setTimeout(() => setLong(true), SAVING_MS);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [isSo]);
  return isSo && isLong;
}
