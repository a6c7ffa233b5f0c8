// Keeps a staff surface such as Slack in step with the desk's cases: announces them, shows who has them, relays what people write.
// Started by service.ts. What is still to be told is read from the store each round, so that an outage or a restart loses nothing.
import type { CaseNotice, CaseState, StaffSurface } from '../channels/staff-surface.ts';
import { isUnchanged, listCasesToTell, markShown, mayTell, type CaseToTell } from '../store/cases-to-tell.ts';
import { loadCase, setThread, updateCase } from '../store/cases.ts';
import { lockConversation } from '../store/conversations.ts';
import { rememberCopy } from '../store/provider-copies.ts';
import type { CaseRecord } from '../store/records.ts';
import type { Reader } from '../store/store.ts';
import { markEventsTold, markTold } from '../store/thread-news.ts';
import { aliasOf, type LinkTo } from './desk/board.ts';
import { createLease } from './lease.ts';
import { startLoop, type Loop } from './loop.ts';
import type { Services } from './services.ts';
import { listPosts, nameOf } from './thread-posts.ts';

const POLL_MS = 2000;
/** One node at a time writes to the threads; another takes over when it is silent for so long. */
const LEASE = 'tell staff';
const LEASE_MS = 20_000;
/** A post that the surface will never take must not hold up those after it. */
const MAX_TRIES = 3;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 5 * 60_000;

/** What a running connection remembers. */
interface Progress {
  /** Cases that are being told of. */
  busy: Map<string, Promise<void>>;
  /** Failed tries by post, and by case with the time of the next one. */
  tries: Map<string, number>;
  pauses: Map<string, { tries: number; until: number }>;
}

/** Starts telling. Woken when cases have news. A slow post holds up its own case only. */
export function startTellingStaff(surface: StaffSurface, services: Services, linkTo: LinkTo): Loop {
  const progress: Progress = { busy: new Map(), tries: new Map(), pauses: new Map() };
  const lease = createLease(LEASE, LEASE_MS, services);
  const loop = startLoop(
    'staff',
    async () => ((await lease.hold()) ? tellCases(surface, services, progress, linkTo, () => loop.wake()) : false),
    POLL_MS,
    services.log,
  );
  return {
    wake: loop.wake,
    async stop() {
      await loop.stop();
      await Promise.all(progress.busy.values());
      await lease.end();
    },
  };
}

async function tellCases(
  surface: StaffSurface,
  services: Services,
  progress: Progress,
  linkTo: LinkTo,
  wake: () => void,
): Promise<boolean> {
  const { busy, pauses } = progress;
  // What was being told of while the list was read stands there as it was before.
  const telling = new Set(busy.keys());
  const news = await services.store.read((reader) => listCasesToTell(reader));
  if (news.length > 0) surface.refresh();
  for (const id of pauses.keys()) if (!news.some(({ record }) => record.id === id)) pauses.delete(id);
  for (const one of news) {
    const { id } = one.record;
    if (telling.has(id) || busy.has(id) || (pauses.get(id)?.until ?? 0) > performance.now()) continue;
    const told = tellCase(surface, services, one, progress, linkTo)
      .catch((error: unknown) => void services.log.error({ case: id, error }, 'Staff could not be told of a case yet.'))
      .then((done) => {
        busy.delete(id);
        if (done === true) {
          pauses.delete(id);
          wake();
        } else pause(pauses, id);
      });
    busy.set(id, told);
  }
  return false;
}

function pause(pauses: Progress['pauses'], id: string): void {
  const tries = (pauses.get(id)?.tries ?? 0) + 1;
  pauses.set(id, { tries, until: performance.now() + Math.min(FIRST_PAUSE_MS * 2 ** (tries - 1), LONGEST_PAUSE_MS) });
}

/** Tells one case. True when all that was listed is told; false when some must be tried again later. */
async function tellCase(surface: StaffSurface, services: Services, news: CaseToTell, progress: Progress, linkTo: LinkTo): Promise<boolean> {
  const { record, version } = news;
  const { store } = services;
  let { threadRef } = record;
  const notice = noticeOf(news, linkTo);
  if (threadRef === null) {
    threadRef = await surface.announce(notice, () => store.read((reader) => isUnchanged(reader, record.id, version)));
    if (threadRef === null) return false;
    if (!(await keepThread(surface, services, news, threadRef))) return true;
  } else if (news.headIsOld) {
    const state = await store.read((reader) => stateOf(reader, record));
    const shown = await surface.showState(threadRef, notice, state);
    if (!shown && !givesUp(progress, `${record.id} ${version}`)) return false;
    await store.transaction((tx) => markShown(tx, record.id, version));
  }
  return news.tellUpTo === null && !news.hasNews ? true : relayPosts(surface, services, news, threadRef, progress);
}

/** Notes the thread with its case. False when the person was erased meanwhile: then the thread goes as well. */
function keepThread(
  surface: StaffSurface,
  { store, clock }: Services,
  { record, version }: CaseToTell,
  threadRef: string,
): Promise<boolean> {
  return store.transaction(async (tx) => {
    const conversation = await lockConversation(tx, record.conversationId);
    const now = await loadCase(tx, record.id);
    if (now) await setThread(tx, record.id, threadRef);
    if (now) await markEventsTold(tx, record.id, clock());
    // It was announced as waiting; if that is not what it is any more, the next round shows what is.
    if (now && record.status === 'waiting') await markShown(tx, record.id, version);
    if (!conversation || now?.status === 'closed') {
      await rememberCopy(tx, {
        contactId: conversation ? record.contactId : '',
        channel: surface.name,
        providerRef: threadRef,
        at: clock(),
      });
    }
    return conversation !== null;
  });
}

/** Posts what the thread has not had yet: messages, notes and events, in the order in which they came. */
async function relayPosts(
  surface: StaffSurface,
  services: Services,
  news: CaseToTell,
  threadRef: string,
  progress: Progress,
): Promise<boolean> {
  const { store } = services;
  const { record, tellUpTo } = news;
  const wanted = (): Promise<boolean> => store.read((reader) => mayTell(reader, record.id));
  const { posts, last } = await store.read((reader) => listPosts(reader, news, services));
  for (const { message, sequence, item } of posts) {
    if (message && !(await surface.relay(threadRef, message, wanted))) {
      if (!(await wanted())) return true;
      if (!givesUp(progress, message.id)) return false;
    }
    if (item) await store.transaction((tx) => markTold(tx, item, services.clock()));
    else if (!(await noteRelayed(surface, services, record, threadRef, sequence))) return true;
  }
  // Numbers whose messages are gone by their retention.
  if (tellUpTo !== null && record.status !== 'closed' && last === null && record.relayedSequence < tellUpTo)
    await noteRelayed(surface, services, record, threadRef, tellUpTo);
  return true;
}

/** Notes how far a thread has come. False when the person was erased meanwhile: then what was just posted goes as well. */
function noteRelayed(
  surface: StaffSurface,
  { store, clock }: Services,
  record: CaseRecord,
  threadRef: string,
  sequence: number,
): Promise<boolean> {
  return store.transaction(async (tx) => {
    const conversation = await lockConversation(tx, record.conversationId);
    if (conversation) await updateCase(tx, record.id, { relayedSequence: sequence });
    else await rememberCopy(tx, { contactId: '', channel: surface.name, providerRef: threadRef, at: clock(), eraseAt: clock() });
    return conversation !== null;
  });
}

/** Counts a failed try; true when it was the last. */
function givesUp({ tries }: Progress, post: string): boolean {
  const count = (tries.get(post) ?? 0) + 1;
  if (count >= MAX_TRIES) tries.delete(post);
  else tries.set(post, count);
  return count >= MAX_TRIES;
}

/** Whose name stands at the head: those with an account by their alias. */
async function stateOf(reader: Reader, { status, assignee, closedBy }: CaseRecord): Promise<CaseState> {
  const by = await nameOf(reader, status === 'closed' ? (closedBy ?? assignee) : assignee);
  if (status === 'closed') return { status, by };
  return status === 'claimed' ? { status, by: by ?? '' } : { status };
}

function noticeOf({ record, channel }: CaseToTell, linkTo: LinkTo): CaseNotice {
  const { id, priority, topic, language, reason, callback, summary, openedAt } = record;
  return {
    caseId: id,
    alias: aliasOf(id),
    private: record.private,
    priority,
    topic,
    language,
    channel,
    reason,
    callback,
    summary,
    openedAt,
    link: linkTo(id),
  };
}
