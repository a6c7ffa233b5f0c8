// What staff can do with a case, for the console's API and for Slack alike. Made once by the service.
// Each action is one transaction that locks the conversation first: of two who act, one is told who was first.
import type { Actor } from '../../domain/staff.ts';
import { appendAudit } from '../../store/audit.ts';
import { loadCase } from '../../store/cases.ts';
import { replyAddress } from '../../store/contacts.ts';
import { loadConversation } from '../../store/conversations.ts';
import { nothingYet, type AfterCommit, type Services } from '../services.ts';
import { takeInHand, type Act, type Demand } from './act.ts';
import { change, dismissInterpreter, inviteInterpreter } from './change.ts';
import { close, closeErased } from './close.ts';
import type { DeskActions, DeskOutcome } from './desk.ts';
import { claim, release, transfer } from './take.ts';
import { cancelReply, note, reply } from './reply.ts';

/** The actions, and when none of them is under way. */
export interface OpenDeskActions extends DeskActions {
  idle(): Promise<void>;
}

/**
 * Makes the actions.
 * @param afterCommit called after every commit with what is to be done outside the database
 */
export function createDeskActions(services: Services, afterCommit: (after: AfterCommit) => void): OpenDeskActions {
  const running = new Set<Promise<unknown>>();

  function act(name: string, actor: Actor, caseId: string, demand: Demand, work: (act: Act) => Promise<DeskOutcome>): Promise<DeskOutcome> {
    const outcome = run(name, actor, caseId, demand, work).finally(() => running.delete(outcome));
    running.add(outcome);
    return outcome;
  }

  async function run(
    name: string,
    actor: Actor,
    caseId: string,
    demand: Demand,
    work: (act: Act) => Promise<DeskOutcome>,
  ): Promise<DeskOutcome> {
    let after = nothingYet();
    const outcome = await services.store.transaction(async (tx): Promise<DeskOutcome> => {
      after = { ...nothingYet(), cases: true };
      const inHand = await takeInHand(tx, actor, caseId, demand, services, after);
      const done = 'ok' in inHand ? inHand : await work(inHand);
      // Last of all: others that write down what they did wait for this transaction from here on.
      if (done.ok)
        await appendAudit(tx, {
          at: services.clock(),
          actor: actor.id,
          action: `case.${name}`,
          target: caseId,
          detail: { via: actor.via },
        });
      return done;
    });
    afterCommit(after);
    if (outcome.ok) await tellPerson(services, caseId);
    return outcome;
  }

  const both = { interpreters: true };
  return {
    claim: (actor, caseId) => act('claim', actor, caseId, {}, claim),
    release: (actor, caseId) => act('release', actor, caseId, {}, release),
    transfer: (actor, caseId, to, why) => act('transfer', actor, caseId, {}, (one) => transfer(one, to, why)),
    close: (actor, caseId, how) => act('close', actor, caseId, { unread: true, erased: closeErased }, (one) => close(one, how)),
    reply: (actor, caseId, words) => act('reply', actor, caseId, both, (one) => reply(one, words)),
    cancelReply: (actor, caseId, replyId) => act('cancel_reply', actor, caseId, both, (one) => cancelReply(one, replyId)),
    note: (actor, caseId, words) => act('note', actor, caseId, both, (one) => note(one, words)),
    change: (actor, caseId, what) => act('change', actor, caseId, {}, (one) => change(one, what)),
    inviteInterpreter: (actor, caseId, staffId) => act('invite_interpreter', actor, caseId, {}, (one) => inviteInterpreter(one, staffId)),
    dismissInterpreter: (actor, caseId) => act('dismiss_interpreter', actor, caseId, {}, dismissInterpreter),
    idle: async () => void (await Promise.allSettled(running)),
  };
}

/** A web chat shows who answers: it looks again. */
async function tellPerson({ store, hub, log }: Services, caseId: string): Promise<void> {
  try {
    const person = await store.read(async (reader) => {
      const record = await loadCase(reader, caseId);
      const conversation = record && (await loadConversation(reader, record.conversationId));
      const to = conversation && (await replyAddress(reader, conversation.contactId, conversation.channel));
      return to && { channel: conversation.channel, to };
    });
    if (person) hub.publish(person.channel, person.to);
  } catch (error) {
    log.warn({ case: caseId, error }, 'An open web chat was not told that its case changed.');
  }
}
