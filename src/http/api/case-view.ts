// A case, opened: what stands beside its conversation, and what whoever looks may do. Used by cases.ts.
// Finding it is here too: what somebody may not see is not found.
import type { z } from 'zod';
import type { CaseView as CaseViewShape } from '../../api/case-operations.ts';
import { isInterpreterOf, maySeeCase } from '../../desk/access.ts';
import { interpretersFor, mayTake } from '../../desk/routing.ts';
import type { Actor } from '../../domain/staff.ts';
import { complaintTopics } from '../../engine/complaint-flows.ts';
import { reachOf } from '../../runtime/desk/reach.ts';
import { listPastEpisodes } from '../../store/case-history.ts';
import { loadCaseLines, type CaseLine } from '../../store/case-lines.ts';
import { loadCase } from '../../store/cases.ts';
import { loadConversation } from '../../store/conversations.ts';
import type { CaseRecord, Conversation } from '../../store/records.ts';
import type { Reader } from '../../store/store.ts';
import { maySeeLine, toCaseItem, type CaseItem } from './case-items.ts';
import { readTimeline } from './case-timeline.ts';
import type { ApiParts } from './handler.ts';
import { peopleOf } from './people.ts';
import { notFound } from './refusal.ts';

export type CaseView = z.output<typeof CaseViewShape>;
type May = CaseView['may'][number];

/** A case that somebody may see. */
export interface FoundCase {
  line: CaseLine;
  record: CaseRecord;
  /** Null once the person was erased. */
  conversation: Conversation | null;
  /** They see it because they were asked in, and by no other right. */
  asInterpreter: boolean;
}

/** Finds a case. @throws Refusal store.not_found, also when it is not this actor's to see. */
export async function findCase(reader: Reader, actor: Actor, id: string): Promise<FoundCase> {
  const [line] = await loadCaseLines(reader, [id]);
  if (!line || !maySeeLine(actor, line)) throw notFound('case');
  const record = await loadCase(reader, id);
  if (!record) throw notFound('case');
  const interpreters = line.interpreters.map(({ staffId }) => staffId);
  const asInterpreter = isInterpreterOf(actor, { interpreters }) && !maySeeCase(actor, { ...line, interpreters: [] });
  return { line, record, conversation: await loadConversation(reader, record.conversationId), asInterpreter };
}

/** A case as a line of the inbox, after it was acted on: whoever gave it away may see it no more, and is told once what became of it. */
export async function readItem(parts: ApiParts, id: string): Promise<CaseItem> {
  const people = await peopleOf(parts);
  const [line] = await parts.store.read((reader) => loadCaseLines(reader, [id]));
  if (!line) throw notFound('case');
  return toCaseItem(line, people);
}

/** Everything of a case. */
export async function viewCase(reader: Reader, found: FoundCase, actor: Actor, parts: ApiParts): Promise<CaseView> {
  const { line, record, conversation, asInterpreter } = found;
  const people = await peopleOf(parts);
  const readsPrivate = actor.permissions.has('case.read_private');
  const complaints = complaintTopics(parts.services.releases.current().program);
  const language = line.spoken ?? line.language;
  const others = asInterpreter ? [] : people.colleagues.filter(({ member }) => member.id !== line.assignee);
  return {
    item: toCaseItem(line, people),
    summary: asInterpreter || record.private ? null : record.summary,
    reason: record.reason,
    locality: record.locality,
    keeping: conversation?.keeping ?? 'standard',
    reach: await readReach(reader, conversation, parts),
    history: asInterpreter ? [] : await listPastEpisodes(reader, record.contactId, readsPrivate, complaints),
    timeline: conversation ? await readTimeline(reader, { record, conversation, actor, asInterpreter, people }) : [],
    colleagues: others
      .filter(({ member }) => mayTake(member, line))
      .map(({ member: { id, alias, languages }, onShift, load }) => ({ id, alias, languages, onShift, load })),
    interpreters: asInterpreter
      ? []
      : interpretersFor(people.colleagues, language).map(({ member: { id, alias }, onShift }) => ({ id, alias, onShift })),
    participants: line.interpreters.map(({ staffId, joined }) => ({
      id: staffId,
      alias: people.alias(staffId),
      role: 'interpreter',
      joined,
    })),
    may: whatMay(actor, found),
  };
}

/** How the person can be written to; nobody can write to somebody who was erased. */
export async function readReach(
  reader: Reader,
  conversation: Conversation | null,
  { services, now }: ApiParts,
): Promise<CaseView['reach']> {
  if (!conversation) return { state: 'stopped', windowEndsAt: null, templates: [], smsAgreed: false };
  return reachOf(reader, conversation, services, now());
}

/** What the console offers; the actions themselves check again. */
function whatMay({ id, permissions }: Actor, { line, asInterpreter, conversation }: FoundCase): May[] {
  if (line.status === 'closed') return permissions.has('contact.see_number') && !asInterpreter && conversation ? ['see_number'] : [];
  if (asInterpreter) return line.status === 'claimed' ? ['interpret', 'reply', 'note'] : ['note'];
  const acts = permissions.has('case.act');
  const assigns = permissions.has('case.assign');
  const own = line.assignee === id;
  const free = acts && (own || assigns || line.status === 'waiting');
  return [
    ...(acts && line.status === 'waiting' ? (['claim'] as const) : []),
    ...(line.status === 'claimed' && (own || assigns) && acts ? (['release'] as const) : []),
    ...(free ? (['reply', 'transfer', 'close'] as const) : []),
    ...(acts ? (['note'] as const) : []),
    ...(free && permissions.has('referral.write') ? (['refer'] as const) : []),
    ...(permissions.has('contact.see_number') ? (['see_number'] as const) : []),
    ...(assigns ? (['assign'] as const) : []),
  ];
}
