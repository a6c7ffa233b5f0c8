// Every encrypted column of the database, and where its records say they stand. Used by decrypt-all.ts and replace-day-keys.ts.
// A new encrypted column is a line here: the test of erasure looks only where this list points.
import { closingPlace } from './complaint-desk.ts';
import { complaintNotePlace } from './complaint-notes.ts';
import { complaintPlace } from './complaints.ts';
import { notePlace } from './case-notes.ts';
import { casePlace } from './cases.ts';
import { inboxPlace } from './inbox.ts';
import { mediaPlace } from './message-media.ts';
import { keptReplyPlace } from './kept-replies.ts';
import { messagePlace } from './messages.ts';
import { linePlace } from './outbox-recipients.ts';
import { referralPlace } from './referrals.ts';
import type { Schema } from './schema.ts';
import { timerPlace } from './timers.ts';
import type { Place } from './sealed-record.ts';
import { staffAddressPlace } from './staff-address.ts';

type Row = Record<string, unknown>;

export interface SealedColumn {
  table: keyof Schema;
  column: string;
  /** Where the record of a row stands, as it was sealed. */
  place(row: Row): Place;
  /** Column that names the row, where the key is that of a day (class messages). */
  ofDay?: string;
}

const text = (row: Row, name: string): string => String(row[name]);

export const SEALED_COLUMNS: readonly SealedColumn[] = [
  { table: 'addresses', column: 'sealed', place: (row) => ({ table: 'addresses', row: text(row, 'hash'), column: 'sealed' }) },
  {
    table: 'sessions',
    column: 'sealed',
    place: (row) => ({ table: 'sessions', row: text(row, 'conversation_id'), column: 'sealed' }),
    ofDay: 'conversation_id',
  },
  {
    table: 'inbox',
    column: 'sealed',
    place: (row) => inboxPlace({ channel: text(row, 'channel'), external_id: text(row, 'external_id') }),
    ofDay: 'id',
  },
  { table: 'messages', column: 'sealed', place: (row) => messagePlace(text(row, 'id')), ofDay: 'id' },
  { table: 'outbox', column: 'sealed', place: (row) => linePlace(text(row, 'id')), ofDay: 'id' },
  { table: 'outbox', column: 'to_sealed', place: (row) => linePlace(text(row, 'id'), 'to_sealed') },
  { table: 'message_media', column: 'sealed', place: (row) => mediaPlace(text(row, 'id')) },
  { table: 'timers', column: 'sealed', place: (row) => timerPlace(text(row, 'id')) },
  { table: 'case_notes', column: 'sealed', place: (row) => notePlace(text(row, 'id')) },
  { table: 'cases', column: 'sealed', place: (row) => casePlace(text(row, 'id')) },
  { table: 'staff_messages', column: 'sealed', place: (row) => keptReplyPlace(text(row, 'message_id')) },
  { table: 'complaints', column: 'sealed', place: (row) => complaintPlace(text(row, 'number')) },
  { table: 'complaints', column: 'closing_sealed', place: (row) => closingPlace(text(row, 'number')) },
  { table: 'complaint_notes', column: 'sealed', place: (row) => complaintNotePlace(text(row, 'id')) },
  { table: 'referrals', column: 'sealed', place: (row) => referralPlace(text(row, 'id')) },
  { table: 'staff', column: 'sealed', place: (row) => staffAddressPlace(text(row, 'id')) },
];
