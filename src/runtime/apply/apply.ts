// Carries out what the engine decided: one exhaustive switch over its events, then what is said, then what is kept.
// Called by turn.ts inside the turn's transaction. Sending and everything else outside the database comes after the commit.
import type { EngineEvent } from '../../domain/event.ts';
import { allOrNone } from '../../store/all-or-none.ts';
import { saveConversation } from '../../store/conversations.ts';
import { recordConsent } from '../../store/consents.ts';
import { saveEpisode } from '../../store/request-log.ts';
import { deleteSession, saveSession } from '../../store/sessions.ts';
import { addTimer, deleteTimers } from '../../store/timers.ts';
import { newId } from '../../util/ids.ts';
import { declineSms } from '../desk/decline-sms.ts';
import { SMS_CHANNEL } from '../desk/reach.ts';
import { openCaseFor } from '../give-up.ts';
import { applyComplaint } from './complaint.ts';
import { applyErase } from './erase.ts';
import { openEpisode } from './episode.ts';
import { applyHandoff, leaveQueue, reopenCase } from './handoff.ts';
import { meetMedia } from './media.ts';
import { keepAside } from './of-complaint.ts';
import { keepUnanswered } from './keep-unanswered.ts';
import { moveOwnerOf, type Outcome } from './outcome.ts';
import { applyPromptAnswer, applyUnanswered, applyWithdrawal } from './prompt-answered.ts';
import { speak } from './speak.ts';
import { meetPeople } from './with-people.ts';

const HOUR_MS = 3_600_000;

/** Applies all events of a turn, queues what is said, and saves session, conversation and request log. */
export async function applyEvents(turn: Omit<Outcome, 'log' | 'erased'>): Promise<void> {
  const outcome: Outcome = { ...turn, log: await openEpisode(turn), erased: false };
  const done = outcome.events.some((event) => event.type === 'prompt_answered' || event.type === 'stopped');
  // Whoever rates the help, answers what was asked, or stops the line does not come back with something new.
  if (!done && outcome.cause.kind === 'inbound' && outcome.cause.route.owner !== outcome.conversation.owner) await reopenCase(outcome);
  await keepAside(outcome);
  for (const event of outcome.events) await applyEvent(outcome, event);
  await meetMedia(outcome);
  await speak(outcome);
  await meetPeople(outcome);
  if (outcome.conversation.owner === 'queue' || outcome.conversation.owner === 'staff') outcome.after.cases = true;
  if (!outcome.erased) await keep(outcome);
}

async function applyEvent(outcome: Outcome, event: EngineEvent): Promise<void> {
  const { tx, log, now, conversation } = outcome;
  switch (event.type) {
    case 'say':
      return; // speak() takes all lines of the turn together.
    case 'language_set':
      outcome.conversation = { ...conversation, language: event.language };
      log.language = event.language;
      return;
    case 'log':
      if (event.fields.topic) addTopic(outcome, event.fields.topic);
      Object.assign(log, event.fields, { topic: undefined });
      return;
    case 'answer_shown':
      if (!log.answers.includes(event.entry)) log.answers.push(event.entry);
      addTopic(outcome, event.topic);
      log.outcome ??= 'answered';
      return;
    case 'places_shown':
      addTopic(outcome, event.topic);
      log.outcome = 'referred';
      return;
    case 'unanswered':
      return keepUnanswered(outcome);
    case 'gap':
      if (event.topic) addTopic(outcome, event.topic);
      log.outcome ??= 'no_service';
      return;
    case 'consent_recorded':
      return recordConsent(tx, {
        id: newId(),
        contactId: conversation.contactId,
        purpose: event.purpose,
        given: event.given,
        textKey: event.textKey,
        release: outcome.release.number,
        language: outcome.session.language,
        createdAt: now,
      });
    case 'prompt_answered':
      return applyPromptAnswer(outcome, event.answer);
    case 'consent_unanswered':
      return applyUnanswered(outcome, event.about);
    case 'consent_withdrawn':
      return applyWithdrawal(outcome);
    case 'keeping_set':
      outcome.conversation = { ...conversation, keeping: event.keeping };
      return;
    case 'handoff':
      return applyHandoff(outcome, event);
    case 'complaint_filed':
      return applyComplaint(outcome, event);
    case 'remind':
      return addTimer(tx, {
        id: newId(),
        conversationId: conversation.id,
        kind: 'remind',
        epoch: conversation.epoch,
        token: 0,
        dueAt: event.atMs,
        payload: JSON.stringify(event.line),
      });
    case 'timer_set':
      return addTimer(tx, {
        id: newId(),
        conversationId: conversation.id,
        kind: 'wait',
        epoch: conversation.epoch,
        token: event.token,
        dueAt: now + event.seconds * 1000,
        payload: null,
      });
    case 'stopped':
      await moveOwnerOf(outcome, { type: 'stop' });
      log.outcome = 'stopped';
      if (conversation.channel === SMS_CHANNEL) await declineSms(tx, conversation, outcome.services);
      return deleteTimers(tx, conversation.id, 'prompt');
    case 'started':
      await moveOwnerOf(outcome, { type: 'start' });
      return;
    case 'erase_confirmed':
      return applyErase(outcome);
    case 'menu_opened':
      await moveOwnerOf(outcome, { type: 'menu' });
      return;
    case 'left_queue':
      return leaveQueue(outcome);
    case 'emergency':
      log.outcome = 'emergency';
      log.sensitive = true;
      return;
    case 'session_ended':
      log.outcome ??= event.outcome ?? undefined;
      return;
    case 'error':
      outcome.services.log.error(
        { code: event.code, flow: event.flow, step: event.step, release: outcome.release.number },
        'A flow failed; the person was offered a person.',
      );
      outcome.services.metrics.turns.inc({ channel: conversation.channel, result: 'fault' });
      return openCaseFor(tx, conversation, 'fault', outcome.services, outcome.after);
    default:
      return assertNever(event);
  }
}

function assertNever(event: never): never {
  return event;
}

/** The request log keeps at most three topics; private ones only by their first level. */
function addTopic(outcome: Outcome, topic: string): void {
  const isPrivate = outcome.release.topicIsPrivate(topic);
  const code = isPrivate ? (topic.split('.')[0] ?? topic) : topic;
  if (isPrivate) outcome.log.sensitive = true;
  if (!outcome.log.topics.includes(code) && outcome.log.topics.length < 3) outcome.log.topics.push(code);
}

async function keep(outcome: Outcome): Promise<void> {
  const { tx, session } = outcome;
  const isPrivate = session.facts.private;
  outcome.conversation = { ...outcome.conversation, language: session.language ?? outcome.conversation.language, private: isPrivate };
  const { conversation, log } = outcome;
  log.language = session.language ?? log.language;
  log.locality = session.facts.locality ?? log.locality;
  log.flow = session.stack.at(-1)?.flow ?? log.flow;
  await allOrNone([saveConversation(tx, conversation), saveEpisode(tx, log), keepSession(outcome)]);
}

async function keepSession({ tx, conversation, session, release, now }: Outcome): Promise<void> {
  if (conversation.owner === 'stopped') return deleteSession(tx, conversation.id);
  const { session_hours, messages_days } = release.settings.retention;
  const short = session.facts.private || conversation.keeping === 'session';
  // What somebody said stays in the session while they go on, and not longer than their messages do.
  const longest = session.startedAt + messages_days * 24 * HOUR_MS;
  await saveSession(tx, conversation, session, short ? Math.min(longest, now + session_hours * HOUR_MS) : longest);
}
