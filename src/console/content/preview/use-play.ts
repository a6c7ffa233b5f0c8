// The conversation that is played: what the person did, and the service's answer to all of it. Each input plays everything again from the
// beginning, so that a change of the draft shows at once. Used by preview-page.tsx.
import { keepPreviousData } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ApiError } from '../../../api/client.ts';
import type { PlayInput, PlayView } from '../../../api/content-shapes.ts';
import { keyOf, queryClient, useRead, type CallArguments } from '../../api.ts';
import { useContentPlace } from '../source.ts';
import { TEST_NOW, type PlaySetup } from './recording.ts';

/** More the service does not play. */
export const MOST_INPUTS = 100;
const HOURS_THAT_PASS = 2;

export interface Play {
  inputs: readonly PlayInput[];
  /** Null until it was played for the first time. */
  view: PlayView | null;
  isPlaying: boolean;
  error: ApiError | null;
  retry: () => void;
  say(text: string): void;
  press(index: number): void;
  picture(): void;
  wait(): void;
  back(): void;
  restart(): void;
  canGoOn: boolean;
}

/** What is asked of the service. As a test it plays at the time of tests, and without what is pinned for some days. */
export function playCall(source: string, setup: PlaySetup, inputs: readonly PlayInput[], asTest: boolean): CallArguments<'playContent'> {
  const { at, ...rest } = setup;
  const begin = asTest ? (at ?? TEST_NOW) : at;
  return [
    {
      params: { source },
      body: { ...rest, ...(begin === null ? {} : { at: begin }), ...(asTest ? { alert: false } : {}), inputs: [...inputs] },
    },
  ];
}

/** Where there is something to see before anybody writes, the conversation is opened. */
function firstInputs({ flow, channel }: PlaySetup): PlayInput[] {
  return flow !== null || channel === 'web' ? [{ kind: 'opened' }] : [];
}

/** Plays. `given`: the inputs of a recorded test. */
export function usePlay(setup: PlaySetup, given: readonly PlayInput[] | null): Play {
  const { source, draft } = useContentPlace();
  const begin = given ?? firstInputs(setup);
  const [more, setMore] = useState<readonly PlayInput[]>([]);
  const [taken, setTaken] = useState(0);
  const inputs = [...begin.slice(0, begin.length - taken), ...more];
  const read = useRead('playContent', playCall(source, setup, inputs, given !== null), {
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 60_000,
  });
  const revision = draft?.revision;
  useEffect(() => {
    if (revision !== undefined) void queryClient.invalidateQueries({ queryKey: keyOf('playContent') });
  }, [revision]);
  const canGoOn = inputs.length < MOST_INPUTS;
  const add = (input: PlayInput): void => (canGoOn ? setMore([...more, input]) : undefined);
  return {
    inputs,
    view: read.data ?? null,
    isPlaying: read.isFetching && (read.isPlaceholderData || read.data === undefined),
    error: read.error,
    retry: () => void read.refetch(),
    say: (text) => add({ kind: 'text', text }),
    press: (index) => add({ kind: 'choice', index }),
    picture: () => add({ kind: 'media' }),
    wait: () => add({ kind: 'wait', hours: HOURS_THAT_PASS }),
    back() {
      if (more.length > 0) setMore(more.slice(0, -1));
      else if (taken < begin.length) setTaken(taken + 1);
    },
    restart() {
      setMore([]);
      setTaken(0);
    },
    canGoOn,
  };
}
