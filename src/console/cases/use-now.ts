// The time, which goes on while a page shows. Used for waiting times and for the end of a window.
import { useEffect, useState } from 'react';

/** Milliseconds since the epoch, anew every so often. */
export function useNow(everyMs = 20_000): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
