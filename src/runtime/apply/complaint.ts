// Files a complaint under the number that the person was told. Its text is encrypted under a key of its own class.
import type { EngineEvent } from '../../domain/event.ts';
import { fileComplaint } from '../../store/complaints.ts';
import type { Outcome } from './outcome.ts';

const DAY_MS = 86_400_000;

/** Stores the complaint. A number that is taken makes the whole turn run again with a new one (store.conflict). */
export async function applyComplaint(outcome: Outcome, event: Extract<EngineEvent, { type: 'complaint_filed' }>): Promise<void> {
  const { tx, now, conversation, release } = outcome;
  await fileComplaint(tx, {
    number: event.number,
    contactId: conversation.contactId,
    conversationId: conversation.id,
    about: event.about,
    text: event.private ? null : event.text,
    place: event.place,
    wantsContact: event.wantsContact,
    private: event.private,
    state: 'received',
    createdAt: now,
    dueAt: now + release.settings.complaint_answer_days * DAY_MS,
  });
  outcome.log.sensitive ||= event.private;
}
