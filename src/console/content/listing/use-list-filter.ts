// What a list of answers or places is filtered by: topic, place and state stand in the address, so that the way back leads to the same
// list; words that are looked for do not. Used by answer-list.tsx and place-list.tsx.
import { useState } from 'react';
import { useSearchParams } from 'wouter';

export interface ListFilter<State extends string> {
  topic: string;
  locality: string;
  state: State | '';
  words: string;
}

export interface ListFiltering<State extends string> {
  filter: ListFilter<State>;
  set: (name: 'topic' | 'place' | 'state', value: string) => void;
  setWords: (words: string) => void;
  clear: () => void;
  /** The filters as they stand in the address. */
  query: string;
}

export function useListFilter<State extends string>(states: readonly State[]): ListFiltering<State> {
  const [search, setSearch] = useSearchParams();
  const [words, setWords] = useState('');
  return {
    filter: {
      topic: search.get('topic') ?? '',
      locality: search.get('place') ?? '',
      state: states.find((state) => state === search.get('state')) ?? '',
      words,
    },
    set: (name, value) =>
      setSearch(
        (now) => {
          const next = new URLSearchParams(now);
          if (value === '') next.delete(name);
          else next.set(name, value);
          return next;
        },
        { replace: true },
      ),
    setWords,
    clear() {
      setWords('');
      setSearch(new URLSearchParams(), { replace: true });
    },
    query: search.toString(),
  };
}
