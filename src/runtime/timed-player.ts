// A player with a clock of its own, which moves only when it is moved: what comes due on the way happens at its time.
// Used by transcripts.ts and preview.ts. Timers live here and nowhere else; a real conversation keeps them in the store (timers.ts).
import type { Capabilities } from '../domain/capabilities.ts';
import type { EngineEvent } from '../domain/event.ts';
import type { OutboundMessage } from '../domain/message.ts';
import type { Line } from '../domain/text.ts';
import type { TurnInput } from '../engine/env.ts';
import type { CompiledRelease } from '../release/compile.ts';
import { fitMessages } from '../rendering/fit.ts';
import { createPlayer, type Player } from './player.ts';

/** What was said, and the events behind it. */
export interface Said {
  messages: OutboundMessage[];
  events: EngineEvent[];
}

export interface TimedPlayerOptions {
  channel: string;
  capabilities: Capabilities;
  /** When it begins, ms since the epoch. */
  begin: number;
  staffed: boolean;
  /** Known from the start, as if chosen; null for somebody new. */
  language: string | null;
  /** Begin in this flow; null: where everybody begins. */
  flow: string | null;
  /** Begin at this step of the flow, which runs when the conversation is opened. */
  step: string | null;
  /** false: nothing is pinned before what the flows say. */
  alert: boolean;
}

export interface TimedPlayer {
  /** What the person does, a second later. */
  take(input: TurnInput): Said;
  /** Lets time pass. */
  pass(ms: number): Said;
  session: Player['session'];
  owner: Player['owner'];
}

/** Something that comes due: the end of a wait, or a reminder. */
type Due = { at: number } & ({ kind: 'wait'; token: number } | { kind: 'remind'; line: Line });

const SECOND_MS = 1000;
/** A flow that waits a few seconds again and again would ring for ever. */
const MOST_RINGS = 50;
const NOTHING: Said = { messages: [], events: [] };

/** Opens a player at a time. */
export function createTimedPlayer(release: CompiledRelease, options: TimedPlayerOptions): TimedPlayer {
  const { channel, capabilities, begin, staffed, language, alert } = options;
  let now = begin;
  let dues: Due[] = [];
  let entry = options.flow === null || options.step === null ? null : { flow: options.flow, step: options.step };
  // Somebody whose language is known begins where everybody does.
  const flow = options.flow ?? (language === null ? null : release.settings.entry_flow);
  const player = createPlayer(release, {
    channel,
    capabilities,
    now: () => now,
    staffed,
    alert,
    ...(flow === null ? {} : { flow }),
    ...(language === null ? {} : { language }),
  });

  function play(input: TurnInput): Said {
    const said = player.play(input);
    for (const event of said.events) {
      if (event.type === 'timer_set') dues.push({ at: now + event.seconds * 1000, kind: 'wait', token: event.token });
      if (event.type === 'remind') dues.push({ at: event.atMs, kind: 'remind', line: event.line });
      if (event.type === 'erase_confirmed') dues = [];
    }
    return said;
  }

  /** A wait that is over goes on, unless people have the conversation; a reminder was asked for and is sent. */
  function ring(due: Due): Said {
    if (due.kind === 'wait') return player.owner() === 'flow' ? play({ kind: 'timeout', token: due.token }) : NOTHING;
    if (player.owner() === 'stopped') return NOTHING;
    const spoken = player.session()?.language ?? release.settings.default_language;
    return { messages: fitMessages([due.line], { texts: release.texts, language: spoken, channel, capabilities }), events: [] };
  }

  function pass(ms: number): Said {
    const end = now + ms;
    let heard = NOTHING;
    for (let rings = 0; rings < MOST_RINGS; rings += 1) {
      const due = dues.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      dues = dues.filter((other) => other !== due);
      now = Math.max(now, due.at);
      heard = join(heard, ring(due));
    }
    now = end;
    return heard;
  }

  return {
    session: player.session,
    owner: player.owner,
    pass,
    take(input) {
      const passed = pass(SECOND_MS);
      const entering = entry;
      entry = null;
      // Whoever answers a step has come to it before.
      if (entering && input.kind !== 'opened') play({ kind: 'enter', ...entering });
      return join(passed, play(entering && input.kind === 'opened' ? { kind: 'enter', ...entering } : input));
    },
  };
}

function join(one: Said, other: Said): Said {
  return { messages: [...one.messages, ...other.messages], events: [...one.events, ...other.events] };
}
