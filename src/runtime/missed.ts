// What is to be done with messages that a provider has and this store never had. Called by reconcile.ts with one piece of a list.
// Decides and passes over; whoever is to be answered is taken in by reconcile.ts.
//
// 2026-11-21: A message that got an answer which this store does not know of was answered by somebody else on the same number,
// or by this hotline before a backup was put back: it is left alone. But while the fate of a line of ours is unknown, that line
// may be the answer: then the message waits for it; and where such a line was given up, an answer too many is better than none.
// The same for whoever was erased: nothing is known any more of what was sent to them. STOP is always carried out.
import type { ProviderList, SentCopy } from '../channels/channel.ts';
import type { InboundMessage } from '../domain/message.ts';
import { findConversation } from '../store/conversations.ts';
import { erasuresOf, passOverErased } from '../store/erased-addresses.ts';
import { linesInDoubt, neverSent, type Doubt } from '../store/provider-watermarks.ts';
import { readInParts, type PartReader } from './list-parts.ts';
import type { Services } from './services.ts';

const DAY_MS = 86_400_000;

/** What becomes of missing messages. */
export interface Sorted {
  /** To be taken in, in their order. */
  wanted: InboundMessage[];
  /** Answered by somebody of whom this store knows nothing. */
  elsewhere: number;
  /** Written by people who were erased since. */
  erased: number;
  /** To be looked at again: when the first of them was sent. */
  waitingSince: number | null;
}

/** Decides what becomes of missing messages, oldest first. */
export async function sortMissing(
  channel: string,
  list: ProviderList,
  missing: InboundMessage[],
  services: Services,
  reader: PartReader,
): Promise<Sorted> {
  if (missing.length === 0) return { wanted: [], elsewhere: 0, erased: 0, waitingSince: null };
  const erasures = await services.store.read((store) => erasuresOf(store, missing));
  const erased = missing.filter((message) => (erasures.get(message) ?? Number.NEGATIVE_INFINITY) >= sentAt(message));
  if (erased.length > 0) await passOver(channel, erased, services);
  const gone = new Set(erased);
  const left = missing.filter((message) => !gone.has(message));
  // Of those who wrote after their erasure, too, nothing is known of what was sent to them.
  const strangers = left.filter((message) => !erasures.has(message));
  const answered =
    strangers.length === 0 ? new Map<InboundMessage, Doubt>() : await findAnswered(channel, list, strangers, services, reader);
  return { ...(await weigh(channel, left, answered, services)), erased: erased.length };
}

async function passOver(channel: string, erased: InboundMessage[], { store, channels, clock }: Services): Promise<void> {
  const keepsCopy = channels.get(channel)?.eraseCopy !== undefined;
  const now = clock();
  await store.transaction(async (tx) => {
    for (const message of erased) await passOverErased(tx, message, { keepsCopy, now });
  });
}

/** Messages with an answer that this store does not know of, and whether a line of ours may have been it. */
async function findAnswered(
  channel: string,
  list: ProviderList,
  missing: InboundMessage[],
  { store }: Services,
  reader: PartReader,
): Promise<Map<InboundMessage, Doubt>> {
  const people = new Set(missing.flatMap(namesOf));
  const times = missing.map(sentAt);
  const oldest = times.reduce((least, time) => Math.min(least, time));
  const newest = times.reduce((most, time) => Math.max(most, time));
  const copies: SentCopy[] = [];
  for await (const part of readInParts((since, until) => list.outbound(since, until), oldest, newest + DAY_MS, reader))
    for (const copy of part) if (people.has(copy.to.value)) copies.push(copy);
  const strange = await findStrange(channel, copies, store);
  const doubts = new Map<InboundMessage, Doubt>();
  for (const message of missing.filter((one) => isAnswered(one, strange)))
    doubts.set(message, await store.read((tx) => linesInDoubt(tx, channel, message.from, sentAt(message) - DAY_MS)));
  // Looked at after the doubts: a line whose fate was written down in between is known by now.
  const stillStrange = await findStrange(channel, strange, store);
  return new Map([...doubts].filter(([message]) => isAnswered(message, stillStrange)));
}

async function findStrange(channel: string, copies: SentCopy[], store: Services['store']): Promise<SentCopy[]> {
  const refs = copies.map((copy) => copy.providerRef);
  const strange = await store.read((reader) => neverSent(reader, channel, refs));
  return copies.filter((copy) => strange.has(copy.providerRef));
}

const isAnswered = (message: InboundMessage, answers: SentCopy[]): boolean =>
  answers.some((copy) => copy.at >= sentAt(message) && namesOf(message).includes(copy.to.value));

/** Who is answered now, and who is looked at again: a person's messages stay in their order. */
async function weigh(
  channel: string,
  missing: InboundMessage[],
  answered: Map<InboundMessage, Doubt>,
  services: Services,
): Promise<Omit<Sorted, 'erased'>> {
  const sorted: Omit<Sorted, 'erased'> = { wanted: [], elsewhere: 0, waitingSince: null };
  const stopped = new Set<string>();
  const waiting = new Set<string>();
  for (const message of missing) {
    const names = namesOf(message);
    const command = commandIn(message, services);
    const doubt = answered.get(message);
    if (command === 'stop') for (const name of names) stopped.add(name);
    const isSwitch =
      command === 'stop' ||
      (command === 'start' && (names.some((name) => stopped.has(name)) || (await isStopped(channel, message, services))));
    if (isSwitch) sorted.wanted.push(message);
    else if (doubt === 'none') sorted.elsewhere += 1;
    else if (doubt === 'open' || names.some((name) => waiting.has(name))) {
      sorted.waitingSince = Math.min(sorted.waitingSince ?? Number.POSITIVE_INFINITY, sentAt(message));
      for (const name of names) waiting.add(name);
    } else sorted.wanted.push(message);
  }
  return sorted;
}

/** STOP or START, as the provider or the words of the release tell it. */
function commandIn({ optOut, text, payload }: InboundMessage, { releases }: Services): string | null {
  if (optOut !== undefined) return optOut;
  const heard = releases.current().understand({ text, ...(payload === undefined ? {} : { payload }) }, { kind: 'none' }, null);
  return heard.kind === 'command' ? heard.command : null;
}

async function isStopped(channel: string, { from }: InboundMessage, { store }: Services): Promise<boolean> {
  for (const address of from)
    if ((await store.read((reader) => findConversation(reader, channel, address)))?.owner === 'stopped') return true;
  return false;
}

const sentAt = (message: InboundMessage): number => message.sentAt ?? 0;

const namesOf = ({ from }: InboundMessage): string[] => from.map((address) => address.value);
