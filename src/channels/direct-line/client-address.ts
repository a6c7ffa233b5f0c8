// Whose request it is, for the rate limit only: the client's address as a keyed hash, never stored and never logged.
import { createHmac } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { isNear, plainAddress } from '../../util/address-ranges.ts';

/**
 * A keyed hash of the client's address. A neighbour on the machine or its private network is taken for a proxy:
 * then the last address it forwarded counts. IPv6 addresses count by their /64, which one household gets.
 * @param peer address of the other end of the socket
 * @param forwardedFor header X-Forwarded-For, if any
 */
export function hashClientAddress(key: Uint8Array, peer: string | undefined, forwardedFor: string | undefined): string {
  const direct = plainAddress(peer ?? '');
  const forwarded = plainAddress(forwardedFor?.split(',').at(-1)?.trim() ?? '');
  const address = forwarded !== '' && (direct === '' || isNear(direct)) ? forwarded : direct;
  return createHmac('sha256', key).update(network(address)).digest('base64url');
}

function network(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? [];
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  const groups = [...left, ...zeros, ...right].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
