// A person is wanted: the request becomes a case, and the conversation joins the queue if people are on duty.
// Out of hours, or where nobody is there, the case waits as a ticket and the flow keeps answering.
import type { EngineEvent } from '../../domain/event.ts';
import { dueAt, higherPriority } from '../../desk/priority.ts';
import { complaintTopics, withoutComplaint } from '../../engine/complaint-flows.ts';
import { addCaseEvent } from '../../store/case-events.ts';
import { findOpenCase, latestCase, updateCase } from '../../store/cases.ts';
import type { CaseRecord } from '../../store/records.ts';
import { endCase, hidePrivateTalk, takeUpCase } from '../case-steps.ts';
import { openCaseOf } from '../desk/open-case.ts';
import { giveTo, joinLine, moveOwner, putInLine } from '../desk/hands.ts';
import { deskFor, loadRoster, openingOf, type Roster } from '../desk/roster.ts';
import { inHand, moveOwnerOf, type Outcome } from './outcome.ts';

type HandoffEvent = Extract<EngineEvent, { type: 'handoff' }>;

/** Opens a case, or raises the priority of the one that is open, and moves the conversation to the queue. */
export async function applyHandoff(outcome: Outcome, event: HandoffEvent): Promise<void> {
  const { tx, now, services, conversation } = outcome;
  const open = await findOpenCase(tx, conversation.id);
  const roster = await loadRoster(tx, services);
  const record = open ? await raise(outcome, open, event) : await openFor(outcome, event, roster);
  const opening = openingOf(roster, deskFor(roster, record), record.private, now);
  const hand = inHand(outcome, record);
  const called = { type: 'handoff', open: opening.open || event.priority === 'emergency', staffed: opening.staffed } as const;
  await moveOwner(hand, called);
  if (hand.conversation.owner === 'queue' && conversation.owner !== 'queue') {
    // Somebody had it until the person stopped the line: now it is whoever's comes first.
    if (record.status === 'claimed') await putInLine(hand, { owner: called, event: 'queued', by: null });
    else await joinLine(hand);
  }
  outcome.conversation = hand.conversation;
  outcome.log.outcome = 'handed_over';
  outcome.after.cases = true;
  services.metrics.handoffs.inc({ reason: event.reason });
}

async function openFor(outcome: Outcome, event: HandoffEvent, roster: Roster): Promise<CaseRecord> {
  const { tx, services, conversation, session } = outcome;
  const { priority, reason, callback, responderGender } = event;
  const isComplaint = complaintTopics(outcome.release.program).has(event.topic?.split('.')[0] ?? '');
  const wish = {
    priority,
    // Whoever takes it may be the one that the complaint is about.
    topic: isComplaint ? null : event.topic,
    reason,
    callback,
    private: event.private,
    language: session.language,
    locality: session.facts.locality,
    genderWanted: responderGender === 'woman' || responderGender === 'man' ? responderGender : null,
    summary: event.private || conversation.keeping === 'session' ? null : summarise(outcome),
    running: runningOf(outcome),
  };
  return openCaseOf(tx, conversation, wish, roster, services);
}

async function raise(outcome: Outcome, open: CaseRecord, event: HandoffEvent): Promise<CaseRecord> {
  const { tx, conversation, services } = outcome;
  const priority = higherPriority(open.priority, event.priority);
  const { responderGender } = event;
  const change = {
    priority,
    dueAt: dueAt(priority, open.openedAt),
    // Staff who talk with the person already go on reading: it must not end because danger came up.
    private: open.private || (event.private && open.status === 'waiting'),
    callback: open.callback || event.callback,
    genderWanted: responderGender === undefined ? open.genderWanted : responderGender === 'any' ? null : responderGender,
  };
  await updateCase(tx, open.id, change);
  if (conversation.owner === 'flow') await hidePrivateTalk(tx, open, conversation, services, runningOf(outcome));
  return { ...open, ...change };
}

const runningOf = ({ cause }: Outcome): number => (cause.kind === 'inbound' ? 1 : 0);

/** A closed conversation that is written to again: soon after closing to whoever had it or into the line, else to the flow. */
export async function reopenCase(outcome: Outcome): Promise<void> {
  if (outcome.cause.kind !== 'inbound') return;
  const { tx, conversation, services, cause } = outcome;
  const { to, owner } = cause.route;
  const last = to === 'staff' ? await latestCase(tx, conversation.id) : null;
  const wrote = { type: 'person_wrote', hoursSinceClosed: 0, open: true } as const;
  if (!last) return moveOwnerOf(outcome, { ...wrote, hoursSinceClosed: Number.POSITIVE_INFINITY });
  await takeUpCase(tx, last, services);
  const again = { status: 'waiting' as const, assignee: null, closedAt: null, closedBy: null, outcome: null, waitingSince: outcome.now };
  const hand = inHand(outcome, { ...last, ...again });
  await updateCase(tx, last.id, { waitingSince: outcome.now });
  const same = owner === 'staff' ? last.assignee : null;
  if (same === null) await putInLine(hand, { owner: wrote, event: 'reopened', by: null });
  else await giveTo(hand, same, { owner: { ...wrote, same: true }, event: 'reopened', by: null });
  outcome.conversation = hand.conversation;
}

/** The person gave up the place in line: nobody shall take the case any more. */
export async function leaveQueue(outcome: Outcome): Promise<void> {
  const { tx, conversation, services, now } = outcome;
  await moveOwnerOf(outcome, { type: 'left_queue' });
  const open = await findOpenCase(tx, conversation.id);
  if (open?.status === 'waiting' && (await endCase(tx, open, services))) {
    await updateCase(tx, open.id, { waitingSince: null, offeredTo: null });
    await addCaseEvent(tx, { caseId: open.id, kind: 'left', at: now });
  }
  outcome.after.cases = true;
}

/** What the flow has learned, for the first glance of the person who takes over, who may be the one that a complaint is about. */
function summarise({ session, release }: Outcome): string {
  const answers = withoutComplaint(release.program, session.stack).flatMap((frame) =>
    Object.entries(frame.answers).map(
      ([name, value]) => `${frame.flow}.${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
    ),
  );
  return [...(session.facts.question ? [`“${session.facts.question}”`] : []), ...answers].join('\n');
}
