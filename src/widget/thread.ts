// The lines of the conversation as the widget knows them: what the service has told, and the person's own that it has not yet.
// A plain model without a page: told apart by sequence numbers and client ids, so that nothing is shown twice or lost.
import type { Activity, ActivitySet } from '../api/direct-line.ts';
import type { Outgoing } from './memory.ts';

/** How far a message of the person is. `refused`: the service does not take this file, and says why in the conversation. */
export type SendState = 'waiting' | 'sending' | 'sent' | 'failed' | 'refused';

/** What a file is called where it has no words beside it. */
export type FileKind = 'picture' | 'voice' | 'file';

export interface Line {
  /** Stable for the life of the page. */
  key: string;
  from: 'person' | 'service' | 'staff';
  text: string;
  /** What came without words; nothing of a file comes back but its kind. */
  file: FileKind | null;
  language: string;
  direction: 'ltr' | 'rtl' | 'auto';
  choices: { id: string; label: string }[];
  /** Place in the conversation; infinite while the service has not told. */
  sequence: number;
  /** Null for what others say. */
  state: SendState | null;
}

export interface Thread {
  /** In the order in which they stand. */
  lines(): Line[];
  /** Takes what the service told; returns the lines that are new on the page. */
  take(set: ActivitySet): Line[];
  /** Shows a message of the person that the service does not have yet. */
  addOwn(outgoing: Outgoing, file?: FileKind): void;
  setState(clientId: string, state: SendState): void;
  remove(clientId: string): void;
  clear(): void;
}

/** Begins an empty thread. */
export function createThread(): Thread {
  let lines: Line[] = [];
  /** Own messages that were on their way when everything before was erased: erased too, unless the service tells of them. */
  const doubtful = new Set<string>();
  /** Number of the newest line when a file was chosen, by client id. */
  const writtenAfter = new Map<string, number>();

  /** Forgets what the service has told, and what it took and erased before it could tell. */
  function forget(): void {
    lines = lines.filter((line) => !Number.isFinite(line.sequence) && line.state !== 'sent');
    for (const line of lines) if (line.state === 'sending') doubtful.add(line.key);
  }

  function remove(clientId: string): void {
    lines = lines.filter((line) => line.key !== clientId);
  }

  /** A stable sort: what has no number yet stays last, in the order of writing. */
  function sort(): void {
    lines.sort((a, b) => (a.sequence === b.sequence ? 0 : a.sequence - b.sequence));
  }

  /** What gets no number of its own stays behind what was said before it: the words about it come after. */
  function standAside(line: Line): void {
    line.sequence = (writtenAfter.get(line.key) ?? 0) + 0.5;
    sort();
  }

  function takeOne(activity: Activity): Line | null {
    const clientId = activity.channelData.clientActivityID;
    const own = activity.channelData.from === 'person';
    const sequence = Number(activity.id.split('|')[1]);
    const key = own && clientId !== undefined ? clientId : activity.id;
    doubtful.delete(key);
    const known = lines.find((line) => line.key === key);
    if (known !== undefined) {
      known.sequence = sequence;
      if (own && known.state !== 'refused') known.state = 'sent';
      return null;
    }
    const line: Line = {
      key,
      from: activity.channelData.from,
      text: activity.text,
      file: activity.text === '' && activity.attachments ? kindOfFile(activity.attachments[0]?.contentType ?? '') : null,
      language: activity.locale ?? '',
      direction: own ? 'auto' : activity.channelData.direction,
      choices: (activity.suggestedActions?.actions ?? []).map((action) => ({ id: action.value.choice, label: action.title })),
      sequence,
      state: own ? 'sent' : null,
    };
    lines.push(line);
    return line;
  }

  return {
    lines: () => lines,
    take(set) {
      if (set.reset) forget();
      const fresh = set.activities.map(takeOne).filter((line): line is Line => line !== null);
      sort();
      return fresh;
    },
    addOwn({ clientId, text, failed }, file) {
      if (lines.some((line) => line.key === clientId)) return;
      const state = failed ? 'failed' : 'waiting';
      if (file) writtenAfter.set(clientId, Math.max(0, ...lines.map((line) => line.sequence).filter(Number.isFinite)));
      lines.push({
        key: clientId,
        from: 'person',
        text,
        file: file ?? null,
        language: '',
        direction: 'auto',
        choices: [],
        sequence: Number.POSITIVE_INFINITY,
        state,
      });
    },
    setState(clientId, state) {
      if (state === 'sent' && doubtful.delete(clientId)) remove(clientId);
      const line = lines.find((one) => one.key === clientId);
      if (line === undefined) return;
      if (state === 'refused' && line.state !== 'sent') standAside(line);
      // The echo may be faster than the answer to the post.
      if (line.state !== 'sent') line.state = state;
    },
    remove,
    clear() {
      lines = [];
    },
  };
}

/** The kind of a file, by its type. */
export function kindOfFile(contentType: string): FileKind {
  if (contentType.startsWith('image/')) return 'picture';
  return contentType.startsWith('audio/') ? 'voice' : 'file';
}

/** Whether the choices under a line were used, and which one: whatever the person wrote next. */
export function chosenUnder(lines: Line[], at: number): { used: boolean; chosen: string | null } {
  const next = lines.slice(at + 1).find((line) => line.from === 'person' && line.state !== 'failed');
  const chosen = lines[at]?.choices.find((choice) => choice.label === next?.text);
  return { used: next !== undefined, chosen: chosen?.id ?? null };
}
