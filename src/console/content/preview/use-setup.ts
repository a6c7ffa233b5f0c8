// How the conversation of the preview begins: what stands in the address (flow, step, language, channel, a recorded test), and what is
// chosen here (staffed, when). Used by preview-page.tsx.
import { useMemo, useState } from 'react';
import { useSearchParams } from 'wouter';
import { PREVIEW_CHANNELS } from '../../../api/content-shapes.ts';
import type { PlaySetup } from './recording.ts';

export interface SetupChoice {
  setup: PlaySetup;
  /** The recorded test that is opened: `school.en`; null where none is. */
  test: string | null;
  change(change: Partial<PlaySetup>): void;
  openTest(name: string | null): void;
}

export function useSetup(): SetupChoice {
  const [search, setSearch] = useSearchParams();
  const [staffed, setStaffed] = useState(true);
  const [at, setAt] = useState<string | null>(null);
  const setup = useMemo<PlaySetup>(() => {
    const flow = search.get('flow');
    return {
      channel: PREVIEW_CHANNELS.find((channel) => channel === search.get('channel')) ?? 'web',
      language: search.get('language'),
      flow,
      step: flow === null ? null : search.get('step'),
      staffed,
      at,
    };
  }, [search, staffed, at]);

  function write(entries: Record<string, string | null>): void {
    setSearch(
      (now) => {
        const next = new URLSearchParams(now);
        for (const [name, value] of Object.entries(entries)) {
          if (value === null) next.delete(name);
          else next.set(name, value);
        }
        return next;
      },
      { replace: true },
    );
  }

  return {
    setup,
    test: search.get('transcript'),
    change({ staffed: newStaffed, at: newAt, ...inAddress }) {
      if (newStaffed !== undefined) setStaffed(newStaffed);
      if (newAt !== undefined) setAt(newAt);
      if (Object.keys(inAddress).length > 0) write(inAddress);
    },
    openTest: (name) => write({ transcript: name, flow: null, step: null }),
  };
}
