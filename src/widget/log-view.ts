// The conversation on the page: keeps what is shown in step with the thread and moves nothing that may stay. Used by panel.ts.
import { h, setAttribute, setText } from './dom.ts';
import { createLineView, type LineContext, type LineView } from './line-view.ts';
import { chosenUnder, type Line } from './thread.ts';

export interface LogView {
  element: HTMLElement;
  setTexts(say: (key: string) => string): void;
  /** `quiet` for lines that were shown before, which are not read out again. */
  show(lines: Line[], quiet: boolean): void;
}

/** Someone who reads this close to the end wants to see what comes. */
const NEAR_END_PX = 80;
/** Space between lines, and above the one that is read. */
const GAP_PX = 12;
/** Screen readers look at new lines a moment later. */
const QUIET_MS = 1000;

/** @param hintId id of the first line, which tells what leaving quickly does and does not do */
export function createLogView(hintId: string, context: LineContext): LogView {
  const views = new Map<string, LineView>();
  const hint = h('p', { class: 'hint', id: hintId });
  const log = h('div', { class: 'log', role: 'log', 'aria-live': 'polite', 'aria-relevant': 'additions', tabindex: 0 }, hint);

  function dropOthers(keys: Set<string>): void {
    for (const [key, view] of views) {
      if (keys.has(key)) continue;
      view.element.remove();
      views.delete(key);
    }
  }

  /** Brings every line to its place; returns the keys of those that are new. */
  function place(lines: Line[]): Set<string> {
    let before: Element = hint;
    const fresh = new Set<string>();
    lines.forEach((line, at) => {
      const view = views.get(line.key) ?? createLineView(line, context);
      if (!views.has(line.key)) fresh.add(line.key);
      views.set(line.key, view);
      view.update(line, chosenUnder(lines, at), context);
      // Moving an element makes screen readers say it again: only what stands elsewhere is moved.
      if (before.nextElementSibling !== view.element) before.after(view.element);
      before = view.element;
    });
    return fresh;
  }

  /** Moves to the end, but never past the beginning of what was just said: that is where reading starts. */
  function moveOn(lines: Line[], fresh: Set<string>): void {
    log.scrollTop = log.scrollHeight;
    const others = lines.slice(lines.findLastIndex((line) => line.from === 'person') + 1);
    const element = views.get(others.find((line) => fresh.has(line.key))?.key ?? '')?.element;
    if (element === undefined) return;
    const hidden = log.getBoundingClientRect().top + GAP_PX - element.getBoundingClientRect().top;
    if (hidden > 0) log.scrollTop -= hidden;
  }

  return {
    element: log,
    setTexts(say) {
      setText(hint, say('leave_help'));
      setAttribute(log, 'aria-label', say('log'));
    },
    show(lines, quiet) {
      const left = log.scrollHeight - log.scrollTop - log.clientHeight;
      setAttribute(log, 'aria-live', quiet ? 'off' : 'polite');
      dropOthers(new Set(lines.map((line) => line.key)));
      const fresh = place(lines);
      const ownIsNew = lines.some((line) => line.from === 'person' && fresh.has(line.key));
      if (ownIsNew || left < (fresh.size > 0 ? NEAR_END_PX : 1)) moveOn(lines, fresh);
      if (quiet) setTimeout(() => setAttribute(log, 'aria-live', 'polite'), QUIET_MS);
    },
  };
}
