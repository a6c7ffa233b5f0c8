// Tells open connections that their conversation has something new, on this node and, by a keyed hash, on the others.
// A client that missed a call polls.
import { createHmac } from 'node:crypto';
import type { Address } from '../domain/message.ts';

export interface Hub {
  /** Calls `onChange` after every commit that adds to the conversation of this address; returns the unsubscribe function. */
  subscribe(channel: string, address: Address, onChange: () => void): () => void;
  publish(channel: string, address: Address): void;
  /** Calls `onSignal` for every announcement under this name, here and on other nodes; returns the unsubscribe function. */
  listen(name: string, onSignal: (detail: string) => void): () => void;
  /** Tells all listeners of a name, here and on other nodes. `detail` holds ids alone, and no space. */
  announce(name: string, detail: string): void;
  /** Another node published under this key. */
  hear(key: string): void;
}

/**
 * Opens an empty hub.
 * @param secret names conversations between nodes, so that no address is in a name.
 * @param tellOthers called with the key of each conversation that is published here.
 */
export function createHub(secret: Uint8Array, tellOthers: (key: string) => void): Hub {
  const listeners = new Map<string, Set<(detail: string) => void>>();
  const keyOf = (channel: string, { kind, value }: Address): string =>
    createHmac('sha256', secret).update(`${channel}\n${kind}\n${value}`).digest('base64url');

  function call(signal: string): void {
    const [key = '', detail = ''] = signal.split(':', 2);
    for (const onChange of listeners.get(key) ?? []) onChange(detail);
  }

  function add(key: string, onChange: (detail: string) => void): () => void {
    const set = listeners.get(key) ?? new Set();
    listeners.set(key, set.add(onChange));
    return () => {
      set.delete(onChange);
      if (set.size === 0 && listeners.get(key) === set) listeners.delete(key);
    };
  }

  return {
    subscribe: (channel, address, onChange) => add(keyOf(channel, address), () => onChange()),
    listen: add,
    announce(name, detail) {
      call(`${name}:${detail}`);
      tellOthers(`${name}:${detail}`);
    },
    publish(channel, address) {
      const key = keyOf(channel, address);
      call(key);
      tellOthers(key);
    },
    hear: call,
  };
}
