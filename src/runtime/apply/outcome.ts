// A turn on its way into the store: what the engine decided, and what has been made of it so far.
// Every file of this folder works on one of these; nothing here outlives the transaction.
import { nextOwner, type OwnershipEvent } from '../../desk/ownership.ts';
import type { EngineEvent } from '../../domain/event.ts';
import type { Session } from '../../domain/session.ts';
import type { CompiledRelease } from '../../release/compile.ts';
import { changeOwner } from '../../store/conversations.ts';
import type { CaseRecord, Conversation, RequestLogEntry } from '../../store/records.ts';
import type { Tx } from '../../store/store.ts';
import type { InHand } from '../desk/hands.ts';
import type { AfterCommit, Services } from '../services.ts';
import type { TurnCause } from '../turn-cause.ts';

export interface Outcome {
  tx: Tx;
  now: number;
  /** Changed as events are applied; saved once at the end. */
  conversation: Conversation;
  release: CompiledRelease;
  before: Session | null;
  session: Session;
  events: EngineEvent[];
  cause: TurnCause;
  /** The case that was open when the turn began. */
  openCase: CaseRecord | null;
  services: Services;
  after: AfterCommit;
  /** The episode's entry in the request log. */
  log: RequestLogEntry;
  /** The contact was erased in this turn: nothing of it may be written any more. */
  erased: boolean;
}

/** The turn's case with its conversation, for the steps that turns share with staff. Take the conversation back afterwards. */
export function inHand(outcome: Outcome, record: CaseRecord): InHand {
  const { tx, now, conversation, services, after, cause } = outcome;
  return { tx, now, record, conversation, services, after, running: cause.kind === 'inbound' ? 1 : 0 };
}

/** Changes the owner as the desk's table says; the epoch grows and queued lines of the flow are cancelled. */
export async function moveOwnerOf(outcome: Outcome, event: OwnershipEvent): Promise<void> {
  const { conversation } = outcome;
  const change = nextOwner(conversation.owner, event);
  if ('refused' in change || !change.changed) return;
  const epoch = await changeOwner(outcome.tx, conversation.id, { fromEpoch: conversation.epoch, owner: change.owner, assignee: null });
  if (epoch !== null) outcome.conversation = { ...conversation, owner: change.owner, assignee: null, epoch };
}
