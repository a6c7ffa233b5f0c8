// Plays a release without store or network: for transcripts, for `ventanilla chat`, for the preview of a draft.
// The engine, the rendering and the desk's table are the real ones; only storing and sending are left out.
import { asLocal, defaultDesk, deskOpening } from '../desk/opening.ts';
import { nextOwner } from '../desk/ownership.ts';
import type { Capabilities } from '../domain/capabilities.ts';
import type { EngineEvent } from '../domain/event.ts';
import type { OutboundMessage } from '../domain/message.ts';
import type { Session } from '../domain/session.ts';
import type { Line } from '../domain/text.ts';
import type { DeskState, TurnInput } from '../engine/env.ts';
import { newSession } from '../engine/new-session.ts';
import { takeTurn } from '../engine/engine.ts';
import type { CompiledRelease } from '../release/compile.ts';
import { fitMessages } from '../rendering/fit.ts';
import type { Complaint, Conversation } from '../store/records.ts';
import { buildEnvironment } from './environment.ts';

export interface PlayerOptions {
  channel: string;
  capabilities: Capabilities;
  /** Milliseconds since the epoch; moves only when the caller moves it. */
  now: () => number;
  /** Start in this flow instead of the entry flow; needs a language. */
  flow?: string;
  language?: string;
  staffed?: boolean;
  /** false: nothing is pinned before what the flows say, whatever the settings have. */
  alert?: boolean;
}

export interface Player {
  /** One turn: what is said, and the events behind it. */
  play(input: TurnInput): { messages: OutboundMessage[]; events: EngineEvent[] };
  session(): Session | null;
  owner(): Conversation['owner'];
}

/** Opens a player on a compiled release. */
export function createPlayer(release: CompiledRelease, options: PlayerOptions): Player {
  const { channel, capabilities, now, staffed = true } = options;
  let session: Session | null = options.flow
    ? newSession(release.program, {
        release: release.number,
        language: options.language ?? release.settings.default_language,
        flow: options.flow,
        now: now(),
      })
    : null;
  let conversation: Conversation = {
    id: 'player',
    contactId: 'player',
    channel,
    owner: 'flow',
    assignee: null,
    epoch: 0,
    language: options.language ?? null,
    keeping: 'standard',
    private: false,
    privateAt: null,
    lastInboundAt: null,
    createdAt: now(),
  };
  const complaints = new Map<string, Complaint>();

  /** People are there in the hours of the settings, where the test says that there are people. */
  function desk(): DeskState {
    const only = defaultDesk(release.settings);
    const { open, opensAt } = deskOpening(only, { members: [], shifts: [], guests: staffed }, now());
    const queued = conversation.owner === 'queue';
    return { staffed, open, opensAt: opensAt === null ? null : asLocal(opensAt, only), minutesToAnswer: only.minutesToAnswer, queued };
  }

  function follow(event: EngineEvent): void {
    const inHours = desk().open;
    const change =
      event.type === 'handoff'
        ? nextOwner(conversation.owner, { type: 'handoff', open: inHours, staffed })
        : event.type === 'stopped'
          ? nextOwner(conversation.owner, { type: 'stop' })
          : event.type === 'started'
            ? nextOwner(conversation.owner, { type: 'start' })
            : event.type === 'left_queue'
              ? nextOwner(conversation.owner, { type: 'left_queue' })
              : event.type === 'menu_opened'
                ? nextOwner(conversation.owner, { type: 'menu' })
                : null;
    if (change && 'owner' in change) conversation = { ...conversation, owner: change.owner };
    if (event.type === 'complaint_filed')
      complaints.set(event.number, {
        ...event,
        sensitive: false,
        contactId: null,
        conversationId: null,
        state: 'received',
        createdAt: now(),
        dueAt: now(),
      });
    if (event.type === 'erase_confirmed') session = null;
  }

  return {
    session: () => session,
    owner: () => conversation.owner,
    play(input) {
      const number = input.kind === 'message' ? /\d{6}/.exec(input.text)?.[0] : undefined;
      const env = buildEnvironment(release, {
        now: now(),
        conversation,
        languageHint: null,
        country: null,
        desk,
        complaint: complaints.get(`Q-${number}`) ?? null,
      });
      if (options.alert === false) env.alert = null;
      const turn = takeTurn(release.program, session, input, env);
      session = turn.session;
      conversation = { ...conversation, language: session.language };
      for (const event of turn.events) follow(event);
      const language = turn.session.language ?? release.settings.default_language;
      return { messages: speak(release, turn.events, { channel, capabilities, language }), events: turn.events };
    },
  };
}

/** Lines of one kind that follow each other become one message, as when they are sent. */
function speak(
  release: CompiledRelease,
  events: EngineEvent[],
  to: { channel: string; capabilities: Capabilities; language: string },
): OutboundMessage[] {
  const groups: { kind: string; lines: Line[] }[] = [];
  for (const event of events) {
    if (event.type !== 'say') continue;
    const last = groups.at(-1);
    if (last?.kind === event.kind) last.lines.push(event.line);
    else groups.push({ kind: event.kind, lines: [event.line] });
  }
  return groups.flatMap(({ lines }) => fitMessages(lines, { texts: release.texts, ...to }));
}
