// Who else is looking at a case or writing in it, and telling the others that one does. Used by conversation.tsx.
import { useEffect, useRef, useState } from 'react';
import type { z } from 'zod';
import type { Presence } from '../../api/case-operations.ts';
import { call } from '../api.ts';
import { useLiveEvent } from '../live/live.tsx';
import { useMe } from '../session.tsx';

type Others = z.output<typeof Presence>['staff'];

/** The server forgets after 30 seconds. */
const REPEAT_MS = 20_000;
const TYPING_MS = 5000;

/** Others at this case, and what to call with every key that is pressed. */
export function usePresence(caseId: string): { others: Others; typed: () => void } {
  const me = useMe();
  const [here, setHere] = useState<Others>([]);
  const typedAt = useRef(0);
  useEffect(() => {
    setHere([]);
    const tell = (state: 'looking' | 'typing' | 'gone'): void =>
      void call('tellPresence', { params: { id: caseId }, body: { state } }).catch(() => undefined);
    const look = (): void => {
      if (document.visibilityState === 'visible') tell(Date.now() - typedAt.current < TYPING_MS ? 'typing' : 'looking');
    };
    look();
    const timer = setInterval(look, REPEAT_MS);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
      tell('gone');
    };
  }, [caseId]);
  useLiveEvent((event) => {
    if (event.type !== 'presence') return;
    const found = event.presence.find((one) => one.caseId === caseId);
    if (found) setHere(found.staff);
  });
  const back = useRef<ReturnType<typeof setTimeout>>(undefined);
  return {
    others: here.filter(({ id }) => id !== me.id),
    typed() {
      const first = Date.now() - typedAt.current > TYPING_MS;
      typedAt.current = Date.now();
      const tell = (state: 'looking' | 'typing'): void =>
        void call('tellPresence', { params: { id: caseId }, body: { state } }).catch(() => undefined);
      if (first) tell('typing');
      clearTimeout(back.current);
      back.current = setTimeout(() => tell('looking'), TYPING_MS);
    },
  };
}
