// Puts the chat together: what the person does, what the service tells, what is shown. Made once by widget.ts.
import type { ActivitySet, ConversationState } from '../api/direct-line.ts';
import { createConnection, type Link } from './connection.ts';
import { createDirectLineClient } from './direct-line-client.ts';
import { MAX_FILE_BYTES, openFileOutbox } from './file-outbox.ts';
import type { Memory } from './memory.ts';
import { openOutbox } from './outbox.ts';
import { createPanel } from './panel.ts';
import type { WidgetSettings } from './settings.ts';
import { statusOf, takesFiles } from './status.ts';
import type { TextFile } from './texts.ts';
import { createThread, kindOfFile, type SendState } from './thread.ts';
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
  /** Why the file that was chosen last is not sent. */
  let problem: string | null = null;
  /** Lines up to here were shown before a reload. */
  let seenBefore = memory.read().seen ?? 0;

  const panel = createPanel(first, settings.target !== null, {
    onOpen: open,
    onHide: hide,
    onLeave: leave,
    onSend: (text) => send(text),
    onFile: (file) => void sendFile(file),
    onChoose: ({ id, label }) => send(label, id),
    onRetry: (clientId) => (files.holds(clientId) ? files : outbox).retry(clientId),
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
      if (next === 'online') flush();
      // A conversation of long ago that nobody looks at any more is not worth a word.
      if (next === 'ended' && !restarted && thread.lines().every((line) => line.from === 'person')) startAnew();
      else show();
    },
    onSet: take,
  });
  const onState = (clientId: string, next: SendState): void => {
    thread.setState(clientId, next);
    show();
  };
  const outbox = openOutbox(memory, (outgoing) => connection.send(outgoing), onState);
  const files = openFileOutbox((clientId, file) => connection.sendFile(clientId, file), onState);

  function show(quiet = false): void {
    panel.showLines(thread.lines(), quiet);
    const actions = { retry: () => connection.wake(), continueHere: () => connection.start(), startAnew };
    const facts = { link, state, erased, problem };
    panel.showStatus(statusOf(facts, actions));
    panel.offerFiles(takesFiles(facts));
  }

  function send(text: string, payload?: string): void {
    erased = false;
    problem = null;
    thread.addOwn(outbox.add(text, payload));
    sendWaiting();
  }

  /** Read whole before anything else: afterwards the device may have it no more. */
  async function sendFile(file: File): Promise<void> {
    const bytes = file.size > MAX_FILE_BYTES ? null : await file.arrayBuffer().catch(() => null);
    problem = file.size > MAX_FILE_BYTES ? 'file_too_large' : bytes?.byteLength ? null : 'file_unreadable';
    if (bytes !== null && problem === null) thread.addOwn(files.add(new Blob([bytes], { type: file.type })), kindOfFile(file.type));
    sendWaiting();
  }

  function sendWaiting(): void {
    show();
    if (link === 'online') flush();
    else connection.wake();
  }

  function flush(): void {
    outbox.flush();
    files.flush();
  }

  function take(set: ActivitySet): void {
    if (set.reset) {
      seenBefore = 0;
      erased = set.activities.length === 0;
      for (const clientId of [...outbox.dropFailed(), ...files.dropFailed()]) thread.remove(clientId);
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
    // They were for the people of the conversation that is over.
    files.clear();
    problem = null;
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
    files.clear();
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
