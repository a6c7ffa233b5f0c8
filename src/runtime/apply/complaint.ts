// Files a complaint under the number that the person was told. Its text is encrypted under a key of its own class.
import type { EngineEvent } from '../../domain/event.ts';
import { fileComplaint } from '../../store/complaints.ts';
import { noteDeskChange } from '../../store/desk-changes.ts';
import type { Outcome } from './outcome.ts';

const HOUR_MS = 3_600_000;
/** What is about people of the staff: only officers who never had a case of the person see it. */
const ABOUT_STAFF = ['staff', 'money_or_sex', 'misconduct'];

/** Stores the complaint. A number that is taken makes the whole turn run again with a new one (store.conflict). */
export async function applyComplaint(outcome: Outcome, event: Extract<EngineEvent, { type: 'complaint_filed' }>): Promise<void> {
  const { tx, now, conversation, release } = outcome;
  const sensitive = event.private || ABOUT_STAFF.includes(event.about);
  const { complaint_answer_days: days, sensitive_complaint_hours: hours } = release.settings;
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
    dueAt: now + (sensitive ? hours : days * 24) * HOUR_MS,
    sensitive,
  });
  await noteDeskChange(tx, 'complaints', null);
  outcome.log.sensitive ||= event.private;
}
