// People who are not: a channel that hands its messages to them, and what they write next. Used by commands/simulate.ts.
// The same seed writes the same conversations.
import type { ChannelContext, ChannelModule, OutboundLine } from '../channels/channel.ts';
import type { Log } from '../util/log.ts';

const CHANNEL = 'simulation';
/** An answer that takes longer counts as none. */
const PATIENCE_MS = 30_000;

/** What people write besides taking a choice: greetings, numbers, questions, commands, nonsense. Never STOP: nobody would answer it. */
const WORDS = [
  'hola',
  'hello',
  'bonjour',
  'مرحبا',
  '1',
  '2',
  '3',
  '4',
  'sí',
  'no',
  'yes',
  'oui',
  'نعم',
  'menu',
  'menú',
  'atrás',
  'back',
  'repetir',
  'idioma',
  'English',
  'français',
  'ayuda',
  'help',
  'Madrid',
  'Valencia',
  '28001',
  '¿puedo ir al médico sin papeles?',
  'my landlord keeps my deposit',
  'je cherche une école pour mes enfants',
  'أبحث عن عمل',
  'me han robado el pasaporte',
  'xyzzy',
  '👍',
  '12/03/2026',
  'no entiendo nada',
  'estoy en peligro',
  'estado',
];

export interface Simulation {
  module: ChannelModule;
  /** Counts what is logged as an error. */
  log: Log;
  /** Plays one conversation of so many turns. */
  converse(index: number, turns: number): Promise<void>;
  /** From a message to its first answer, ms. */
  latencies: number[];
  faults(): number;
  unanswered(): number;
}

/** Opens the channel and its people. */
export function openSimulation(seed: number): Simulation {
  const waiting = new Map<string, (line: OutboundLine) => void>();
  const latencies: number[] = [];
  let context: ChannelContext | null = null;
  let faults = 0;
  let unanswered = 0;

  const module: ChannelModule = {
    id: CHANNEL,
    title: 'Simulation',
    missingSettings: () => [],
    open(_, given) {
      context = given;
      return Promise.resolve({
        channels: [
          {
            name: CHANNEL,
            capabilities: { maxChars: 4096, buttons: null, list: null, smsSegments: false, segmentsPerSecond: null },
            send(line) {
              waiting.get(line.to.value)?.(line);
              return Promise.resolve({ kind: 'sent', providerRef: null });
            },
          },
        ],
        routes: null,
      });
    },
  };

  /** Writes and waits for the first answer; null when none comes. */
  async function write(person: string, turn: number, text: string): Promise<OutboundLine | null> {
    const began = performance.now();
    let timer: NodeJS.Timeout | undefined;
    const answer = new Promise<OutboundLine | null>((resolve) => {
      waiting.set(person, resolve);
      timer = setTimeout(() => resolve(null), PATIENCE_MS);
    });
    await context?.receive({
      channel: CHANNEL,
      externalId: `${person}-${turn}`,
      from: [{ kind: 'user', value: person }],
      text,
      media: [],
      opened: false,
      receivedAt: Date.now(),
    });
    const line = await answer.finally(() => clearTimeout(timer));
    waiting.delete(person);
    if (line) latencies.push(performance.now() - began);
    return line;
  }

  return {
    module,
    log: { info: () => {}, warn: () => {}, error: () => void (faults += 1) },
    latencies,
    faults: () => faults,
    unanswered: () => unanswered,
    async converse(index, turns) {
      const random = createRandom(seed * 1_000_003 + index);
      let choices: readonly { label: string }[] = [];
      for (let turn = 0; turn < turns; turn++) {
        const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
        const choice = random() < 0.7 ? pick(choices)?.label : undefined;
        const line = await write(`person-${index}`, turn, choice ?? pick(WORDS) ?? 'hola');
        if (!line) {
          unanswered += 1;
          return;
        }
        ({ choices } = line.message);
      }
    },
  };
}

/** @see https://github.com/cprosche/mulberry32 */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
