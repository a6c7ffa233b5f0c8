// A service under measurement, with a provider on this machine. Used by every benchmark that goes the whole way.
import { freePort, startService, type ServiceProcess } from '../support/process.ts';
import type { LoadOptions } from './load.ts';
import { startProvider, type Provider } from './measure.ts';
import { publishUnlimited } from '../support/publish-unlimited.ts';

const TOKEN = 'token';
const SID = `AC${'0'.repeat(32)}`;

/** What the load generator needs to sign as the provider. */
export const SIGNING: Pick<LoadOptions, 'authToken' | 'accountSid'> = { authToken: TOKEN, accountSid: SID };

/** Settings of a service that talks to a provider on this machine. */
export function benchEnvironment(port: number, apiUrl: string): Record<string, string> {
  return {
    LOG_LEVEL: 'error',
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    TWILIO_ACCOUNT_SID: SID,
    TWILIO_AUTH_TOKEN: TOKEN,
    TWILIO_SMS_FROM: '+15005550006',
    TWILIO_API_URL: apiUrl,
    TWILIO_SMS_SEGMENTS_PER_SECOND: '100000',
    OUTBOX_LIMIT: '1000000',
  };
}

export interface MeasuredService {
  process: ServiceProcess;
  /** Where the provider posts messages. */
  target: string;
  /** Turns done since its start, as its metrics tell. */
  turns(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts a service on the database that `place` names. */
export async function measuredService(place: Record<string, string>, provider: Provider): Promise<MeasuredService> {
  await publishUnlimited(place);
  const port = await freePort();
  const process = await startService({ ...benchEnvironment(port, provider.url), ...place }, port);
  return {
    process,
    target: `${process.url}/channels/twilio/messages`,
    turns: () => turnsOf(process.url),
    stop: () => process.kill('SIGTERM'),
  };
}

/** A service and a provider of its own, for as long as `measure` takes. */
export async function withService<T>(place: Record<string, string>, measure: (service: MeasuredService) => Promise<T>): Promise<T> {
  const provider = await startProvider();
  const service = await measuredService(place, provider);
  try {
    return await measure(service);
  } finally {
    await service.stop();
    provider.close();
  }
}

async function turnsOf(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return [...text.matchAll(/^ventanilla_turns_total\{[^}]*result="done"[^}]*\} (\d+)/gm)].reduce((sum, match) => sum + Number(match[1]), 0);
}

/** Waits until the turns of all services together are `target`. */
export async function waitForTurns(services: MeasuredService[], target: number): Promise<void> {
  while ((await turnsOfAll(services)) < target) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** Waits until no turn was done for a while. Returns how many there were. */
export async function waitForRest(services: MeasuredService[]): Promise<number> {
  for (let last = -1; ;) {
    const done = await turnsOfAll(services);
    if (done === last) return done;
    last = done;
    await new Promise((resolve) => setTimeout(resolve, 1500));
  }
}

async function turnsOfAll(services: MeasuredService[]): Promise<number> {
  return (await Promise.all(services.map((service) => service.turns()))).reduce((sum, turns) => sum + turns, 0);
}
