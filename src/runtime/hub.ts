// Tells open connections that their conversation has something new. In one process; a client that missed a call polls.
import type { Address } from '../domain/message.ts';

export interface Hub {
  /** Calls `onChange` after every commit that adds to the conversation of this address; returns the unsubscribe function. */
  subscribe(channel: string, address: Address, onChange: () => void): () => void;
  publish(channel: string, address: Address): void;
}

/** Opens an empty hub. */
export function createHub(): Hub {
  const listeners = new Map<string, Set<() => void>>();
  const keyOf = (channel: string, address: Address): string => `${channel}\n${address.kind}\n${address.value}`;
  return {
    subscribe(channel, address, onChange) {
      const key = keyOf(channel, address);
      const set = listeners.get(key) ?? new Set();
      listeners.set(key, set.add(onChange));
      return () => {
        set.delete(onChange);
        if (set.size === 0 && listeners.get(key) === set) listeners.delete(key);
      };
    },
    publish(channel, address) {
      for (const onChange of listeners.get(keyOf(channel, address)) ?? []) onChange();
    },
  };
}
