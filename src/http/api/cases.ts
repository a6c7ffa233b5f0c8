// Handlers that read cases: the inbox, a case with its conversation, the number behind it. Every read is audited.
// What somebody may not see answers like what does not exist; see case-view.ts and store/case-list.ts.
import type { Actor } from '../../domain/staff.ts';
import { noteLook } from '../../runtime/desk/looks.ts';
import { listCases, countCases, type CaseCounts, type CasePlace } from '../../store/case-list.ts';
import { appendAudit } from '../../store/audit.ts';
import { replyAddress } from '../../store/contacts.ts';
import { currentDeskCursor, formatDeskCursor } from '../../store/desk-changes.ts';
import { toCaseItem, toCaseItems } from './case-items.ts';
import { readTimeline } from './case-timeline.ts';
import { findCase, readReach, viewCase } from './case-view.ts';
import type { ApiParts, Handlers } from './handler.ts';
import { peopleOf } from './people.ts';
import { badRequest } from './refusal.ts';

type Names = 'listCases' | 'readCase' | 'readTimeline' | 'seeNumber';

/** Counts go over all open cases: where that takes long they are not made anew for so many times as long, and no longer than that. */
const COUNTS_REST = 20;
const LONGEST_REST_MS = 1000;
const MAX_REMEMBERED = 10_000;

export const caseHandlers: Pick<Handlers, Names> = {
  async listCases({ query, actor }, parts) {
    const { after, ...rest } = query;
    const place = after === undefined ? undefined : parsePlace(after);
    const people = await peopleOf(parts);
    const page = await parts.store.read(async (reader) => {
      // The cursor before the cases: what changes meanwhile is told by the stream again, and nothing is missed.
      const cursor = formatDeskCursor(await currentDeskCursor(reader));
      const { lines, next } = await listCases(reader, actor, { ...rest, after: place }, parts.now());
      return {
        cases: toCaseItems(lines, people),
        next: next === null ? null : Buffer.from(JSON.stringify(next)).toString('base64url'),
        counts: await countsOf(parts, actor),
        cursor,
      };
    });
    await noteLook(parts.services, actor, { action: 'case.list', target: null });
    return page;
  },

  async readCase({ params, actor }, parts) {
    const view = await parts.store.read(async (reader) => viewCase(reader, await findCase(reader, actor, params.id), actor, parts));
    await noteLook(parts.services, actor, { action: 'case.read', target: params.id, detail: { private: view.item.private } }, true);
    return view;
  },

  async readTimeline({ params, query, actor }, parts) {
    const people = await peopleOf(parts);
    const answer = await parts.store.read(async (reader) => {
      const { line, record, conversation, asInterpreter } = await findCase(reader, actor, params.id);
      return {
        item: toCaseItem(line, people),
        reach: await readReach(reader, conversation, parts),
        timeline: conversation ? await readTimeline(reader, { record, conversation, actor, asInterpreter, people }, query.after) : [],
      };
    });
    await noteLook(parts.services, actor, { action: 'case.read', target: params.id, detail: { private: answer.item.private } });
    return answer;
  },

  async seeNumber({ params, actor }, parts) {
    const number = await parts.store.read(async (reader) => {
      const { conversation, asInterpreter } = await findCase(reader, actor, params.id);
      if (!conversation || asInterpreter) return null;
      const address = await replyAddress(reader, conversation.contactId, conversation.channel);
      return address?.kind === 'phone' ? address.value : null;
    });
    await parts.store.transaction((tx) =>
      appendAudit(tx, {
        at: parts.now(),
        actor: actor.id,
        action: 'contact.see_number',
        target: params.id,
        detail: { known: number !== null },
      }),
    );
    return { number };
  },
};

const counted = new WeakMap<object, Map<string, { until: number; counts: CaseCounts }>>();

async function countsOf({ store, services, now }: ApiParts, actor: Actor): Promise<CaseCounts> {
  const ofService = counted.get(services) ?? new Map<string, { until: number; counts: CaseCounts }>();
  counted.set(services, ofService);
  const key = [actor.id, ...[...actor.permissions].sort(), ...actor.deskIds].join(' ');
  const began = performance.now();
  const known = ofService.get(key);
  if (known && began < known.until) return known.counts;
  if (ofService.size >= MAX_REMEMBERED) ofService.clear();
  const counts = await store.read((reader) => countCases(reader, actor, now()));
  const ended = performance.now();
  ofService.set(key, { until: ended + Math.min(LONGEST_REST_MS, COUNTS_REST * (ended - began)), counts });
  return counts;
}

function parsePlace(text: string): CasePlace {
  const place = parseJson(Buffer.from(text, 'base64url').toString());
  if (!Array.isArray(place) || place.length !== 3) throw badRequest('"after" in the query is not what "next" of the page before was.');
  const [rank, at, id] = place as unknown[];
  if (!Number.isInteger(rank) || !Number.isInteger(at) || typeof id !== 'string')
    throw badRequest('"after" in the query is not what "next" of the page before was.');
  return [rank as number, at as number, id];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
