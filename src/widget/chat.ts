// Puts the chat together: what the person does, what the service tells, what is shown. Made once by widget.ts.
import type { ActivitySet, ConversationState } from '../api/direct-line.ts';
import { createConnection, type Link } from './connection.ts';
import { createDirectLineClient } from './direct-line-client.ts';
import { ensureFonts } from './fonts.ts';
import type { Memory } from './memory.ts';
import { openOutbox } from './outbox.ts';
import { createPanel, type Status } from './panel.ts';
import type { WidgetSettings } from './settings.ts';
import { loadTexts, type TextFile } from './texts.ts';
import { createThread } from './thread.ts';

export interface Chat {
  element: HTMLElement;
  open(): void;
  /** Forgets everything and shows nothing more; the page is about to be replaced. */
  leave(): void;
}

const WAIT_MS = 700;

/** Builds the chat in the language of `first`. */
export function createChat(settings: WidgetSettings, first: TextFile, memory: Memory): Chat {
  const thread = createThread();
  let file = first;
  let link: Link = 'idle';
  let state: ConversationState | null = null;
  let erased = false;
  let restarted = false;
  /** Lines up to here were shown before a reload. */
  let seenBefore = memory.read().seen ?? 0;

  const panel = createPanel(file, settings.target !== null, {
    onOpen: open,
    onHide() {
      memory.write({ open: false });
      panel.setOpen(false, true);
    },
    onLeave: () => leaveQuickly(),
    onSend: (text) => send(text),
    onChoose: ({ id, label }) => send(label, id),
    onRetry: (clientId) => outbox.retry(clientId),
    onLanguage: (tag) => void chooseLanguage(tag),
  });
  const connection = createConnection({
    client: createDirectLineClient(settings.base),
    memory,
    locale: () => file.language,
    onLink(next) {
      link = next;
      if (next === 'online') outbox.flush();
      // A conversation of long ago that nobody looks at any more is not worth a word.
      if (next === 'ended' && thread.lines().every((line) => line.from === 'person') && !restarted) startAnew();
      showStatus();
    },
    onSet: take,
  });
  const outbox = openOutbox(memory, (outgoing) => connection.send(outgoing), (clientId, next) => {
    thread.setState(clientId, next);
    showLines();
  });
  for (const outgoing of outbox.waiting()) thread.addOwn(outgoing);

  function send(text: string, payload?: string): void {
    erased = false;
    thread.addOwn(outbox.add(text, payload));
    showLines();
    showStatus();
    if (link === 'online') outbox.flush();
    else connection.wake();
  }

  function take(set: ActivitySet): void {
    if (set.reset) {
      erased = set.activities.length === 0;
      if (erased) outbox.dropFailed().forEach((clientId) => thread.remove(clientId));
      seenBefore = 0;
    }
    const fresh = thread.take(set);
    if (set.state) state = set.state;
    const newest = Number(set.watermark);
    const quiet = fresh.length > 0 && newest <= seenBefore;
    memory.write({ seen: newest });
    for (const line of fresh) needLetters(line.text);
    showLines(quiet);
    showStatus();
    const language = fresh.findLast((line) => line.from === 'service')?.language;
    if (language !== undefined) void followLanguage(language);
  }

  /** Page and chat are drawn again with letters that the device lacks. */
  const needLetters = (text: string): void =>
    ensureFonts(text, settings.base, () => {
      panel.element.classList.add('letters');
      document.documentElement.classList.add('ventanilla-letters');
    });
  const showLines = (quiet = false): void => panel.showLines(thread.lines(), quiet);
  const showStatus = (): void => panel.showStatus(statusOf());

  function statusOf(): Status | null {
    switch (link) {
      case 'connecting':
        return { key: 'loading' };
      case 'offline':
      case 'busy':
        return { key: link, alert: true };
      case 'blocked':
        return { key: 'blocked', alert: true, action: { key: 'retry', run: () => connection.wake() } };
      case 'replaced':
        return { key: 'replaced', alert: true, action: { key: 'continue_here', run: () => connection.start() } };
      case 'ended':
        return { key: 'ended', alert: true, action: { key: 'start_again', run: startAnew } };
    }
    if (erased) return { key: 'erased' };
    if (state?.owner === 'queue') {
      return state.placeInLine === null ? { key: 'waiting' } : { key: 'waiting_place', values: { place: state.placeInLine } };
    }
    return state?.owner === 'staff' || state?.owner === 'closed' ? { key: state.owner === 'staff' ? 'joined' : 'closed' } : null;
  }

  function startAnew(): void {
    restarted = true;
    memory.forgetConversation();
    thread.clear();
    for (const outgoing of outbox.waiting()) thread.addOwn(outgoing);
    state = null;
    seenBefore = 0;
    showLines();
    connection.start();
  }

  async function showLanguage(wished: string[]): Promise<void> {
    const next = await loadTexts(settings.base, wished);
    if (next === null || next.language === file.language) return;
    file = next;
    memory.write({ language: file.language });
    panel.setTexts(file);
    showLines(true);
    showStatus();
  }

  /** The person chose: the service hears of it like of any other choice. */
  async function chooseLanguage(tag: string): Promise<void> {
    const { name } = file.languages.find((language) => language.tag === tag) ?? { name: tag };
    await showLanguage([tag]);
    if (thread.lines().length > 0) send(name, `language:${tag}`);
  }

  /** The conversation changed its language: buttons and labels go along. */
  async function followLanguage(tag: string): Promise<void> {
    if (tag !== file.language && file.languages.some((language) => language.tag === tag)) await showLanguage([tag]);
  }

  function open(): void {
    memory.write({ open: true });
    panel.setOpen(true, true);
    connection.start();
    showLines(true);
    showStatus();
    panel.focusInput();
  }

  function leave(): void {
    connection.stop();
    outbox.stop();
    memory.forgetForGood();
    thread.clear();
    panel.showLines([], true);
  }

  function leaveQuickly(): void {
    leave();
    // Gone from sight at once, even where the next page is slow.
    document.title = '';
    document.documentElement.replaceChildren();
    location.replace(settings.leaveUrl);
  }

  panel.setOpen(false, memory.read().conversationId !== undefined);
  // The page itself comes first; its letters can wait a moment.
  setTimeout(() => needLetters(file.languages.map(({ name }) => name).join(' ')), WAIT_MS);
  if (memory.read().open) {
    panel.setOpen(true, true);
    connection.start();
    showLines(true);
    showStatus();
  }
  return { element: panel.element, open, leave: leaveQuickly };
}
