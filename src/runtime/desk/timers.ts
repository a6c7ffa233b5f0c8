// The desk's own deadlines: rows of kind `desk`, told apart by their token. Set by whatever changes hands, run by due.ts.
// 2026-11-21: a token, not a payload: a deadline says nothing of a person, so nothing needs a key to read it.
import type { Conversation } from '../../store/records.ts';
import type { Tx } from '../../store/store.ts';
import { addTimer, hasTimer } from '../../store/timers.ts';
import { newId } from '../../util/ids.ts';

/** What a deadline is about. The numbers stand in the store. */
export const DESK_TIMERS = {
  /** Nobody has taken a case from the line in the promised time. */
  escalate: 1,
  /** Whoever has the case has not answered. */
  no_reply: 2,
  /** The time in which a closed case opens again is over. */
  reopen_ended: 3,
  /** The time that was agreed to write to the person. Holds whoever owns the conversation by then. */
  callback: 4,
  /** The shift of whoever has the case ends. */
  shift_end: 5,
} as const;

export type DeskTimer = keyof typeof DESK_TIMERS;

/** Sets a deadline under the conversation's present epoch: if people or program take over meanwhile it does nothing. */
export async function setDeskTimer(
  tx: Tx,
  conversation: Pick<Conversation, 'id' | 'epoch'>,
  what: DeskTimer,
  dueAt: number,
): Promise<void> {
  await addTimer(tx, {
    id: newId(),
    conversationId: conversation.id,
    kind: 'desk',
    epoch: conversation.epoch,
    token: DESK_TIMERS[what],
    dueAt,
    payload: null,
  });
}

/** Sets a deadline unless one of its kind is still to come, which looks again by itself. */
export async function setUnlessSet(
  tx: Tx,
  conversation: Pick<Conversation, 'id' | 'epoch'>,
  what: DeskTimer,
  dueAt: number,
): Promise<void> {
  const { id, epoch } = conversation;
  if (!(await hasTimer(tx, { conversationId: id, kind: 'desk', epoch, token: DESK_TIMERS[what] })))
    await setDeskTimer(tx, conversation, what, dueAt);
}

/** What a token means; null for one of a later program. */
export function deskTimerOf(token: number): DeskTimer | null {
  return (Object.keys(DESK_TIMERS) as DeskTimer[]).find((name) => DESK_TIMERS[name] === token) ?? null;
}
