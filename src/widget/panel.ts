// The chat's frame: header, conversation, status, and the place to write. Shows what it is told and reports what the person does.
// Used by chat.ts; knows neither service nor storage.
import { h, setAttribute, setText } from './dom.ts';
import { createLineView, type LineView } from './line-view.ts';
import { say, type TextFile } from './texts.ts';
import { chosenUnder, type Line } from './thread.ts';

export interface PanelEvents {
  onOpen(): void;
  onHide(): void;
  onLeave(): void;
  onSend(text: string): void;
  onChoose(choice: { id: string; label: string }): void;
  onRetry(clientId: string): void;
  onLanguage(tag: string): void;
}

/** What the status line says; `action` is the text key of a button. */
export interface Status {
  key: string;
  values?: Record<string, string | number>;
  alert?: boolean;
  action?: { key: string; run(): void };
}

export interface Panel {
  element: HTMLElement;
  setTexts(file: TextFile): void;
  setOpen(open: boolean, begun: boolean): void;
  /** Shows the conversation; `quiet` for lines that were shown before, which are not read out again. */
  showLines(lines: Line[], quiet: boolean): void;
  showStatus(status: Status | null): void;
  focusInput(): void;
}

const MAX_TEXT = 4096;
const NEAR_END_PX = 80;

/** Builds the frame, shut. `inline`: it stands in the page instead of floating over it. */
export function createPanel(first: TextFile, inline: boolean, events: PanelEvents): Panel {
  let file = first;
  const views = new Map<string, LineView>();
  const text = (key: string, values?: Record<string, string | number>): string => say(file, key, values);

  const opener = h('button', { class: 'button full', type: 'button', onclick: events.onOpen });
  const outerLeave = h('button', { class: 'button', type: 'button', onclick: events.onLeave });
  const shut = h('div', { class: inline ? 'shut' : 'shut float' }, outerLeave, opener);

  const title = h('h2');
  const hide = h('button', { class: 'button hide', type: 'button', onclick: events.onHide });
  const leave = h('button', { class: 'button leave', type: 'button', 'aria-describedby': 'leave-help', onclick: events.onLeave });
  const select = h('select', { onchange: () => events.onLanguage(select.value) });
  const head = h('div', { class: 'head' }, title, leave, select, hide);

  const hint = h('p', { class: 'hint', id: 'leave-help' });
  const lines = h('div', { class: 'log', role: 'log', 'aria-live': 'polite', 'aria-relevant': 'additions', tabindex: 0 }, hint);

  const statusText = h('p', { role: 'status' });
  const statusAction = h('button', { class: 'button', type: 'button', hidden: true });
  const status = h('div', { class: 'status' }, statusText, statusAction);

  const input = h('textarea', { rows: 1, maxlength: MAX_TEXT, dir: 'auto', autocomplete: 'off', enterkeyhint: 'send' });
  const send = h('button', { class: 'button full', type: 'submit' });
  const form = h('form', { class: 'write', novalidate: true }, input, send);
  const panel = h('section', { class: 'panel', hidden: true }, head, lines, status, form);
  const element = h('div', { class: `root ${inline ? 'inline' : 'floating'}` }, shut, panel);

  const grow = (): void => {
    input.style.blockSize = 'auto';
    input.style.blockSize = `${input.scrollHeight + 4}px`;
  };
  const submit = (): void => {
    const words = input.value.trim();
    if (words === '') return;
    input.value = '';
    grow();
    events.onSend(words);
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
    input.focus();
  });
  input.addEventListener('input', grow);
  input.addEventListener('keydown', (event) => {
    // Enter also ends a word that is being composed (Chinese, Amharic, …): then it is not meant for us.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  panel.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') events.onHide();
  });
  // An on-screen keyboard covers the page instead of shrinking it: follow what can be seen.
  const fit = (): void => element.style.setProperty('--seen-height', `${visualViewport?.height ?? innerHeight}px`);
  visualViewport?.addEventListener('resize', fit);

  function showTexts(): void {
    setAttribute(element, 'lang', file.language);
    setAttribute(element, 'dir', file.direction);
    setText(title, text('name'));
    setText(opener, text('open'));
    setText(hide, text('hide'));
    for (const one of [leave, outerLeave]) setText(one, text('leave'));
    setText(hint, text('leave_help'));
    setText(send, text('send'));
    setAttribute(outerLeave, 'title', text('leave_help'));
    setAttribute(select, 'aria-label', text('language'));
    setAttribute(lines, 'aria-label', text('log'));
    setAttribute(input, 'aria-label', text('input'));
    setAttribute(input, 'placeholder', text('input_hint'));
    setAttribute(panel, 'aria-label', text('name'));
    select.replaceChildren(...file.languages.map(({ tag, name }) => h('option', { value: tag, lang: tag }, name)));
    select.value = file.language;
  }
  showTexts();

  return {
    element,
    setTexts(next) {
      file = next;
      showTexts();
    },
    setOpen(open, begun) {
      panel.hidden = !open;
      shut.hidden = open;
      outerLeave.hidden = !begun;
      if (open) fit();
    },
    showLines(all, quiet) {
      const end = lines.scrollHeight - lines.scrollTop - lines.clientHeight < NEAR_END_PX;
      setAttribute(lines, 'aria-live', quiet ? 'off' : 'polite');
      const context = { say: text, choose: events.onChoose, retry: events.onRetry };
      const keys = new Set(all.map((line) => line.key));
      for (const [key, view] of views) {
        if (keys.has(key)) continue;
        view.element.remove();
        views.delete(key);
      }
      let before: Element = hint;
      let ownIsNew = false;
      all.forEach((line, at) => {
        const known = views.get(line.key);
        const view = known ?? createLineView(line, context);
        if (known === undefined && line.from === 'person') ownIsNew = true;
        views.set(line.key, view);
        view.update(line, chosenUnder(all, at), context);
        // Moving an element makes screen readers say it again: only what stands elsewhere is moved.
        if (before.nextElementSibling !== view.element) before.after(view.element);
        before = view.element;
      });
      if (end || ownIsNew) lines.scrollTop = lines.scrollHeight;
      if (quiet) setTimeout(() => setAttribute(lines, 'aria-live', 'polite'), 1000);
    },
    showStatus(next) {
      setText(statusText, next === null ? '' : text(next.key, next.values));
      status.classList.toggle('alert', next?.alert === true);
      status.hidden = next === null;
      statusAction.hidden = next?.action === undefined;
      setText(statusAction, next?.action === undefined ? '' : text(next.action.key));
      statusAction.onclick = next?.action?.run ?? null;
    },
    focusInput: () => input.focus({ preventScroll: true }),
  };
}
