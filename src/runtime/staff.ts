// What staff do on a surface such as Slack: claim a case, close it, send a message to the person.
// Connected by service.ts on every node, also on one that only serves HTTP. Telling staff is tell-staff.ts's.
import { nextOwner } from '../desk/ownership.ts';
import type { StaffHandlers, StaffOutcome, StaffSurface } from '../channels/staff-surface.ts';
import { claimCase, findCaseByThread, loadCase, updateCase } from '../store/cases.ts';
import { replyAddress } from '../store/contacts.ts';
import { changeOwner, loadConversation, lockConversation } from '../store/conversations.ts';
import { hasMessage } from '../store/messages.ts';
import type { CaseRecord, Conversation } from '../store/records.ts';
import { currentEpisode, saveEpisode } from '../store/request-log.ts';
import type { Tx } from '../store/store.ts';
import { endCase, hidePrivateTalk } from './case-steps.ts';
import { queueLines } from './queue-lines.ts';
import { nothingYet, type AfterCommit, type Services } from './services.ts';

const HOUR_MS = 3_600_000;
const CLOSED = 'This case is closed. It opens again when the person writes.';
const GONE = 'There is no such case any more: the person may have deleted their data.';
const PRIVATE = 'This case is private and cannot be answered here.';
const IN_PRIVATE = 'The person is in the private part of the line just now. Please try again later.';
const OFF = 'The channel that the person writes on is switched off. Nothing was sent.';
const MOVED = 'The conversation has just changed hands. Please try again.';

/** What one action works on, all of it locked. */
interface Act {
  tx: Tx;
  record: CaseRecord;
  conversation: Conversation;
  staff: string;
  surface: StaffSurface;
  services: Services;
  after: AfterCommit;
}

/**
 * Connects a surface: from now on staff reach people.
 * @param afterCommit called after every commit with what is to be done outside the database.
 * @returns resolves when nothing that staff asked for is under way.
 */
export function connectStaff(surface: StaffSurface, services: Services, afterCommit: (after: AfterCommit) => void): () => Promise<void> {
  const { store } = services;
  const running = new Set<Promise<unknown>>();

  async function run(caseId: string, staff: string, work: (act: Act) => Promise<StaffOutcome>): Promise<StaffOutcome> {
    const after = { ...nothingYet(), cases: true };
    const outcome = await store.transaction(async (tx): Promise<StaffOutcome> => {
      const found = await loadCase(tx, caseId);
      const conversation = found && (await lockConversation(tx, found.conversationId));
      // Only under the lock is it certain who has the case.
      const record = conversation && (await loadCase(tx, caseId));
      return record ? work({ tx, record, conversation, staff, surface, services, after }) : { ok: false, reason: GONE };
    });
    afterCommit(after);
    await tellPerson(services, caseId).catch((error: unknown) =>
      services.log.warn({ case: caseId, error }, 'An open web chat was not told that its case changed.'),
    );
    return outcome;
  }

  function act(caseId: string, staff: string, work: (act: Act) => Promise<StaffOutcome>): Promise<StaffOutcome> {
    const outcome = run(caseId, staff, work).finally(() => running.delete(outcome));
    running.add(outcome);
    return outcome;
  }

  const handlers: StaffHandlers = {
    caseOfThread: async (threadRef) => {
      const record = await store.read((reader) => findCaseByThread(reader, threadRef));
      return record && { caseId: record.id, private: record.private };
    },
    claim: (caseId, staff) => act(caseId, staff, claim),
    close: (caseId, staff) => act(caseId, staff, close),
    sendToPerson: (caseId, text, staff, messageId) => act(caseId, staff, (action) => send(action, text, `staff:${messageId}`)),
  };
  surface.connect(handlers);
  return async () => void (await Promise.allSettled(running));
}

async function claim(act: Act): Promise<StaffOutcome> {
  const { record, staff } = act;
  if (record.status === 'closed') return { ok: false, reason: CLOSED };
  if (record.status === 'claimed' && record.assignee !== staff) {
    return { ok: false, reason: 'A colleague has this case.', ...(record.assignee === null ? {} : { takenBy: record.assignee }) };
  }
  return takeOver(act, 'claim');
}

async function close({ tx, record, conversation, staff, services, after }: Act): Promise<StaffOutcome> {
  if (!(await endCase(tx, record, services))) return { ok: true };
  if (record.assignee !== staff) await updateCase(tx, record.id, { assignee: staff });
  services.log.info({ case: record.id, by: staff }, 'A case was closed.');
  const change = nextOwner(conversation.owner, { type: 'close' });
  if ('refused' in change) return { ok: true };
  const epoch = await changeOwner(tx, conversation.id, { fromEpoch: conversation.epoch, owner: change.owner, assignee: null });
  if (epoch === null) return { ok: true };
  const closing = [{ text: { key: 'system:goodbye' } }];
  await queueLines(
    tx,
    { ...conversation, owner: change.owner, epoch },
    closing,
    { kind: 'system', release: services.releases.current() },
    services,
    after,
  );
  return { ok: true };
}

async function send(act: Act, text: string, id: string): Promise<StaffOutcome> {
  const { tx, record, conversation, services, after } = act;
  if (await hasMessage(tx, id)) return { ok: true };
  if (record.status === 'closed') return { ok: false, reason: CLOSED };
  if (!services.channels.has(conversation.channel)) return { ok: false, reason: OFF };
  const taken = await takeOver(act, 'staff_message');
  if (!taken.ok) return taken;
  const now = await lockConversation(tx, conversation.id);
  if (now)
    await queueLines(tx, now, [{ text: { literal: text } }], { kind: 'staff', id, release: services.releases.current() }, services, after);
  return { ok: true };
}

/** The conversation is this caseworker's: the case is claimed, the epoch grows, what the flow had queued is cancelled. */
async function takeOver(act: Act, by: 'claim' | 'staff_message'): Promise<StaffOutcome> {
  const { tx, record, conversation, staff, surface, services } = act;
  const now = services.clock();
  const change = nextOwner(conversation.owner, { type: by });
  if ('refused' in change) return { ok: false, reason: change.refused };
  if (!surface.answersPrivate) {
    if (record.private) return { ok: false, reason: PRIVATE };
    if (conversation.owner === 'flow' && inPrivateLane(act, now)) return { ok: false, reason: IN_PRIVATE };
  }
  if (conversation.owner === 'flow') await hidePrivateTalk(tx, record, conversation, services, 0);
  if (record.status === 'waiting') {
    if (!(await claimCase(tx, record.id, staff, now))) return { ok: false, reason: MOVED };
    const episode = await currentEpisode(tx, conversation.id);
    if (episode) await saveEpisode(tx, { ...episode, secondsToPerson: Math.round((now - record.openedAt) / 1000) });
  } else if (record.assignee !== staff) await updateCase(tx, record.id, { assignee: staff });
  if (change.changed || conversation.assignee !== staff) {
    const epoch = await changeOwner(tx, conversation.id, { fromEpoch: conversation.epoch, owner: change.owner, assignee: staff });
    if (epoch === null) return { ok: false, reason: MOVED };
  }
  return { ok: true };
}

/** Whether the person talks with the flow of the private lane just now. */
function inPrivateLane({ conversation, services }: Act, now: number): boolean {
  const { session_hours } = services.releases.current().settings.retention;
  return conversation.private && now - (conversation.lastInboundAt ?? 0) < session_hours * HOUR_MS;
}

/** A web chat shows who answers: it looks again. */
async function tellPerson({ store, hub }: Services, caseId: string): Promise<void> {
  const person = await store.read(async (reader) => {
    const record = await loadCase(reader, caseId);
    const conversation = record && (await loadConversation(reader, record.conversationId));
    const to = conversation && (await replyAddress(reader, conversation.contactId, conversation.channel));
    return to && { channel: conversation.channel, to };
  });
  if (person) hub.publish(person.channel, person.to);
}
