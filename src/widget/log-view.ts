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

  /** Brings every line to its place; true when one of the person's own is new. */
  function place(lines: Line[]): boolean {
    let before: Element = hint;
    let ownIsNew = false;
    lines.forEach((line, at) => {
      const known = views.get(line.key);
      const view = known ?? createLineView(line, context);
      if (known === undefined && line.from === 'person') ownIsNew = true;
      views.set(line.key, view);
      view.update(line, chosenUnder(lines, at), context);
      // Moving an element makes screen readers say it again: only what stands elsewhere is moved.
      if (before.nextElementSibling !== view.element) before.after(view.element);
      before = view.element;
    });
    return ownIsNew;
  }

  return {
    element: log,
    setTexts(say) {
      setText(hint, say('leave_help'));
      setAttribute(log, 'aria-label', say('log'));
    },
    show(lines, quiet) {
      const end = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END_PX;
      setAttribute(log, 'aria-live', quiet ? 'off' : 'polite');
      dropOthers(new Set(lines.map((line) => line.key)));
      if (place(lines) || end) log.scrollTop = log.scrollHeight;
      if (quiet) setTimeout(() => setAttribute(log, 'aria-live', 'polite'), QUIET_MS);
    },
  };
}
