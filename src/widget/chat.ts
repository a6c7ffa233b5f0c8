// Puts the chat together: what the person does, what the service tells, what is shown. Made once by widget.ts.
import type { ActivitySet, ConversationState } from '../api/direct-line.ts';
import { createConnection, type Link } from './connection.ts';
import { createDirectLineClient } from './direct-line-client.ts';
import type { Memory } from './memory.ts';
import { openOutbox } from './outbox.ts';
import { createPanel } from './panel.ts';
import type { WidgetSettings } from './settings.ts';
import { statusOf } from './status.ts';
import type { TextFile } from './texts.ts';
import { createThread } from './thread.ts';
import { createWords } from './words.ts';

export interface Chat {
  element: HTMLElement;
  open(): void;
  /** Forgets everything and replaces the page. */
  leave(): void;
}

/** Builds the chat in the language of `first`. */
export function createChat(settings: WidgetSettings, first: TextFile, memory: Memory): Chat {
  const thread = createThread();
  let link: Link = 'idle';
  let state: ConversationState | null = null;
  let erased = false;
  let restarted = false;
  /** Lines up to here were shown before a reload. */
  let seenBefore = memory.read().seen ?? 0;

  const panel = createPanel(first, settings.target !== null, {
    onOpen: open,
    onHide: hide,
    onLeave: leave,
    onSend: (text) => send(text),
    onChoose: ({ id, label }) => send(label, id),
    onRetry: (clientId) => outbox.retry(clientId),
    onLanguage: (tag) => void chooseLanguage(tag),
  });
  const words = createWords(settings.base, memory, first, panel.element, (file) => {
    panel.setTexts(file);
    show(true);
  });
  const connection = createConnection({
    client: createDirectLineClient(settings.base),
    memory,
    locale: () => words.language(),
    onLink(next) {
      link = next;
      if (next === 'online') outbox.flush();
      // A conversation of long ago that nobody looks at any more is not worth a word.
      if (next === 'ended' && !restarted && thread.lines().every((line) => line.from === 'person')) startAnew();
      else show();
    },
    onSet: take,
  });
  const outbox = openOutbox(
    memory,
    (outgoing) => connection.send(outgoing),
    (clientId, next) => {
      thread.setState(clientId, next);
      show();
    },
  );

  function show(quiet = false): void {
    panel.showLines(thread.lines(), quiet);
    const actions = { retry: () => connection.wake(), continueHere: () => connection.start(), startAnew };
    panel.showStatus(statusOf({ link, state, erased }, actions));
  }

  function send(text: string, payload?: string): void {
    erased = false;
    thread.addOwn(outbox.add(text, payload));
    show();
    if (link === 'online') outbox.flush();
    else connection.wake();
  }

  function take(set: ActivitySet): void {
    if (set.reset) {
      seenBefore = 0;
      erased = set.activities.length === 0;
      for (const clientId of outbox.dropFailed()) thread.remove(clientId);
    }
    const fresh = thread.take(set);
    if (set.state) state = set.state;
    memory.write({ seen: Number(set.watermark) });
    for (const line of fresh) words.needLetters(line.text);
    show(fresh.length > 0 && Number(set.watermark) <= seenBefore);
    const spoken = fresh.filter((line) => line.from === 'service').pop()?.language;
    if (spoken) words.follow(spoken);
  }

  function takeFromOutbox(): void {
    for (const outgoing of outbox.waiting()) thread.addOwn(outgoing);
  }

  function startAnew(): void {
    restarted = true;
    memory.forgetConversation();
    thread.clear();
    takeFromOutbox();
    state = null;
    seenBefore = 0;
    connection.start();
  }

  /** The service hears of a chosen language like of any other choice. */
  async function chooseLanguage(tag: string): Promise<void> {
    const name = await words.choose(tag);
    if (thread.lines().length > 0) send(name, `language:${tag}`);
  }

  function open(): void {
    memory.write({ open: true });
    panel.setOpen(true, true);
    connection.start();
    show(true);
    panel.focusInput();
  }

  function hide(): void {
    memory.write({ open: false });
    panel.setOpen(false, true);
    panel.focusOpener();
  }

  function leave(): void {
    connection.stop();
    outbox.stop();
    memory.forgetForGood();
    thread.clear();
    // Gone from sight at once, even where the next page is slow.
    document.title = '';
    document.documentElement.replaceChildren();
    location.replace(settings.leaveUrl);
  }

  takeFromOutbox();
  panel.setOpen(memory.read().open === true, memory.read().conversationId !== undefined);
  if (memory.read().open) {
    connection.start();
    show(true);
  }
  return { element: panel.element, open, leave };
}
