// The line between conversation and composer: how the connection stands and who answers, in words. Used by panel.ts.
import { h, setText } from './dom.ts';

/** What the line says; `action` is the text key of a button. */
export interface Status {
  key: string;
  values?: Record<string, string | number>;
  alert?: boolean;
  action?: { key: string; run: () => void };
}

export interface StatusView {
  element: HTMLElement;
  show(status: Status | null, say: (key: string, values?: Record<string, string | number>) => string): void;
}

/** Builds the line, empty. */
export function createStatusView(): StatusView {
  let run = (): void => undefined;
  const words = h('p', { role: 'status' });
  const action = h('button', { class: 'button', type: 'button', hidden: true, onclick: () => run() });
  const element = h('div', { class: 'status empty' }, words, action);
  return {
    element,
    show(status, say) {
      setText(words, status === null ? '' : say(status.key, status.values));
      element.classList.toggle('alert', status?.alert === true);
      // Never taken away: screen readers announce changes only in a region that was there before.
      element.classList.toggle('empty', status === null);
      action.hidden = status?.action === undefined;
      setText(action, status?.action === undefined ? '' : say(status.action.key));
      run = status?.action?.run ?? (() => undefined);
    },
  };
}
