// Handlers of what is live: the stream of changes, and saying that one looks at a case or types. See live/.
import { loadCaseLines } from '../../store/case-lines.ts';
import { maySeeLine } from './case-items.ts';
import type { Handlers } from './handler.ts';
import { notFound } from './refusal.ts';

export const streamHandlers: Pick<Handlers, 'stream' | 'tellPresence'> = {
  stream: ({ actor, query, request }, { live }) =>
    Promise.resolve(live.open(actor, request, request.headers.get('last-event-id') ?? query.cursor ?? null)),

  async tellPresence({ params, body, actor }, { store, live }) {
    const [line] = await store.read((reader) => loadCaseLines(reader, [params.id]));
    if (!line || !maySeeLine(actor, line)) throw notFound('case');
    live.presence.tell(params.id, actor.id, body.state);
    return undefined;
  },
};
