// One action of staff on a case: what it works on, all of it locked, and what becomes of it. Used by the files of actions.
// Who may see and do what is checked here, so that every surface obeys the same rules.
import { isGuest, isInterpreterOf, maySeeCase } from '../../desk/access.ts';
import type { StaffPermission } from '../../domain/role.ts';
import type { Actor } from '../../domain/staff.ts';
import { interpretersOf } from '../../store/assignments.ts';
import { loadCase } from '../../store/cases.ts';
import { lockConversation } from '../../store/conversations.ts';
import type { CaseRecord } from '../../store/records.ts';
import { loadStaff } from '../../store/staff.ts';
import type { Tx } from '../../store/store.ts';
import type { AfterCommit, Services } from '../services.ts';
import type { DeskOutcome } from './desk.ts';
import type { InHand, Refusal } from './hands.ts';

const HOUR_MS = 3_600_000;
/** Ids of those who act in Slack without an account. */
const GUEST_PREFIX = 'slack:';

/** A case in hand, and who has asked for something to be done with it. */
export interface Act extends InHand {
  actor: Actor;
  /** They are in this conversation as its interpreter, and not by a right of their own. */
  asInterpreter: boolean;
}

export type Refused = Extract<DeskOutcome, { ok: false }>;

/** What an action needs of whoever asks. */
export interface Demand {
  /** Interpreters who are in the conversation may do it, too. */
  interpreters?: boolean;
  /** Can be done on a surface where the case cannot be read, by those who may read it elsewhere. */
  unread?: boolean;
  /** What is done where the person was erased meanwhile; refused when left out. */
  erased?: (tx: Tx, record: CaseRecord, actor: Actor, services: Services) => Promise<DeskOutcome>;
}

const DONE: DeskOutcome = { ok: true };
const refuse = (code: Refused['code'], reason: string): Refused => ({ ok: false, code, reason });

/** Refusals that more than one action gives. */
export const REFUSED = {
  closed: refuse('closed', 'This case is closed. It opens again when the person writes.'),
  gone: refuse('gone', 'There is no such case any more: the person may have deleted their data.'),
  private: refuse('private', 'This case is private and cannot be answered here.'),
  inPrivate: refuse('private', 'The person is in the private part of the line just now. Please try again later.'),
  off: refuse('off', 'The channel that the person writes on is switched off. Nothing was sent.'),
  moved: refuse('moved', 'The conversation has just changed hands. Please try again.'),
  kept: refuse('kept', 'This message waits until the person writes. To send it in another way, take it back in the console first.'),
  cancelled: refuse('cancelled', 'This message was taken back before it was sent. Nothing was sent: write it again.'),
} as const;

/** An action that cannot be done so. */
export const invalid = (reason: string): Refused => refuse('invalid', reason);
/** A right that is missing, by its name. */
export const forbidden = (permission: StaffPermission): Refused =>
  refuse('forbidden', `This needs the permission ${permission}. Ask an administrator.`);

/** A step's refusal as an outcome: nobody can be written to any more, or it has just changed hands. */
export function asOutcome(refusal: Refusal | null): DeskOutcome {
  if (refusal === null) return DONE;
  return 'moved' in refusal ? REFUSED.moved : refuse('stopped', refusal.refused);
}

/** A colleague has it: who, by the name that staff know them by. */
export async function taken({ tx, record }: Pick<Act, 'tx' | 'record'>): Promise<Refused> {
  const { assignee } = record;
  const who = assignee === null ? null : ((await loadStaff(tx, assignee))?.alias ?? assignee);
  return { ...refuse('taken', 'A colleague has this case.'), ...(who === null ? {} : { takenBy: who }) };
}

/**
 * Whether the case is with somebody else, whose hands only those who assign cases may take it from. Guests of the channel share
 * theirs: where nobody has an account, nobody else could.
 */
export function isOthers({ record, actor }: Pick<Act, 'record' | 'actor'>): boolean {
  const shared = isGuest(actor) && record.assignee?.startsWith(GUEST_PREFIX) === true;
  return record.status === 'claimed' && record.assignee !== actor.id && !shared && !actor.permissions.has('case.assign');
}

/** Locks the case for an action and checks who asks; a refusal where they may not. */
export async function takeInHand(
  tx: Tx,
  actor: Actor,
  caseId: string,
  demand: Demand,
  services: Services,
  after: AfterCommit,
): Promise<Act | DeskOutcome> {
  const found = await loadCase(tx, caseId);
  const conversation = found && (await lockConversation(tx, found.conversationId));
  if (found && !conversation && demand.erased && maySeeCase(actor, found) && actor.permissions.has('case.act'))
    return demand.erased(tx, found, actor, services);
  // Only under the lock is it certain who has the case.
  const record = conversation && (await loadCase(tx, caseId));
  if (!record) return REFUSED.gone;
  const interpreters = (await interpretersOf(tx, caseId)).map(({ staffId }) => staffId);
  const hidden = record.private && actor.via === 'slack' && !services.surface?.answersPrivate;
  if (hidden && !(demand.unread && actor.permissions.has('case.read_private'))) return REFUSED.private;
  if (!maySeeCase(actor, { ...record, interpreters })) return REFUSED.gone;
  const acts = actor.permissions.has('case.act');
  const interprets = isInterpreterOf(actor, { interpreters });
  if (!acts && !(demand.interpreters && interprets)) return forbidden('case.act');
  const act: Act = { tx, now: services.clock(), record, conversation, services, after, actor, asInterpreter: interprets && !acts };
  return !demand.unread && conversation.owner === 'flow' && isKeptFrom(act) ? REFUSED.inPrivate : act;
}

/** The person talks with the flow of the private lane just now, and whoever asks may not read that. */
function isKeptFrom({ conversation, services, actor, now, record }: Act): boolean {
  if (record.private || services.surface?.answersPrivate === true || !conversation.private) return false;
  if (actor.via !== 'slack' && actor.permissions.has('case.read_private')) return false;
  const { session_hours } = services.releases.current().settings.retention;
  return now - (conversation.lastInboundAt ?? 0) < session_hours * HOUR_MS;
}
