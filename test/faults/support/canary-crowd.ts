// Many people who must not be found, in a real hotline: what they leave everywhere, where it lies, and what can be opened of it.
// Used by the trials of erasure and of the stolen database.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { closeCase, openCase } from '../../../src/store/cases.ts';
import { fileComplaint, setComplaintState } from '../../../src/store/complaints.ts';
import { findConversation, saveConversation } from '../../../src/store/conversations.ts';
import { decryptAll } from '../../../src/store/decrypt-all.ts';
import { listMessages } from '../../../src/store/messages.ts';
import { SEALED_COLUMNS } from '../../../src/store/sealed-columns.ts';
import type { Store } from '../../../src/store/store.ts';
import { addTimer } from '../../../src/store/timers.ts';
import { openHotline, type TestHotline } from '../../support/app.ts';
import { rowsOf } from '../../support/backup-rows.ts';
import { startOwnPostgres } from '../../support/own-postgres.ts';
import { makePlace, type Backend } from '../../support/places.ts';
import { betrayalsIn, canariesIn, canaryOf } from './canaries.ts';

const AT_ONCE = 50;

export interface Crowd {
  hotline: TestHotline;
  /** All files of the database, its log and its key store, the secret left out. */
  folder: string;
  /** Settings of this place. */
  environment: Record<string, string>;
  drop(): Promise<void>;
}

/** Opens an empty hotline in a place whose files can be read: for PostgreSQL a server of its own. */
export async function openCrowd(store: Backend): Promise<Crowd> {
  const place = store === 'sqlite' ? await makePlace(store) : await startOwnPostgres();
  const hotline = await openHotline({ place: { ...place, drop: () => place.drop() }, environment: { LOG_LEVEL: 'trace' } });
  return {
    hotline,
    folder: store === 'sqlite' ? place.folder : path.join(place.folder, 'data'),
    environment: place.environment,
    async drop() {
      await hotline.close();
      await place.drop();
    },
  };
}

/** Everybody says these things, many at the same time; resolves when all are answered. */
export async function sayAll(hotline: TestHotline, people: number[], texts: (word: string) => string[]): Promise<void> {
  for (let start = 0; start < people.length; start += AT_ONCE) {
    const some = people.slice(start, start + AT_ONCE);
    const most = Math.max(...some.map((index) => texts(canaryOf(index).word).length));
    for (let turn = 0; turn < most; turn++) {
      await Promise.all(
        some.map(async (index) => {
          const { number, word } = canaryOf(index);
          const text = texts(word)[turn];
          if (text === undefined) return;
          await hotline.app.service.context.receive({
            channel: 'test',
            externalId: `${index}-${turn}-${text.length}-${hotline.now()}`,
            from: [{ kind: 'phone', value: number }],
            text,
            media: [],
            opened: false,
            receivedAt: hotline.now(),
          });
        }),
      );
      await hotline.settle();
    }
  }
}

/** What else somebody can leave: a case with a summary that is over; perhaps more, which is kept longer: a complaint and a reminder. */
export async function leaveRecords({ app: { store }, now }: TestHotline, index: number, more: boolean): Promise<void> {
  const { number, word } = canaryOf(index);
  const conversation = await store.read((reader) => findConversation(reader, 'test', { kind: 'phone', value: number }));
  if (!conversation) throw new Error('Somebody has written and is not known.');
  const whose = { conversationId: conversation.id, contactId: conversation.contactId };
  const summary = `${word} ${number}`;
  await store.transaction(async (tx) => {
    const id = `case-${index}`;
    await openCase(tx, {
      ...whose,
      id,
      status: 'waiting',
      topic: null,
      language: 'es',
      priority: 'normal',
      reason: 'asked',
      private: false,
      assignee: null,
      summary,
      openedAt: now(),
      claimedAt: null,
      closedAt: null,
      threadRef: null,
      callback: false,
      relayedSequence: 0,
    });
    await closeCase(tx, id, now());
    if (!more) return;
    const complaint = `Q-${100_000 + index}`;
    await fileComplaint(tx, {
      ...whose,
      number: complaint,
      about: 'service',
      text: summary,
      place: word,
      wantsContact: false,
      private: false,
      state: 'received',
      createdAt: now(),
      dueAt: now(),
    });
    await setComplaintState(tx, complaint, 'closed', now());
    await addTimer(tx, {
      id: `timer-${index}`,
      conversationId: conversation.id,
      kind: 'remind',
      epoch: 0,
      token: 0,
      dueAt: now() + 20 * 86_400_000,
      payload: JSON.stringify({ text: summary }),
    });
  });
}

/** What somebody has said up to now was in the private lane, and what they say from now on is not. */
export async function leavePrivateLane({ app: { store } }: TestHotline, index: number): Promise<void> {
  const conversation = await store.read((reader) => findConversation(reader, 'test', { kind: 'phone', value: canaryOf(index).number }));
  if (!conversation) throw new Error('Somebody has written and is not known.');
  await store.transaction((tx) => saveConversation(tx, { ...conversation, private: true }));
  await store.transaction((tx) => saveConversation(tx, { ...conversation, private: false }));
}

/** How many messages of somebody can be read. */
export async function historyOf({ app: { store } }: TestHotline, index: number): Promise<number> {
  const address = { kind: 'phone' as const, value: canaryOf(index).number };
  const conversation = await store.read((reader) => findConversation(reader, 'test', address));
  return conversation ? (await store.read((reader) => listMessages(reader, conversation.id, 0))).length : 0;
}

/** Whose number or word can be read with every key there is. */
export async function readableIn(store: Parameters<typeof decryptAll>[0]): Promise<Set<string>> {
  const found = new Set<string>();
  for await (const { table, text } of decryptAll(store))
    for (const index of canariesIn(text)) found.add(`${index} ${table === 'addresses' ? 'number' : 'text'}`);
  return found;
}

/** The same of a backup, with every key of today: by somebody who does not let the program erase again what was erased. */
export async function readableInBackup(store: Store, file: string): Promise<Set<string>> {
  const tables = await rowsOf(file, (version) => store.vault.deriveKey('backup', version));
  const found = new Set<string>();
  for (const { table, column, place } of SEALED_COLUMNS)
    for (const row of tables[table] ?? []) {
      const sealed = row[column];
      const text = sealed instanceof Uint8Array ? await store.vault.openIfKept(place(row), sealed) : null;
      for (const index of canariesIn(text ?? '')) found.add(`${index} ${table === 'addresses' ? 'number' : 'text'}`);
    }
  return found;
}

/** How many of these people are in what was found, with their number or a text. */
export function countIn(found: Set<string>, people: number[], what: 'number' | 'text'): number {
  return people.filter((index) => found.has(`${index} ${what}`)).length;
}

/** Betrayals in all files below a folder, and in further bytes by name. */
export function scan(folder: string, more: Record<string, string | Uint8Array> = {}): { bytes: number; betrayals: string[] } {
  let bytes = 0;
  const betrayals: string[] = [];
  const look = (name: string, content: string | Uint8Array): void => {
    bytes += content.length;
    for (const form of betrayalsIn(content)) betrayals.push(`${form} in ${name}`);
  };
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = path.join(folder, name);
    // The server writes on: a file may be gone by now.
    const size = statSync(file, { throwIfNoEntry: false });
    if (size?.isFile()) look(name, readIfThere(file));
  }
  for (const [name, content] of Object.entries(more)) look(name, content);
  return { bytes, betrayals };
}

function readIfThere(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Uint8Array();
    throw error;
  }
}

/** The store of a crowd, for what a trial asks of it. */
export const storeOf = ({ hotline }: Crowd): Store => hotline.app.store;
