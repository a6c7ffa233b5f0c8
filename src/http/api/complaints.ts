// Handlers of complaint-operations.ts. What is done is runtime/desk/complaints.ts's; who may see which is the query's.
import type { ComplaintView, complaintOperations } from '../../api/complaint-operations.ts';
import type { Actor } from '../../domain/staff.ts';
import { findOpenTo, listOpenTo, openComplaintWords, type ComplaintRecord } from '../../store/complaint-desk.ts';
import { listComplaintNotes } from '../../store/complaint-notes.ts';
import { loadStaff } from '../../store/staff.ts';
import type { Reader } from '../../store/store.ts';
import type { ApiParts, Handler } from './handler.ts';
import { notFound } from './refusal.ts';

type Operations = typeof complaintOperations;
type Handlers = { readonly [N in keyof Operations]: Handler<Operations[N]> };

export const complaintHandlers: Handlers = {
  listComplaints: ({ actor, query }, { store, now }) =>
    store.read(async (reader) => {
      const { complaints, next } = await listOpenTo(reader, actor, query);
      const shown = [];
      // A list says nothing of what was written: whoever wants to read it opens it, and that is audited.
      for (const complaint of complaints) shown.push({ ...(await head(reader, complaint, now())), place: null });
      return { complaints: shown, next };
    }),
  readComplaint: async ({ actor, params: { number } }, parts) => {
    await parts.complaints.read(actor, number);
    return show(actor, number, parts);
  },
  takeComplaint: async ({ actor, params: { number } }, parts) => {
    await parts.complaints.take(actor, number);
    return show(actor, number, parts);
  },
  noteComplaint: async ({ actor, params: { number }, body }, parts) => {
    await parts.complaints.note(actor, number, body);
    return show(actor, number, parts);
  },
  answerComplaint: async ({ actor, params: { number }, body }, parts) => {
    await parts.complaints.answer(actor, number, body);
    return show(actor, number, parts);
  },
  closeComplaint: async ({ actor, params: { number } }, parts) => {
    await parts.complaints.close(actor, number);
    return show(actor, number, parts);
  },
};

function show(actor: Actor, number: string, { store, now }: ApiParts): Promise<ComplaintView> {
  return store.read(async (reader) => {
    const complaint = await findOpenTo(reader, actor, number);
    if (!complaint) throw notFound('complaint');
    const notes = [];
    for (const { id, staffId, text, at } of await listComplaintNotes(reader, number))
      notes.push({ id, by: await aliasOf(reader, staffId), text, at });
    return { ...(await head(reader, complaint, now())), ...(await openComplaintWords(reader, number)), notes };
  });
}

type Head = Omit<ComplaintView, 'text' | 'place' | 'closingText' | 'notes'>;

async function head(reader: Reader, complaint: ComplaintRecord, now: number): Promise<Head> {
  const { handler, dueAt, state } = complaint;
  return {
    number: complaint.number,
    about: complaint.about,
    sensitive: complaint.sensitive,
    state,
    wantsContact: complaint.wantsContact,
    handler: handler === null ? null : { id: handler, alias: await aliasOf(reader, handler) },
    createdAt: complaint.createdAt,
    acknowledgedAt: complaint.acknowledgedAt,
    dueAt,
    overdue: dueAt <= now && (state === 'received' || state === 'looking'),
    answeredAt: complaint.answeredAt,
    closedAt: complaint.closedAt,
    action: complaint.action as Head['action'],
    satisfied: complaint.satisfied,
    reopened: complaint.reopened,
  };
}

async function aliasOf(reader: Reader, id: string): Promise<string> {
  return (await loadStaff(reader, id))?.alias ?? id;
}
