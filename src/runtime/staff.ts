// Between the desk's cases and a staff surface such as Slack: announces cases, relays what people write, carries out what staff do.
// What is still to be told is read from the store each round, so that an outage or a restart loses nothing.
import { nextOwner } from '../desk/ownership.ts';
import type { CaseMessage, CaseNotice, CaseState, StaffHandlers, StaffOutcome, StaffSurface } from '../channels/staff-surface.ts';
import { claimCase, closeCase, findCaseByThread, listOpenCases, loadCase, setThread, updateCase } from '../store/cases.ts';
import { replyAddress } from '../store/contacts.ts';
import { changeOwner, loadConversation, lockConversation } from '../store/conversations.ts';
import { hasMessage, listMessages } from '../store/messages.ts';
import type { CaseRecord, Conversation } from '../store/records.ts';
import { currentEpisode, saveEpisode } from '../store/request-log.ts';
import type { Tx } from '../store/store.ts';
import { startLoop, type Loop } from './loop.ts';
import { queueLines } from './queue-lines.ts';
import { nothingYet, type AfterCommit, type Services } from './services.ts';

const POLL_MS = 2000;
const CLOSED = 'This case is closed.';
const GONE = 'There is no such case any more: the person may have deleted their data.';

/** Connects a surface: from now on cases reach staff and staff reach people. The loop is woken when cases have news. */
export function connectStaff(surface: StaffSurface, services: Services, afterCommit: (after: AfterCommit) => void): Loop {
  const progress: Progress = { busy: new Set(), failures: new Map() };
  const loop = startLoop('staff', () => tellCases(surface, services, progress), POLL_MS, services.log);
  surface.connect(createHandlers(surface, services, (after) => {
    afterCommit(after);
    loop.wake();
  }));
  return loop;
}

/** Tells the surface of every open case what it does not know yet. A slow post holds up its own case only. */
async function tellCases(surface: StaffSurface, services: Services, progress: Progress): Promise<boolean> {
  const { busy } = progress;
  const cases = await services.store.read((reader) => listOpenCases(reader));
  for (const record of cases) {
    if (busy.has(record.id)) continue;
    busy.add(record.id);
    void tellCase(surface, services, record, progress)
      .catch((error: unknown) => services.log.error({ case: record.id, error }, 'Staff could not be told of a case yet.'))
      .finally(() => busy.delete(record.id));
  }
  return false;
}

async function tellCase(surface: StaffSurface, services: Services, record: CaseRecord, progress: Progress): Promise<void> {
  const { store } = services;
  let threadRef = record.threadRef;
  if (threadRef === null) {
    const notice = await noticeOf(services, record);
    threadRef = notice && (await surface.announce(notice));
    if (threadRef === null) return;
    const ref = threadRef;
    await store.transaction((tx) => setThread(tx, record.id, ref));
  }
  if (record.private) return;
  const messages = await store.read((reader) => listMessages(reader, record.conversationId, record.relayedSequence));
  for (const { id, from, text, sequence } of messages) {
    const message: CaseMessage = { id, from, text };
    // What staff sent from the surface stands in the thread already.
    const own = from === 'staff' && id.startsWith('staff:');
    if (!own && text !== '' && !(await relay(surface, threadRef, message, progress))) return;
    await store.transaction((tx) => updateCase(tx, record.id, { relayedSequence: sequence }));
  }
}

/** What a running connection remembers: cases that are being told of, and failed tries by message. */
interface Progress {
  busy: Set<string>;
  failures: Map<string, number>;
}

/** A post that the surface will never take must not hold up those after it. */
const MAX_RELAYS = 3;

async function relay(surface: StaffSurface, threadRef: string, message: CaseMessage, { failures }: Progress): Promise<boolean> {
  const told = await surface.relay(threadRef, message);
  const tries = told ? 0 : (failures.get(message.id) ?? 0) + 1;
  if (tries === 0 || tries >= MAX_RELAYS) failures.delete(message.id);
  else failures.set(message.id, tries);
  return tries === 0 || tries >= MAX_RELAYS;
}

function createHandlers(surface: StaffSurface, services: Services, afterCommit: (after: AfterCommit) => void): StaffHandlers {
  const { store } = services;

  async function act(caseId: string, work: (tx: Tx, record: CaseRecord, conversation: Conversation, after: AfterCommit) => Promise<StaffOutcome>): Promise<StaffOutcome> {
    const after = nothingYet();
    const outcome = await store.transaction(async (tx): Promise<StaffOutcome> => {
      const record = await loadCase(tx, caseId);
      const conversation = record && (await lockConversation(tx, record.conversationId));
      return record && conversation ? work(tx, record, conversation, after) : { ok: false, reason: GONE };
    });
    afterCommit(after);
    await show(surface, services, caseId);
    await tellPerson(services, caseId);
    return outcome;
  }

  return {
    caseOfThread: async (threadRef) => {
      const record = await store.read((reader) => findCaseByThread(reader, threadRef));
      return record && { caseId: record.id, private: record.private };
    },
    claim: (caseId, staff) =>
      act(caseId, async (tx, record, conversation) => {
        if (record.status === 'closed') return { ok: false, reason: CLOSED };
        if (record.status === 'claimed') return record.assignee === staff ? { ok: true } : { ok: false, reason: `This case is with ${record.assignee}.` };
        return takeOver(tx, record, conversation, staff, 'claim', services);
      }),
    close: (caseId, staff) =>
      act(caseId, async (tx, record, conversation, after) => {
        if (record.status === 'closed') return { ok: false, reason: CLOSED };
        await closeCase(tx, caseId, services.clock());
        services.log.info({ case: caseId, by: staff }, 'A case was closed.');
        const change = nextOwner(conversation.owner, { type: 'close' });
        if ('refused' in change) return { ok: true };
        const epoch = await changeOwner(tx, conversation.id, { fromEpoch: conversation.epoch, owner: change.owner, assignee: null });
        if (epoch !== null) {
          const closing = [{ text: { key: 'system:goodbye' } }];
          await queueLines(tx, { ...conversation, owner: change.owner, epoch }, closing, { kind: 'system', release: services.releases.current() }, services, after);
        }
        return { ok: true };
      }),
    sendToPerson: (caseId, text, staff, messageId) =>
      act(caseId, async (tx, record, conversation, after) => {
        const id = `staff:${messageId}`;
        if (await hasMessage(tx, id)) return { ok: true };
        if (record.status === 'closed') return { ok: false, reason: `${CLOSED} It opens again when the person writes.` };
        const taken = await takeOver(tx, record, conversation, staff, 'staff_message', services);
        if (!taken.ok) return taken;
        const now = await lockConversation(tx, conversation.id);
        if (now) await queueLines(tx, now, [{ text: { literal: text } }], { kind: 'staff', id, release: services.releases.current() }, services, after);
        return { ok: true };
      }),
  };
}

/** The conversation is this caseworker's: the case is claimed, the epoch grows, what the flow had queued is cancelled. */
async function takeOver(tx: Tx, record: CaseRecord, conversation: Conversation, staff: string, by: 'claim' | 'staff_message', services: Services): Promise<StaffOutcome> {
  const change = nextOwner(conversation.owner, { type: by });
  if ('refused' in change) return { ok: false, reason: change.refused };
  const now = services.clock();
  if (record.status === 'waiting') {
    if (!(await claimCase(tx, record.id, staff, now))) return { ok: false, reason: 'Someone else has just taken this case.' };
    const episode = await currentEpisode(tx, conversation.id);
    if (episode) await saveEpisode(tx, { ...episode, secondsToPerson: Math.round((now - record.openedAt) / 1000) });
  }
  if (change.changed || conversation.assignee !== staff) {
    const epoch = await changeOwner(tx, conversation.id, { fromEpoch: conversation.epoch, owner: change.owner, assignee: staff });
    if (epoch === null) return { ok: false, reason: 'The conversation has just changed hands. Try again.' };
  }
  return { ok: true };
}

async function show(surface: StaffSurface, services: Services, caseId: string): Promise<void> {
  const record = await services.store.read((reader) => loadCase(reader, caseId));
  if (!record?.threadRef) return;
  const notice = await noticeOf(services, record);
  const state: CaseState =
    record.status === 'closed' ? { status: 'closed', by: record.assignee } : record.status === 'claimed' ? { status: 'claimed', by: record.assignee ?? '' } : { status: 'waiting' };
  // Not awaited: staff must be answered at once, and the surface repeats by itself.
  if (notice) void surface.showState(record.threadRef, notice, state);
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

async function noticeOf(services: Services, record: CaseRecord): Promise<CaseNotice | null> {
  const conversation = await services.store.read((reader) => loadConversation(reader, record.conversationId));
  if (!conversation) return null;
  const { id, priority, topic, language, reason, callback, summary, openedAt } = record;
  return { caseId: id, alias: `Case ${id.slice(0, 6)}`, private: record.private, priority, topic, language, channel: conversation.channel, reason, callback, summary, openedAt, link: null };
}
