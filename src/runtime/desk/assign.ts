// The desk's round: tickets join the line when somebody is there, cases that wait are offered or given to whoever fits best,
// and what somebody leaves who went off duty goes to others. Started by service.ts; one node at a time does it.
// Each case is changed in a transaction of its own, under its conversation's lock, by what is true then.
import { inOrder, matchCase, type Colleague } from '../../desk/routing.ts';
import { dutyNow } from '../../desk/shifts.ts';
import { lastAssignee } from '../../store/assignments.ts';
import { addCaseEvent } from '../../store/case-events.ts';
import { loadCase, updateCase } from '../../store/cases.ts';
import { lockConversation } from '../../store/conversations.ts';
import { listInLine, listLeftBehind, listTickets } from '../../store/line.ts';
import type { CaseRecord } from '../../store/records.ts';
import type { Reader, Tx } from '../../store/store.ts';
import { createLease } from '../lease.ts';
import { startLoop, type Loop } from '../loop.ts';
import { nothingYet, type AfterCommit, type Services } from '../services.ts';
import { leaveBehind } from './due.ts';
import { giveTo, joinLine, moveOwner, type InHand } from './hands.ts';
import { colleaguesOf, deskFor, loadRoster, openingOf, toRouted, type Roster } from './roster.ts';
import { sayOnce } from './say.ts';

const POLL_MS = 2000;
/** However often cases change, everything that waits is looked at once in so long. */
const GATHER_MS = 1000;
const LEASE = 'desk';
const LEASE_MS = 20_000;
/** Whoever wrote so lately looks at the conversation: they hear that it is with people now. */
const PRESENT_MS = 30 * 60_000;

/** Starts the round. Woken when cases have news. */
export function startAssigning(services: Services, afterCommit: (after: AfterCommit) => void): Loop {
  const lease = createLease(LEASE, LEASE_MS, services);
  const round = async (): Promise<boolean> => (await lease.hold()) && (await assignCases(services, afterCommit), false);
  const loop = startLoop('desk', round, POLL_MS, services.log, GATHER_MS);
  return {
    wake: loop.wake,
    async stop() {
      await loop.stop();
      await lease.end();
    },
  };
}

/** One round over everything that waits. Returns how many cases were changed. */
export async function assignCases(services: Services, afterCommit: (after: AfterCommit) => void): Promise<number> {
  const { store, clock } = services;
  const now = clock();
  const roster = await store.read((reader) => loadRoster(reader, services));
  let changed = 0;
  const change = async (one: CaseRecord, step: (hand: InHand) => Promise<boolean>): Promise<boolean> => {
    const done = await changeCase(services, afterCommit, one, step);
    if (done) changed += 1;
    return done;
  };
  for await (const one of paged(services, listTickets)) if (isOpenFor(roster, one, now)) await change(one, joinAtOpening);
  for await (const one of paged(services, listLeftBehind)) if (isLeft(roster, one, now)) await change(one, takeFrom);
  let colleagues: Colleague[] | null = null;
  for await (const one of paged(services, listInLine)) {
    colleagues ??= await store.read((reader) => colleaguesOf(reader, roster, now));
    // Whoever comes later in the line would find nobody either.
    if (!colleagues.some(hasRoom)) break;
    const had = one.claimedAt === null ? null : await store.read((reader) => lastAssignee(reader, one.id));
    await offer(one, { roster, colleagues, had }, change);
  }
  return changed;
}

/** Cases of one list in the order in which they are dealt with, page by page as they are asked for. */
async function* paged(
  { store }: Services,
  list: (reader: Reader, after?: CaseRecord) => Promise<CaseRecord[]>,
): AsyncGenerator<CaseRecord> {
  let last: CaseRecord | undefined;
  do {
    const page = await store.read((reader) => list(reader, last));
    yield* inOrder(page);
    last = page.at(-1);
  } while (last);
}

/**
 * Finds who fits, and counts what they get, so that one round does not give everything to the same person. Whoever had the case
 * last comes into question when nobody else fits: they gave it back, or did not answer.
 */
async function offer(
  one: CaseRecord,
  { roster, colleagues, had }: { roster: Roster; colleagues: Colleague[]; had: string | null },
  change: (one: CaseRecord, step: (hand: InHand) => Promise<boolean>) => Promise<boolean>,
): Promise<void> {
  const desk = deskFor(roster, one);
  const routed = { ...toRouted(one), deskId: desk.id === '' ? null : desk.id };
  const others = matchCase(
    colleagues.filter(({ member }) => member.id !== had),
    routed,
  );
  const match = others.kind === 'nobody' && had !== null ? matchCase(colleagues, routed) : others;
  if (match.kind === 'nobody') return;
  const { staffId } = match;
  const chosen = colleagues.find(({ member }) => member.id === staffId);
  const assign = desk.autoAssign && match.interpreter === 'not_needed';
  const wanted = assign || one.offeredTo === null || !isFree(colleagues, one.offeredTo);
  const done = wanted && (await change(one, (hand) => (assign ? give(hand, staffId) : offerTo(hand, staffId))));
  if (chosen && (done || one.offeredTo === staffId)) chosen.load += 1;
}

const hasRoom = ({ member, onShift, load }: Colleague): boolean => onShift && load < member.capacity;
const isFree = (colleagues: readonly Colleague[], staffId: string): boolean =>
  colleagues.some((one) => one.member.id === staffId && hasRoom(one));

/** Whoever went to the menu meanwhile is not taken out of it: their case is offered. */
async function give(hand: InHand, staffId: string): Promise<boolean> {
  if (hand.record.status !== 'waiting') return false;
  if (hand.conversation.owner !== 'queue') return offerTo(hand, staffId);
  return (await giveTo(hand, staffId, { owner: { type: 'assign' }, event: 'assigned', by: null })) === null;
}

async function offerTo({ tx, record, now }: InHand, staffId: string): Promise<boolean> {
  if (record.status !== 'waiting' || record.offeredTo === staffId) return false;
  await updateCase(tx, record.id, { offeredTo: staffId });
  await addCaseEvent(tx, { caseId: record.id, kind: 'offered', toRef: staffId, at: now });
  return true;
}

const isOpenFor = (roster: Roster, one: CaseRecord, now: number): boolean => openingOf(roster, deskFor(roster, one), one.private, now).open;

/** The desk is open: a ticket takes its place in the line. Whoever is there hears it; nobody is written to out of the blue. */
async function joinAtOpening(hand: InHand): Promise<boolean> {
  const { record, conversation, now } = hand;
  if (record.status !== 'waiting' || record.queuedAt !== null) return false;
  if (conversation.owner === 'stopped') return false;
  if (await moveOwner(hand, { type: 'opening' })) return false;
  await joinLine(hand);
  const isThere = now - (conversation.lastInboundAt ?? 0) < PRESENT_MS;
  if (isThere) await sayOnce(hand, 'system:queue_still');
  return true;
}

/** Off duty by hand, or the account is off. Shifts that end have a deadline of their own; whoever claims off shift keeps it. */
function isLeft(roster: Roster, { assignee }: CaseRecord, now: number): boolean {
  const member = roster.staff.find(({ id }) => id === assignee);
  return member === undefined || dutyNow(member, now) === false;
}

async function takeFrom(hand: InHand): Promise<boolean> {
  if (hand.record.status === 'claimed') await leaveBehind(hand);
  return hand.conversation.owner === 'queue';
}

async function changeCase(
  services: Services,
  afterCommit: (after: AfterCommit) => void,
  one: CaseRecord,
  step: (hand: InHand) => Promise<boolean>,
): Promise<boolean> {
  const { store, log, clock } = services;
  let after = nothingYet();
  try {
    const changed = await store.transaction(async (tx: Tx) => {
      after = nothingYet();
      const conversation = await lockConversation(tx, one.conversationId);
      const record = conversation && (await loadCase(tx, one.id));
      return record ? step({ tx, now: clock(), record, conversation, services, after }) : false;
    });
    if (changed) afterCommit({ ...after, cases: true });
    return changed;
  } catch (error) {
    // One case must not hold up the others; the next round tries again.
    log.error({ case: one.id, error }, 'A case could not be routed.');
    return false;
  }
}
