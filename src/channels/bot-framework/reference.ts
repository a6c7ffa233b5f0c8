// Where a conversation can be continued, packed into an address. Called by parse-activity.ts and channel.ts; pure.
// 2026-07: the address is the conversation reference itself, so that nothing but the address is needed to answer, after any restart.
import { z } from 'zod';
import type { Address } from '../../domain/message.ts';

const Packed = z.tuple([z.string(), z.url(), z.string().min(1), z.string().min(1), z.string().min(1), z.string()]);

/** What Bot Framework needs to continue a conversation. */
export interface Reference {
  channelId: string;
  serviceUrl: string;
  conversationId: string;
  userId: string;
  botId: string;
  /** Empty where the channel has no tenants. */
  tenantId: string;
}

/** Packs a reference. The same conversation always gives the same address. */
export function packReference(reference: Reference): Address {
  const { channelId, serviceUrl, conversationId, userId, botId, tenantId } = reference;
  const json = JSON.stringify([channelId, serviceUrl, conversationId, userId, botId, tenantId]);
  return { kind: 'user', value: Buffer.from(json, 'utf8').toString('base64url') };
}

/** Unpacks a reference; null when the address is none of ours. */
export function unpackReference(address: Address): Reference | null {
  const parsed = Packed.safeParse(parseOrNull(Buffer.from(address.value, 'base64url').toString('utf8')));
  if (!parsed.success) return null;
  const [channelId, serviceUrl, conversationId, userId, botId, tenantId] = parsed.data;
  return { channelId, serviceUrl, conversationId, userId, botId, tenantId };
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
