// The running service: the context that channels get, the loops that answer, send, wait and tidy, and their orderly end.
// Made by app.ts from concrete parts; the HTTP server is mounted on top of it.
import type { Channel, ChannelContext } from '../channels/channel.ts';
import type { StaffSurface } from '../channels/staff-surface.ts';
import { findOpenCase } from '../store/cases.ts';
import { findConversation } from '../store/conversations.ts';
import { inboxAge } from '../store/inbox.ts';
import { listMessages, setDelivery } from '../store/messages.ts';
import type { Store } from '../store/store.ts';
import { placeInLine } from '../store/waits.ts';
import { steadyClock, type Clock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';
import { shareForASecond } from '../util/share-for-a-second.ts';
import { createAdmission, type InboxLimits } from './admission.ts';
import { startDelivery } from './deliver.ts';
import { startHousekeeping } from './housekeeping.ts';
import { createHub } from './hub.ts';
import { startLoop, type Loop } from './loop.ts';
import { createLoopGuard } from './loop-guard.ts';
import { timeCommits } from './measure.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { createOutboxLimit } from './outbox-limit.ts';
import { createReceiver } from './receive.ts';
import { startReconciling, type Reconciliation } from './reconcile.ts';
import type { Releases } from './releases.ts';
import type { AfterCommit, Services } from './services.ts';
import type { ServiceSettings } from './settings.ts';
import { startAssigning } from './desk/assign.ts';
import { createContentActions, type ContentActions } from './content/content-actions.ts';
import { createDeskActions } from './desk/actions.ts';
import { createComplaintActions, type ComplaintActions } from './desk/complaints.ts';
import type { DeskActions } from './desk/desk.ts';
import { createReferralActions, type ReferralActions } from './desk/referrals.ts';
import { connectStaff } from './staff.ts';
import { startTellingStaff } from './tell-staff.ts';
import { startTimers } from './timers.ts';
import { startWorker } from './worker.ts';

/** Loops in which one node of all works under a lease: it may be another one than where the work came up. */
const ONE_NODES_WORK: ReadonlySet<string> = new Set(['delivery', 'staff', 'desk']);

/** An acknowledged message that waits this long means that nobody answers: no more traffic should come here. */
const STUCK_MS = 120_000;
const SEND_LEASE_MS = 60_000;
/** Where no list is read now, but may be again. */
const LISTED_MS = 72 * 3_600_000;
/** How often a node looks for a release that it was not told of: one that a command has taken in, or when a signal got lost. */
const RELEASES_POLL_MS = 5000;

export interface ServiceOptions {
  store: Store;
  releases: Releases;
  clock: Clock;
  /** The steady clock unless it is a test's. */
  steady?: Clock | undefined;
  /** A minute unless told otherwise. */
  sendLeaseMs?: number | undefined;
  log: Log;
  publicUrl: string;
  /** A staff surface is configured. */
  staffed: boolean;
  /** What may wait for its answer before new messages are refused. */
  inboxLimits: InboxLimits;
  /** Lines of one channel that may wait for sending before its turns are held. */
  outboxLimit: number;
  /** When providers are asked for what never reached us; null for never. */
  reconciliation?: Reconciliation | null;
}

export interface Service {
  context: ChannelContext;
  services: Services;
  metrics: Metrics;
  /** What staff can do with a case, from any surface. */
  desk: DeskActions;
  referrals: ReferralActions;
  content: ContentActions;
  complaints: ComplaintActions;
  /** Called once by app.ts for each channel that could be opened. */
  addChannel(channel: Channel): void;
  /** Called once by app.ts when a staff surface is configured: what staff do is answered from now on, whatever else runs. */
  connectStaff(surface: StaffSurface): void;
  /** A web node answers nobody itself: it takes messages in, keeps web chats in step and lets staff in. */
  start(role?: ServiceSettings['role']): void;
  /** Stops taking work, finishes what runs. */
  stop(): Promise<void>;
  /** Every part must be true for the service to be ready. */
  readiness(): Promise<{ database: boolean; migrations: boolean; disk: boolean; queue: boolean; accepting: boolean }>;
}

/** Puts the runtime together. Nothing runs before start(). */
export function createService(options: ServiceOptions): Service {
  const { releases, clock, log, publicUrl, staffed } = options;
  const metrics = createMetrics();
  const store = timeCommits(options.store, metrics.gauges);
  const steady = options.steady ?? steadyClock;
  const signals = store.openSignals((name) => hear(name));
  const hub = createHub(store.deriveKey('hub'), (key) => signals.send(key));
  const services: Services = {
    store,
    releases,
    channels: new Map(),
    clock,
    steady,
    sendLeaseMs: options.sendLeaseMs ?? SEND_LEASE_MS,
    log,
    metrics,
    hub,
    loopGuard: createLoopGuard(),
    alerted: new Map(),
    heldChannels: createOutboxLimit(options.outboxLimit, { store, steady, metrics, log }),
    staffed,
    surface: null,
    listedMs: options.reconciliation?.backMs ?? LISTED_MS,
  };
  const loops: {
    worker?: Loop;
    delivery?: Loop;
    timers?: Loop;
    housekeeping?: Loop;
    staff?: Loop;
    desk?: Loop;
    reconciliation?: Loop;
    releases?: Loop;
  } = {};
  let draining = false;
  const linkTo = (caseId: string): string => `${publicUrl}/console/cases/${caseId}`;

  const receiver = createReceiver({
    store,
    admission: createAdmission(options.inboxLimits, services),
    keepsCopies: (name) => services.channels.get(name)?.eraseCopy !== undefined,
    fetchesMedia: (name) => services.channels.get(name)?.fetchMedia !== undefined,
    isEmergency: (text) => releases.current().findEmergency(text) !== null,
    onStored(messages) {
      metrics.gauges.batchSize.observe(messages.length);
      for (const message of messages) {
        const address = message.from[0];
        if (address) hub.publish(message.channel, address);
      }
      wake('worker');
    },
  });

  /** A node that only serves HTTP has no such loop: another one is told. */
  function wake(name: keyof typeof loops): void {
    loops[name]?.wake();
    if (!loops[name] || ONE_NODES_WORK.has(name)) signals.send(name);
  }

  function hear(signal: string): void {
    if (signal in loops) loops[signal as keyof typeof loops]?.wake();
    else hub.hear(signal);
  }

  function afterCommit(after: AfterCommit): void {
    if (after.lines) wake('delivery');
    if (after.cases) {
      wake('staff');
      wake('desk');
    }
    if (after.copies) wake('housekeeping');
  }

  const desk = createDeskActions(services, afterCommit);
  const context: ChannelContext = {
    async receive(message) {
      const result = await receiver.receive(message);
      metrics.received.inc({ channel: message.channel, result });
      return result;
    },
    async receiveStatus(update) {
      metrics.deliveries.inc({ channel: update.channel, status: update.status });
      await store.shared((tx) => setDelivery(tx, update));
    },
    history: (channel, address, after) =>
      store.read(async (reader) => {
        const conversation = await findConversation(reader, channel, address);
        return conversation
          ? (await listMessages(reader, conversation.id, after)).map(
              ({ id, sequence, from, text, choices, language, direction, clientId, files, createdAt }) => ({
                sequence,
                lineId: id,
                from,
                text,
                choices,
                language: language ?? '',
                direction,
                clientId,
                ...(files ? { files } : {}),
                atMs: createdAt,
              }),
            )
          : [];
      }),
    state: (channel, address) =>
      store.read(async (reader) => {
        const conversation = await findConversation(reader, channel, address);
        if (!conversation) return null;
        const waits = conversation.owner === 'queue' ? await findOpenCase(reader, conversation.id) : null;
        return { owner: conversation.owner, placeInLine: waits ? await placeInLine(reader, waits) : null };
      }),
    subscribe: hub.subscribe,
    publicUrl,
    now: clock,
    log,
    count: (reason, channel) => metrics.refused.inc({ channel, reason }),
    deriveKey: (purpose) => store.deriveKey(purpose),
    deriveKeys: (purpose, since) => store.deriveKeys(purpose, since),
  };

  const content = createContentActions(services);

  /** Anybody may ask, and it is a write: however many ask, it is made once a second. */
  const storeIsReady = shareForASecond(async () => {
    const parts = await store.checkReady();
    const age = await store.read((reader) => inboxAge(reader, clock())).catch(() => Number.POSITIVE_INFINITY);
    return { ...parts, queue: age < STUCK_MS };
  });

  return {
    context,
    services,
    metrics,
    desk,
    referrals: createReferralActions(services, afterCommit),
    content,
    complaints: createComplaintActions(services, afterCommit),
    addChannel: (channel) => services.channels.set(channel.name, channel),
    connectStaff(surface) {
      services.surface = surface;
      connectStaff(surface, services, desk, linkTo);
    },
    start(role) {
      releases.onPublished(() => signals.send('releases'));
      loops.releases = startLoop('releases', () => takeUpRelease(services), RELEASES_POLL_MS, log);
      if (role === 'web') return;
      loops.worker = startWorker(services, afterCommit);
      loops.delivery = startDelivery(services);
      loops.timers = startTimers(services, afterCommit);
      loops.desk = startAssigning(services, afterCommit);
      loops.housekeeping = startHousekeeping(services);
      if (options.reconciliation) loops.reconciliation = startReconciling(services, context.receive, options.reconciliation);
      if (services.surface) loops.staff = startTellingStaff(services.surface, services, linkTo);
    },
    async stop() {
      draining = true;
      await Promise.all([receiver.idle(), desk.idle(), content.workshop.close()]);
      await Promise.all(Object.values(loops).map((loop) => loop.stop()));
    },
    async readiness() {
      return { ...(await storeIsReady()), accepting: !draining };
    },
  };
}

/** One that does not fit this program is told of by the loop, and the one in use stays. */
async function takeUpRelease({ releases, log }: Services): Promise<false> {
  if (await releases.refresh()) log.info({ release: releases.current().number }, 'A newer release was taken up.');
  return false;
}
