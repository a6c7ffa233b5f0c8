// Operations on the channels of the running service: what is on, what waits, and a test message. Served by http/api/channels.ts,
// called by the console. Nothing here is content: it is set by the service's settings, not by a draft.
import { z } from 'zod';
import { LanguageTag } from './common.ts';
import type { Operation } from './operation.ts';

export const ChannelView = z.object({
  /** As in messages: `sms`, `whatsapp`, `web` … */
  name: z.string(),
  /** `number`: a test message can go to a telephone number. `person_first`: nobody can be written to who has not written. */
  test: z.enum(['number', 'person_first']),
  /** Lines that are not sent yet. */
  waiting: z.number().int(),
  /** So many wait that ordinary messages are answered later. */
  heldBack: z.boolean(),
  /** All that may be sent today is sent: only emergency text and what staff write goes out until midnight UTC. */
  ceilingReached: z.boolean(),
});
export type ChannelView = z.output<typeof ChannelView>;

export const ChannelModuleView = z.object({
  id: z.string(),
  title: z.string(),
  /** Whom it reaches: people who ask, or staff. */
  reaches: z.enum(['people', 'staff']),
  on: z.boolean(),
  /** Names of settings that it lacks; never values. */
  missing: z.array(z.string()),
  channels: z.array(ChannelView),
});
export type ChannelModuleView = z.output<typeof ChannelModuleView>;

export const ChannelTest = z.object({
  /** `sent`: the provider took it. `unknown`: the provider may or may not have it. */
  outcome: z.enum(['sent', 'refused', 'unknown']),
  /** Why it was refused: `stopped`, `outside_window`, `person_first`, or the provider's code. */
  code: z.string().nullable(),
});

export const channelOperations = {
  listChannels: {
    method: 'get',
    path: '/channels',
    summary: 'Channels and staff surfaces of the running service, and how they are.',
    permission: 'settings.manage',
    response: z.object({
      modules: z.array(ChannelModuleView),
      /** Languages in which there is a test message. */
      testLanguages: z.array(z.string()),
    }),
  },
  testChannel: {
    method: 'post',
    path: '/channels/{name}/test',
    summary: 'Send one fixed text to a number. The number is not kept; that there was a test is audited.',
    permission: 'settings.manage',
    params: z.object({ name: z.string().max(40) }),
    body: z.object({ to: z.string().trim().min(5).max(40), language: LanguageTag }),
    response: ChannelTest,
  },
} as const satisfies Record<string, Operation>;
