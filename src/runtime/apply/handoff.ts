// A person is wanted: the request becomes a case, and the conversation joins the queue if people are on duty.
// Out of hours, or where no staff surface is configured, the case waits as a ticket and the flow keeps answering.
import type { EngineEvent } from '../../domain/event.ts';
import type { Session } from '../../domain/session.ts';
import { deskOpening } from '../../desk/opening.ts';
import { findOpenCase, latestCase, openCase, updateCase } from '../../store/cases.ts';
import { lastAnswered } from '../../store/cases-to-tell.ts';
import { newId } from '../../util/ids.ts';
import { endCase, hidePrivateTalk, takeUpCase } from '../case-steps.ts';
import { moveOwner, type Outcome } from './outcome.ts';

type HandoffEvent = Extract<EngineEvent, { type: 'handoff' }>;
const RANK = { normal: 0, urgent: 1, emergency: 2 } as const;

/** Opens a case, or raises the priority of the one that is open, and moves the conversation to the queue. */
export async function applyHandoff(outcome: Outcome, event: HandoffEvent): Promise<void> {
  const { tx, now, release, services, conversation, session } = outcome;
  const open = await findOpenCase(tx, conversation.id);
  const running = outcome.cause.kind === 'inbound' ? 1 : 0;
  if (open) {
    const priority = RANK[event.priority] > RANK[open.priority] ? event.priority : open.priority;
    // Staff who talk with the person already go on reading: it must not end because danger came up.
    const isPrivate = open.private || (event.private && open.status === 'waiting');
    await updateCase(tx, open.id, { priority, private: isPrivate, callback: open.callback || event.callback });
    if (conversation.owner === 'flow') await hidePrivateTalk(tx, open, conversation, services, running);
  } else {
    await openCase(tx, {
      id: newId(),
      conversationId: conversation.id,
      contactId: conversation.contactId,
      status: 'waiting',
      topic: event.topic,
      language: session.language,
      priority: event.priority,
      reason: event.reason,
      private: event.private,
      assignee: null,
      callback: event.callback,
      summary: event.private || conversation.keeping === 'session' ? null : summarise(session),
      openedAt: now,
      claimedAt: null,
      closedAt: null,
      threadRef: null,
      // What the person has written since waits for its turn, and is for staff.
      relayedSequence: await lastAnswered(tx, conversation.id, running),
    });
  }
  const { open: inHours } = deskOpening(release.settings.desk, release.settings.timezone, now);
  const staffed = event.private ? services.surface?.answersPrivate === true : services.staffed;
  await moveOwner(outcome, { type: 'handoff', open: inHours || event.priority === 'emergency', staffed });
  outcome.log.outcome = 'handed_over';
  outcome.after.cases = true;
  services.metrics.handoffs.inc({ reason: event.reason });
}

/** A closed conversation that is written to again: back to people soon after closing, else to the flow. */
export async function reopenCase(outcome: Outcome): Promise<void> {
  if (outcome.cause.kind !== 'inbound') return;
  const { tx, conversation, services } = outcome;
  const toStaff = outcome.cause.route.to === 'staff';
  const last = toStaff ? await latestCase(tx, conversation.id) : null;
  if (last) await takeUpCase(tx, last, services);
  await moveOwner(outcome, { type: 'person_wrote', hoursSinceClosed: toStaff ? 0 : Number.POSITIVE_INFINITY, open: toStaff });
}

/** The person gave up the place in line: nobody shall take the case any more. */
export async function leaveQueue(outcome: Outcome): Promise<void> {
  const { tx, conversation, services } = outcome;
  await moveOwner(outcome, { type: 'left_queue' });
  const open = await findOpenCase(tx, conversation.id);
  if (open?.status === 'waiting') await endCase(tx, open, services);
  outcome.after.cases = true;
}

/** What the flow has learned, for the first glance of the person who takes over. */
function summarise(session: Session): string {
  const answers = session.stack.flatMap((frame) =>
    Object.entries(frame.answers).map(
      ([name, value]) => `${frame.flow}.${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
    ),
  );
  return [...(session.facts.question ? [`“${session.facts.question}”`] : []), ...answers].join('\n');
}
