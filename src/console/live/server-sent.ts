// Reads server-sent events out of a stream of text, as the HTML standard lays them out. Used by stream-client.ts.
// Pure: it keeps what is unfinished and gives back what is whole.
//
// 2026-11-21: our own reader instead of EventSource, which cannot tell a session that ended (401) from a lost network,
// does not see the comments by which a server shows that a silent line is alive, and stops for good at any answer but 200.

/** One event. A comment, which only shows that the line is alive, has no data. */
export interface ServerSent {
  id: string | null;
  data: string | null;
}

/** Makes a reader: give it text as it comes, it answers the events that are complete. */
export function createEventReader(): (chunk: string) => ServerSent[] {
  let rest = '';
  let lines: string[] = [];
  return (chunk) => {
    const parts = (rest + chunk).split(/\r\n|\n|\r(?!$)/);
    rest = parts.pop() ?? '';
    const events: ServerSent[] = [];
    for (const line of parts) {
      if (line !== '') lines.push(line);
      else if (lines.length > 0) {
        events.push(readEvent(lines));
        lines = [];
      }
    }
    return events;
  };
}

function readEvent(lines: readonly string[]): ServerSent {
  const data: string[] = [];
  let id: string | null = null;
  for (const line of lines) {
    const [, field, value] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
    if (field === 'data') data.push(value ?? '');
    else if (field === 'id') id = value ?? null;
  }
  return { id, data: data.length > 0 ? data.join('\n') : null };
}
