// The chat's frame: the way in, the header, and around conversation, status and composer. Shows what it is told, reports what is done.
// Used by chat.ts; knows neither service nor storage.
import { createComposer } from './composer.ts';
import { h, setAttribute, setText } from './dom.ts';
import { createLogView } from './log-view.ts';
import { createStatusView, type Status } from './status-view.ts';
import { say, type TextFile } from './texts.ts';
import type { Line } from './thread.ts';

export interface PanelEvents {
  onOpen: () => void;
  onHide: () => void;
  onLeave: () => void;
  onSend: (text: string) => void;
  onFile: (file: File) => void;
  onChoose: (choice: { id: string; label: string }) => void;
  onRetry: (clientId: string) => void;
  onLanguage: (tag: string) => void;
}

export interface Panel {
  element: HTMLElement;
  setTexts(file: TextFile): void;
  /** `begun`: there is a conversation, so leaving quickly is offered even while the chat is hidden. */
  setOpen(open: boolean, begun: boolean): void;
  showLines(lines: Line[], quiet: boolean): void;
  showStatus(status: Status | null): void;
  /** Whether a file can be sent now. */
  offerFiles(offered: boolean): void;
  /** Brings the chat into view, ready to write. */
  focusInput(): void;
  /** The way back in, after the chat was hidden. */
  focusOpener(): void;
}

const HINT_ID = 'leave-help';

/** Builds the frame, shut. `inline`: it stands in the page instead of floating over it. */
export function createPanel(first: TextFile, inline: boolean, events: PanelEvents): Panel {
  let file = first;
  const text = (key: string, values?: Record<string, string | number>): string => say(file, key, values);
  const head = createHead(events);
  const log = createLogView(HINT_ID, { say: text, choose: events.onChoose, retry: events.onRetry });
  const status = createStatusView();
  const composer = createComposer(events.onSend, events.onFile);
  const panel = h('section', { class: 'panel', hidden: true }, head.element, log.element, status.element, composer.element);
  const shut = createShut(inline, events);
  const element = h('div', { class: `root ${inline ? 'inline' : 'floating'}` }, shut.element, panel);

  panel.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') events.onHide();
  });
  // An on-screen keyboard covers the page instead of shrinking it: follow what can be seen.
  const fit = (): void => element.style.setProperty('--seen-height', `${visualViewport?.height ?? innerHeight}px`);
  visualViewport?.addEventListener('resize', fit);

  function setTexts(next: TextFile): void {
    file = next;
    setAttribute(element, 'lang', file.language);
    setAttribute(element, 'dir', file.direction);
    setAttribute(panel, 'aria-label', text('name'));
    for (const part of [shut, head, log, composer]) part.setTexts(text);
    head.setLanguages(file);
  }
  setTexts(first);

  return {
    element,
    setTexts,
    setOpen(open, begun) {
      panel.hidden = !open;
      shut.element.hidden = open;
      shut.leave.hidden = !begun;
      if (open) fit();
    },
    showLines: (lines, quiet) => log.show(lines, quiet),
    showStatus: (next) => status.show(next, text),
    offerFiles: (offered) => composer.offerFiles(offered),
    focusInput() {
      panel.scrollIntoView({ block: 'nearest' });
      composer.focus();
    },
    focusOpener: () => shut.opener.focus({ preventScroll: true }),
  };
}

/** What is there before the chat is opened: one button, and the way out once there is something to leave. */
function createShut(inline: boolean, { onOpen, onLeave }: PanelEvents) {
  const opener = h('button', { class: 'button full', type: 'button', onclick: onOpen });
  const leave = h('button', { class: 'button', type: 'button', onclick: onLeave });
  const element = h('div', { class: inline ? 'shut' : 'shut float' }, leave, opener);
  return {
    element,
    opener,
    leave,
    setTexts(words: (key: string) => string): void {
      setText(opener, words('open'));
      setText(leave, words('leave'));
      setAttribute(leave, 'title', words('leave_help'));
    },
  };
}

function createHead({ onHide, onLeave, onLanguage }: PanelEvents) {
  const title = h('h2');
  const leave = h('button', { class: 'button leave', type: 'button', 'aria-describedby': HINT_ID, onclick: onLeave });
  const languages = h('select', { onchange: () => onLanguage(languages.value) });
  const hide = h('button', { class: 'button hide', type: 'button', onclick: onHide });
  return {
    element: h('div', { class: 'head' }, title, leave, languages, hide),
    setTexts(words: (key: string) => string): void {
      setText(title, words('name'));
      setText(leave, words('leave'));
      setText(hide, words('hide'));
      setAttribute(languages, 'aria-label', words('language'));
    },
    setLanguages(file: TextFile): void {
      languages.replaceChildren(...file.languages.map(({ tag, name }) => h('option', { value: tag, lang: tag }, name)));
      languages.value = file.language;
    },
  };
}
