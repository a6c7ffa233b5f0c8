// The desk at a glance, and what can be chosen for a case, for a staff surface such as Slack. Called by staff.ts.
// Shows what the asking member may see; of a private case only that it is there, because a surface may not show more.
import type { Board, BoardCase, CaseChoices } from '../../channels/staff-surface.ts';
import { mayHandOver, maySeeCase } from '../../desk/access.ts';
import { mayTakeAtTheirs } from '../../desk/routing.ts';
import type { Actor } from '../../domain/staff.ts';
import { listOpenCases, type OpenCase } from '../../store/board.ts';
import { loadCase } from '../../store/cases.ts';
import { loadConversation } from '../../store/conversations.ts';
import { loadStaff } from '../../store/staff.ts';
import type { Reader } from '../../store/store.ts';
import type { Services } from '../services.ts';
import { reachOf } from './reach.ts';
import { colleaguesOf, isOnShift, loadRoster, organisationOf } from './roster.ts';

/** Cases that a page lists at most. */
const MAX_LISTED = 20;

/** Short name of the person in a case; never derived from a number. */
export const aliasOf = (caseId: string): string => `Case ${caseId.slice(0, 6)}`;

/** Makes the link to a case in the console. */
export type LinkTo = (caseId: string) => string | null;

/** The desk as one member sees it. */
export async function readBoard(reader: Reader, actor: Actor, services: Services, linkTo: LinkTo): Promise<Board> {
  // Whether something private is there is no secret among those who see the channel.
  const seen = (await listOpenCases(reader)).filter((one) => maySeeCase(actor, { ...one, private: false }));
  const waiting = seen.filter((one) => one.status === 'waiting' && one.owner !== 'flow');
  const toItem = (one: OpenCase): BoardCase => ({
    caseId: one.id,
    alias: aliasOf(one.id),
    private: one.private,
    priority: one.priority,
    topic: one.private ? null : one.topic,
    language: one.private ? null : one.language,
    waitingSince: one.waitingSince ?? one.openedAt,
    link: linkTo(one.id),
  });
  const since = waiting.map((one) => one.waitingSince ?? one.openedAt);
  return {
    mine: seen.filter((one) => one.status === 'claimed' && one.assignee === actor.id).map(toItem),
    waiting: waiting.slice(0, MAX_LISTED).map(toItem),
    counts: {
      waiting: waiting.length,
      tickets: seen.filter((one) => one.status === 'waiting' && one.owner === 'flow').length,
      claimed: seen.filter((one) => one.status === 'claimed').length,
      private: seen.filter((one) => one.private).length,
    },
    languages: countLanguages(waiting),
    oldestSince: since.length === 0 ? null : Math.min(...since),
    duty: await dutyOf(reader, actor, services),
  };
}

function countLanguages(cases: OpenCase[]): Board['languages'] {
  const counts = new Map<string, number>();
  for (const { language, private: isPrivate } of cases) {
    if (language !== null && !isPrivate) counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  return [...counts].map(([language, count]) => ({ language, count })).sort((a, b) => b.count - a.count);
}

async function dutyOf(reader: Reader, actor: Actor, services: Services): Promise<Board['duty']> {
  const member = await loadStaff(reader, actor.id);
  return member ? isOnShift(await loadRoster(reader, services), member, services.clock()) : null;
}

/** What can be chosen for a case; null when there is no such case for this member. */
export async function readChoices(reader: Reader, actor: Actor, caseId: string, services: Services): Promise<CaseChoices | null> {
  const record = await loadCase(reader, caseId);
  const conversation = record && (await loadConversation(reader, record.conversationId));
  if (!record || !conversation || record.private || !maySeeCase(actor, record)) return null;
  const now = services.clock();
  const roster = await loadRoster(reader, services);
  const from = organisationOf(roster.desks, record.deskId);
  const colleagues = (await colleaguesOf(reader, roster, now)).filter(
    ({ member }) => member.id !== record.assignee && mayHandOver(from, member.organisationId) && mayTakeAtTheirs(member, record.private),
  );
  const { windowEndsAt, state, templates, smsAgreed } = await reachOf(reader, conversation, services, now);
  return {
    colleagues: colleagues.map(({ member, onShift, load }) => ({ id: member.id, alias: member.alias, onShift, load })),
    desks: roster.desks
      .filter(({ id, organisationId }) => id !== '' && id !== record.deskId && mayHandOver(from, organisationId))
      .map(({ id, name }) => ({ id, name })),
    windowEndsAt,
    open: state === 'open',
    templates: templates.map(({ id, text }) => ({ id, text })),
    smsAgreed,
  };
}
