// A function that stays the same while what it does is always the newest. Used where a new function would draw hundreds of rows anew.
import { useCallback, useRef } from 'react';

export function useStable<Given extends readonly unknown[], Made>(act: (...given: Given) => Made): (...given: Given) => Made {
  const latest = useRef(act);
  latest.current = act;
  return useCallback((...given: Given) => latest.current(...given), []);
}
