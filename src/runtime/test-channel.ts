// Sends one fixed text to a number that an administrator typed, to see whether a channel works. Called by http/api/channels.ts.
// Nothing is stored but that there was a test, and the provider's own id of it until its copy is erased there. The number is in no
// log, no error and no record.
import type { Channel, SendResult } from '../channels/channel.ts';
import { AppError } from '../domain/errors.ts';
import type { Address, OutboundMessage } from '../domain/message.ts';
import type { Actor } from '../domain/staff.ts';
import { fitMessages } from '../rendering/fit.ts';
import { appendAudit } from '../store/audit.ts';
import { findConversation } from '../store/conversations.ts';
import { rememberCopy } from '../store/provider-copies.ts';
import { countAttempt, removeOldAttempts } from '../store/staff-attempts.ts';
import { hasStopped } from '../store/stopped-contacts.ts';
import type { Reader, Store } from '../store/store.ts';
import { newId } from '../util/ids.ts';
import { SMS_CHANNEL, SMS_PURPOSE, windowEnd } from './desk/reach.ts';
import type { Services } from './services.ts';

/** What a test says. */
export const TEST_TEXT = 'system:channel_test';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Messages cost money, and whoever gets one did not ask for it. */
const PERSON_AN_HOUR = 5;
const ALL_A_DAY = 20;
/** Begins the keys under which tests are counted. */
const COUNTED = 'channel-test';

export interface TestRequest {
  actor: Actor;
  channel: Channel;
  to: Address;
  message: OutboundMessage;
}

/** What became of it; `code` as in api/channel-operations.ts. */
export type TestOutcome = { outcome: 'sent' | 'unknown'; code: null } | { outcome: 'refused'; code: string };

/** Languages of the hotline in which the texts in use have a test message. */
export function testLanguages({ releases }: Pick<Services, 'releases'>): string[] {
  const { settings, texts } = releases.current();
  return settings.languages.filter((language) => texts.has(TEST_TEXT, language));
}

/** The message in a language, fitted to the channel; null where there is none. */
export function writeTest(channel: Channel, language: string, services: Pick<Services, 'releases'>): OutboundMessage | null {
  if (!testLanguages(services).includes(language)) return null;
  const { texts } = services.releases.current();
  const { name, capabilities } = channel;
  // It is short; of one that somebody made long the beginning is test enough.
  return fitMessages([{ text: { key: TEST_TEXT } }], { texts, language, channel: name, capabilities })[0] ?? null;
}

/**
 * Sends the test, unless it must not go out. Every test counts, whatever becomes of it.
 * @throws AppError channel.rate_limited
 */
export async function sendTest(request: TestRequest, services: Services): Promise<TestOutcome> {
  const { store, clock, log } = services;
  const { actor, channel, message } = request;
  await countTest(store, actor.id, clock());
  const why = await store.read((reader) => whyNot(reader, request, clock()));
  const result: SendResult = why === null ? await send(request, services) : { kind: 'failed', retryable: false, code: why };
  const done = toOutcome(result);
  await store.transaction(async (tx) => {
    const now = clock();
    // So that no line to the same number is taken for it, and the provider does not keep the number for ever.
    if (result.kind === 'sent' && result.providerRef !== null && channel.eraseCopy !== undefined)
      await rememberCopy(tx, { contactId: '', channel: channel.name, providerRef: result.providerRef, at: now, eraseAt: now + DAY_MS });
    const detail = { outcome: done.outcome, code: done.code, language: message.language };
    await appendAudit(tx, { at: now, actor: actor.id, action: 'channel.test', target: channel.name, detail });
  });
  log.info({ channel: channel.name, ...done }, 'A channel was tested.');
  return done;
}

async function countTest(store: Store, staffId: string, now: number): Promise<void> {
  const spent = await store.transaction(async (tx) => {
    // Whoever is over their own number takes nothing from the others.
    if ((await countAttempt(tx, `${COUNTED} ${staffId}`, HOUR_MS, now)) > PERSON_AN_HOUR) return HOUR_MS;
    const all = await countAttempt(tx, `${COUNTED} all`, DAY_MS, now);
    if (all === 1) await removeOldAttempts(tx, [COUNTED], now - DAY_MS);
    return all > ALL_A_DAY ? DAY_MS : null;
  });
  if (spent !== null)
    throw new AppError(
      'channel.rate_limited',
      `Too many tests: one person may make ${PERSON_AN_HOUR} an hour, and all together ${ALL_A_DAY} a day. Try again later.`,
      { retryAfterSeconds: spent / 1000 },
    );
}

/** Why it must not go out, as a code; null where it may. */
async function whyNot(reader: Reader, { channel, to }: TestRequest, now: number): Promise<string | null> {
  if (channel.takesNumbers !== true) return 'person_first';
  if (await hasStopped(reader, channel.name, to, channel.name === SMS_CHANNEL ? SMS_PURPOSE : null)) return 'stopped';
  if (channel.replyWindowMs === undefined) return null;
  // The provider would take it, and only fail later.
  const conversation = await findConversation(reader, channel.name, to);
  const end = conversation && windowEnd(channel, conversation);
  return end !== null && now < end ? null : 'outside_window';
}

async function send({ channel, to, message }: TestRequest, { clock, log }: Services): Promise<SendResult> {
  try {
    return await channel.send({ id: newId(), conversationId: newId(), to, message, createdAt: clock(), attempts: 0 });
  } catch {
    // The error may quote the number.
    log.error({ channel: channel.name }, 'A channel threw while sending a test; whether it was sent is unknown.');
    return { kind: 'unknown' };
  }
}

function toOutcome(result: SendResult): TestOutcome {
  return result.kind === 'failed' ? { outcome: 'refused', code: result.code } : { outcome: result.kind, code: null };
}
