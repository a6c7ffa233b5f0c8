// Who is in the desk's channel: the only people without an account of the staff who may work on its cases. Made by slack.ts.
// Slack is asked seldom: what it said holds for some minutes, and somebody who is not in it is looked for anew.
import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { ChannelContext } from '../channel.ts';
import type { StaffOutcome } from '../staff-surface.ts';
import { no } from './parts.ts';
import { readFault } from './posts.ts';

/** What Slack said holds for so long; and so long somebody who has just joined waits at most. */
const KEPT_MS = 5 * 60_000;
const ANEW_MS = 15_000;
/** Members a page, and pages at most. */
const PAGE = 1000;
const MAX_PAGES = 50;

const OUTSIDE =
  "You are not in the desk's channel, so nothing was done. Join the channel, or ask an administrator to link your Slack account to an account of the staff.";
const UNREAD =
  "Slack does not say who is in the desk's channel, so nothing was done. Please try again; if it stays so, an administrator adds the scope channels:read (private channel: groups:read) to the app, or links your Slack account to an account of the staff.";

const Page = z.object({
  members: z.array(z.string()),
  response_metadata: z.looseObject({ next_cursor: z.string().optional() }).optional(),
});

/** Says of somebody whether they may act without an account: they are in the channel. @param staff `slack:<member>` */
export type Admission = (staff: string) => Promise<StaffOutcome>;

/** Makes it for one channel. */
export function createAdmission(client: webApi.WebClient, channel: string, { now, log }: Pick<ChannelContext, 'now' | 'log'>): Admission {
  let last: { at: number; members: Promise<ReadonlySet<string>> } | null = null;

  /** What Slack said at most so long ago. What it could not say is not kept. */
  function membersWithin(age: number): Promise<ReadonlySet<string>> {
    if (last && now() - last.at < age) return last.members;
    const asked = { at: now(), members: readMembers(client, channel) };
    last = asked;
    asked.members.catch(() => {
      if (last === asked) last = null;
    });
    return asked.members;
  }

  return async (staff) => {
    const member = staff.replace(/^slack:/, '');
    try {
      const found = (await membersWithin(KEPT_MS)).has(member) || (await membersWithin(ANEW_MS)).has(member);
      return found ? { ok: true } : no(OUTSIDE);
    } catch (error) {
      log.warn({ channel: 'slack', code: readFault(error).code }, 'Who is in the channel of the desk could not be read.');
      return no(UNREAD);
    }
  };
}

async function readMembers(client: webApi.WebClient, channel: string): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const said = Page.parse(await client.conversations.members({ channel, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) }));
    for (const member of said.members) found.add(member);
    cursor = said.response_metadata?.next_cursor || undefined;
    if (cursor === undefined) break;
  }
  return found;
}
