// What staff can do with a case, from whichever surface: the console's API and Slack call the same functions.
// Made by the service; each action is one transaction that locks the conversation, so that of two who act one is told who was first.
import type { Priority } from '../../domain/conversation.ts';
import type { Actor } from '../../domain/staff.ts';

/** What became of an action. `reason` is a sentence for staff; `takenBy` the alias of whoever has the case. */
export type DeskOutcome =
  | { ok: true }
  | {
      ok: false;
      /**
       * `taken`: a colleague has it. `closed`: it is closed. `gone`: no such case, erased, or not this actor's to see.
       * `private`: cannot be read on this surface. `stopped`: the person stopped the line. `window`: WhatsApp would refuse it.
       * `off`: the channel is off. `moved`: it changed hands meanwhile, try again. `invalid`: it cannot be done so.
       * `kept`: this message waits until the person writes. `cancelled`: it waited for that, and was taken back unsent.
       */
      code:
        | 'taken'
        | 'closed'
        | 'gone'
        | 'private'
        | 'forbidden'
        | 'stopped'
        | 'window'
        | 'off'
        | 'moved'
        | 'kept'
        | 'cancelled'
        | 'invalid';
      reason: string;
      takenBy?: string;
    };

/** How a reply goes out; `when_they_write` keeps it until the person writes again. */
export interface Reply {
  /** Made by the surface; the same id again sends nothing twice. */
  id: string;
  text: string;
  how: 'now' | 'template' | 'sms' | 'when_they_write';
  template?: string;
}

export interface DeskActions {
  claim(actor: Actor, caseId: string): Promise<DeskOutcome>;
  /** Back to the queue. */
  release(actor: Actor, caseId: string): Promise<DeskOutcome>;
  transfer(actor: Actor, caseId: string, to: { staffId: string } | { deskId: string }, note?: string): Promise<DeskOutcome>;
  close(actor: Actor, caseId: string, how: { outcome: string; followUpDays?: number }): Promise<DeskOutcome>;
  /** Takes the case over, then writes to the person. */
  reply(actor: Actor, caseId: string, reply: Reply): Promise<DeskOutcome>;
  cancelReply(actor: Actor, caseId: string, replyId: string): Promise<DeskOutcome>;
  /** Never reaches the person. */
  note(actor: Actor, caseId: string, note: { id: string; text: string; mentions: readonly string[] }): Promise<DeskOutcome>;
  change(
    actor: Actor,
    caseId: string,
    change: { priority?: Priority | undefined; topic?: string | undefined; callbackAt?: number | null | undefined },
  ): Promise<DeskOutcome>;
  inviteInterpreter(actor: Actor, caseId: string, staffId: string): Promise<DeskOutcome>;
  dismissInterpreter(actor: Actor, caseId: string): Promise<DeskOutcome>;
}
