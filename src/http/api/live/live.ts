// All open streams of a node, and who is at which case. Made once by app.ts; the handlers of streams and presence use it.
// Streams end with the service, before the server waits for what is open.
import type { StreamEvent } from '../../../api/case-operations.ts';
import type { Actor } from '../../../domain/staff.ts';
import { parseDeskCursor } from '../../../store/desk-changes.ts';
import type { ApiParts, Live } from '../handler.ts';
import { peopleOf } from '../people.ts';
import { createFeed } from './feed.ts';
import { createPresence } from './presence.ts';
import { openStream, type OpenStream } from './stream.ts';

/** Streams of one person: a further one ends the oldest. */
const MOST_OF_ONE = 20;

/** Opens the live side of the API. */
export function createLive(parts: Omit<ApiParts, 'live' | 'desk' | 'publicUrl'>): Live {
  const feed = createFeed(parts);
  const board = createPresence(parts.services.hub);
  const streams = new Map<OpenStream, string>();
  let closed = false;
  board.onChange((caseId) => {
    for (const stream of streams.keys()) stream.tellPresence(caseId);
  });

  async function presenceOf(caseIds: readonly string[]): Promise<StreamEvent> {
    const people = await peopleOf(parts);
    const at = (caseId: string) => board.of(caseId).map(({ id, typing }) => ({ id, alias: people.alias(id), typing }));
    return { type: 'presence', presence: caseIds.map((caseId) => ({ caseId, staff: at(caseId) })) };
  }

  /** The request's cookie or token, asked about again and again while the stream is open. */
  function stillMay(actor: Actor, request: Request): () => Promise<boolean> {
    const asked = new Request(request.url, { headers: request.headers });
    const rights = rightsOf(actor);
    return async () => {
      const caller = await parts.auth.authenticate(asked);
      return caller?.secondFactor === 'done' && rightsOf(caller.actor) === rights;
    };
  }

  return {
    open(actor, request, cursor) {
      const own = [...streams].filter(([, id]) => id === actor.id).map(([stream]) => stream);
      if (own.length >= MOST_OF_ONE) own[0]?.end();
      const stream: OpenStream = openStream({
        actor,
        after: cursor === null ? null : (parseDeskCursor(cursor) ?? { tx: -1, seq: -1 }),
        feed,
        store: parts.store,
        stillMay: stillMay(actor, request),
        presence: presenceOf,
        presentCases: board.cases,
        onEnd: () => void streams.delete(stream),
      });
      if (closed) stream.end();
      else streams.set(stream, actor.id);
      return new Response(stream.body, {
        headers: {
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-store',
          // Proxies that gather what they pass on would hold events back.
          'x-accel-buffering': 'no',
          // The connection ends with the stream: kept open for another request it would hold up the end of the server.
          connection: 'close',
        },
      });
    },
    presence: board,
    async close() {
      closed = true;
      for (const stream of streams.keys()) stream.end();
      board.close();
      await feed.close();
    },
  };
}

function rightsOf({ id, organisationId, deskIds, permissions }: Actor): string {
  return JSON.stringify([id, organisationId, [...deskIds].sort(), [...permissions].sort()]);
}
