// Many people who write to the hotline of echo-content.ts at once, each a few messages, one after the other; and what they got.
// Twilio tries again when no answer came, but not always: what stays without an answer may be stored or not.
import { newSid, type FakeTwilio } from '../../support/twilio-server.ts';
import { heardNumber } from './echo-content.ts';
import { openLoad } from './load.ts';

const AT_ONCE = 24;
const MESSAGES_EACH = 12;
/** How often a message of unknown fate is not tried again. */
const GIVEN_UP = 0.3;

const REFUSED_MS = 40;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** `unknown`: no answer came, and it was not tried again. */
type Fate = 'acknowledged' | 'unknown';

interface Individual {
  from: string;
  /** Fate of the first message (answered by the welcome), the second, and so on. */
  fates: Fate[];
}

interface Crowd {
  people: Individual[];
  /** Lets them write; resolves when so many more messages were acknowledged. */
  pour(messages: number): Promise<void>;
  /** Lets nobody begin to write until the next `pour`: nobody listens. */
  hold(): void;
  /** Lets everybody who has begun end, and nobody begin. */
  finish(): Promise<void>;
  /** Messages acknowledged or of unknown fate for good; requests made; requests refused, and those not with 503. */
  count(what: 'acknowledged' | 'unknown' | 'invoked' | 'failed' | 'strange'): number;
}

/** Opens a crowd that is silent until `pour`. */
export function openCrowd(twilio: FakeTwilio, url: string): Crowd {
  const load = openLoad(twilio, url);
  const people: Individual[] = [];
  const counts = { acknowledged: 0, unknown: 0, invoked: 0, failed: 0, strange: 0 };
  let gate = closedGate();
  const state = { ended: false };
  let target: { count: number; reached(): void } | null = null;

  async function send(from: string, index: number): Promise<Fate> {
    const message = { from, body: `message ${index}`, sid: newSid() };
    for (;;) {
      await gate.opened;
      const { fate, status } = await load.post(url, message);
      counts.invoked += 1;
      if (fate === 'acknowledged') {
        counts.acknowledged += 1;
        if (target !== null && counts.acknowledged >= target.count) target.reached();
        return fate;
      }
      if (fate === 'failed') {
        counts.failed += 1;
        if (status !== 503) counts.strange += 1;
        await pause(REFUSED_MS);
      }
      // The first one is tried until it is in: its answer is another.
      if (fate === 'unknown' && index > 0 && Math.random() < GIVEN_UP) {
        counts.unknown += 1;
        return fate;
      }
      await pause(5);
    }
  }

  async function write(): Promise<void> {
    while (!state.ended) {
      const individual: Individual = { from: `+346${String(people.length).padStart(8, '0')}`, fates: [] };
      people.push(individual);
      for (let index = 0; index < MESSAGES_EACH && (!state.ended || index === 0); index++)
        individual.fates.push(await send(individual.from, index));
    }
  }

  const writing = Array.from({ length: AT_ONCE }, write);
  return {
    people,
    async pour(messages) {
      const reached = new Promise<void>((resolve) => {
        target = { count: counts.acknowledged + messages, reached: resolve };
      });
      gate.open();
      await reached;
    },
    hold() {
      // Those who wait already wait for the gate that there is.
      if (gate.isOpen) gate = closedGate();
    },
    async finish() {
      state.ended = true;
      gate.open();
      await Promise.all(writing);
      load.close();
    },
    count: (what) => counts[what],
  };
}

interface Gate {
  isOpen: boolean;
  opened: Promise<void>;
  open(): void;
}

function closedGate(): Gate {
  const { promise, resolve } = Promise.withResolvers<void>();
  const gate: Gate = {
    isOpen: false,
    opened: promise,
    open() {
      gate.isOpen = true;
      resolve();
    },
  };
  return gate;
}

interface Replies {
  /** Acknowledged, and without an answer. */
  lost: number;
  doubled: number;
  /** Answers to messages that were never sent. */
  invented: number;
  /** Answers that came before the answer to an earlier message. */
  disordered: number;
}

/** Compares what people sent with what the provider was told to deliver to them. */
export function countReplies(twilio: FakeTwilio, people: Individual[]): Replies {
  const heard = new Map<string, number[]>();
  for (const { direction, to, body } of twilio.messages) {
    if (direction === 'inbound') continue;
    heard.set(to, [...(heard.get(to) ?? []), heardNumber(body) ?? 0]);
  }
  const replies = { lost: 0, doubled: 0, invented: 0, disordered: 0 };
  for (const { from, fates } of people) {
    const numbers = heard.get(from) ?? [];
    heard.delete(from);
    const distinct = new Set(numbers);
    replies.lost += fates.filter((fate, index) => fate === 'acknowledged' && !distinct.has(index)).length;
    replies.doubled += numbers.length - distinct.size;
    replies.invented += [...distinct].filter((number) => fates[number] === undefined).length;
    replies.disordered += numbers.filter((number, index) => index > 0 && number < (numbers[index - 1] ?? 0)).length;
  }
  for (const numbers of heard.values()) replies.invented += numbers.length;
  return replies;
}
