// The composition root: the only file that names concrete classes. Reads settings, opens store, releases and channels,
// and puts the HTTP server on top. Called by the commands of cli/ and by tests.
import path from 'node:path';
import type { ChannelModule, OpenChannel } from './channels/channel.ts';
import { channelModules } from './channels/index.ts';
import { slack } from './channels/slack/slack.ts';
import type { OpenStaffSurface, StaffSurfaceModule } from './channels/staff-surface.ts';
import { loadFiles, readTexts } from './content/load-files.ts';
import { hashTexts } from './content/release-archive.ts';
import { AppError } from './domain/errors.ts';
import type { InstalledModule } from './http/api/handler.ts';
import { handlers } from './http/api/handlers.ts';
import { createLive } from './http/api/live/live.ts';
import { apiRoutes } from './http/api/router.ts';
import { createStaffAuth } from './http/auth/create-staff-auth.ts';
import type { StaffAuth } from './http/auth/staff-auth.ts';
import { consoleRoutes } from './http/console-routes.ts';
import { healthRoutes } from './http/health.ts';
import { pageRoutes } from './http/page-routes.ts';
import { createHttpApp, listen, type HttpApp, type RunningServer } from './http/server.ts';
import { isStaffed } from './runtime/desk/roster.ts';
import { openReleases } from './runtime/releases.ts';
import { createService, type Service } from './runtime/service.ts';
import { parseSettings, readEnvironment, type Environment, type ServiceSettings } from './runtime/settings.ts';
import { openStore, type Store } from './store/store.ts';
import { atMost } from './util/at-most.ts';
import { systemClock, type Clock } from './util/clock.ts';
import { openLog, type Log } from './util/log.ts';

export interface AppOptions {
  /** Folder of flows/, locales/, dist/ and .env. */
  folder: string;
  environment?: Environment;
  clock?: Clock;
  /** For spans, where a test moves time. */
  steady?: Clock;
  /** How long a node may be at sending a line; a trial makes it short. */
  sendLeaseMs?: number;
  log?: Log;
  modules?: readonly ChannelModule[];
  /** Where caseworkers hear of cases, when its settings are there. */
  surface?: StaffSurfaceModule;
  /** False for a command that runs beside the service. */
  service?: boolean;
}

/** Longest wait at the end for what is under way: of a line whose provider does not answer, the next start asks what became. */
const FINISH_MS = 6000;
/** Longest wait for the database to let go. */
const CLOSE_MS = 2000;

/** A channel that is off, and what it misses. */
export interface ChannelOff {
  title: string;
  missing: string[];
}

export interface App {
  settings: ServiceSettings;
  store: Store;
  service: Service;
  /** Who calls the API. */
  auth: StaffAuth;
  http: HttpApp;
  /** Titles of channels that are on. */
  on: string[];
  off: ChannelOff[];
  /** Whether anybody could answer: a staff surface is configured, or a caseworker has an account. */
  staffed(): Promise<boolean>;
  /** Whether flows/ and locales/ differ from the release in use. */
  filesDiffer(): Promise<boolean>;
  url(): string;
  listen(): Promise<void>;
  /** Stops listening, finishes what runs, closes the store. */
  close(): Promise<void>;
}

/**
 * Opens everything and starts answering; `listen()` opens the port.
 * @throws AppError settings.invalid or content.invalid with a sentence that says what to do.
 */
export async function openApp(options: AppOptions): Promise<App> {
  const environment = options.environment ?? readEnvironment(options.folder);
  const settings = parseSettings(environment, options.folder);
  const clock = options.clock ?? systemClock;
  const log = options.log ?? openLog(settings.logLevel);
  const store = await openStore({
    databaseUrl: settings.databaseUrl,
    keyDatabaseUrl: settings.keyDatabaseUrl,
    secretKeyFile: settings.secretKeyFile,
    now: clock,
    service: options.service ?? true,
    onFault: (error) => log.error({ error }, 'Something failed after a commit.'),
  });
  try {
    return await open({ ...options, environment, clock, log }, settings, store);
  } catch (error) {
    await store.close();
    throw error;
  }
}

type Opened = Required<Pick<AppOptions, 'environment' | 'clock' | 'log'>> & AppOptions;

async function open(options: Opened, settings: ServiceSettings, store: Store): Promise<App> {
  const { environment, clock, log, folder } = options;
  const releases = await openReleases(store, (memory) => loadFiles(folder, { memory }), clock());
  const publicUrl = settings.publicUrl ?? `http://${settings.host}:${settings.port}`;
  const auth = createStaffAuth({ store, publicUrl, now: clock });
  const staff = options.surface ?? slack;
  const staffMissing = staff.missingSettings(environment);
  const staffed = staffMissing.length === 0;
  const service = createService({
    store,
    releases,
    inboxLimits: settings.inboxLimits,
    outboxLimit: settings.outboxLimit,
    clock,
    steady: options.steady,
    sendLeaseMs: options.sendLeaseMs,
    log,
    publicUrl,
    staffed,
    reconciliation: settings.reconciliation,
  });
  const modules = options.modules ?? channelModules;
  const { channels, off, known } = await openChannels(modules, environment, service);
  const surface = staffed ? await staff.open(environment, service.context) : null;
  if (surface) service.connectStaff(surface);
  else off.push({ title: staff.title, missing: staffMissing });
  known.push({ id: staff.id, title: staff.title, reaches: 'staff', missing: staffMissing, channels: [] });
  const mounted = surface ? [...channels, surface] : channels;
  // A worker answers and sends; over HTTP it only says how it is.
  const serves = settings.role !== 'worker';

  const { services, desk, referrals, complaints, content } = service;
  const installed = { modules: known, outboxLimit: settings.outboxLimit };
  const api = { store, services, desk, referrals, complaints, content, auth, installed, now: clock, publicUrl };
  const live = createLive(api);

  let server: RunningServer | null = null;
  const url = (): string => settings.publicUrl ?? `http://${settings.host}:${server?.port ?? settings.port}`;
  const app: App = {
    settings,
    store,
    service,
    auth,
    http: createHttpApp({
      routes: [
        healthRoutes(() => service.readiness(), service.metrics.registry),
        ...(serves
          ? [
              pageRoutes({
                folder,
                release: releases.current,
                off,
                now: clock,
                staffed: () => isStaffed(services),
                local: isLoopback(settings.host),
              }),
              consoleRoutes({ distDir: path.join(folder, 'dist', 'console') }),
              auth.routes,
              apiRoutes({ ...api, live }, handlers),
            ]
          : []),
      ],
      channels: serves ? mounted : [],
      log,
      publicUrl: settings.publicUrl ?? '',
      metricsToken: settings.metricsToken,
    }),
    on: [...modules.filter((module) => module.missingSettings(environment).length === 0), ...(surface ? [staff] : [])].map(
      (module) => module.title,
    ),
    off,
    staffed: () => isStaffed(services),
    filesDiffer: async () => hashTexts(await readTexts(folder)) !== releases.currentHash(),
    url,
    async listen() {
      server = await listen(app.http, serves ? mounted : [], settings.port, settings.host).catch((error: unknown) => {
        throw new AppError(
          'settings.invalid',
          `The port ${settings.port} on ${settings.host} cannot be opened. Is another service running? Set PORT to a free one.`,
          { cause: error },
        );
      });
    },
    async close() {
      // Open streams would hold up the server.
      await live.close();
      const closed = server?.close();
      await shutDown(service, channels, surface);
      await closed;
      await atMost(CLOSE_MS, store.close());
    },
  };
  service.start(settings.role);
  return app;
}

/** In this order: posts to staff that wait for their provider would hold up the rest; open streams hold up the server. */
async function shutDown(service: Service, channels: OpenChannel[], surface: OpenStaffSurface | null): Promise<void> {
  const finish = async (): Promise<void> => {
    await surface?.close?.();
    await service.stop();
  };
  await atMost(FINISH_MS, finish());
  for (const channel of channels) await channel.close?.();
}

async function openChannels(
  modules: readonly ChannelModule[],
  environment: Environment,
  service: Service,
): Promise<{ channels: OpenChannel[]; off: ChannelOff[]; known: InstalledModule[] }> {
  const channels: OpenChannel[] = [];
  const off: ChannelOff[] = [];
  const known: InstalledModule[] = [];
  for (const module of modules) {
    const missing = module.missingSettings(environment);
    const entry = { id: module.id, title: module.title, reaches: 'people', missing } as const;
    if (missing.length > 0) {
      off.push({ title: module.title, missing });
      known.push({ ...entry, channels: [] });
      continue;
    }
    const opened = await module.open(environment, service.context);
    for (const channel of opened.channels) service.addChannel(channel);
    channels.push(opened);
    known.push({ ...entry, channels: opened.channels.map(({ name }) => name) });
  }
  return { channels, off, known };
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.');

/** The folder of this project. */
export const projectFolder = path.resolve(import.meta.dirname, '..');
