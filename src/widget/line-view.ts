// One line of the conversation on the page: who speaks, the words, the choices under them, and how far a message is. Used by panel.ts.
import { h, linked, setAttribute, setText } from './dom.ts';
import type { Line } from './thread.ts';

export interface LineContext {
  say: (key: string) => string;
  choose: (choice: { id: string; label: string }) => void;
  retry: (clientId: string) => void;
}

export interface LineView {
  element: HTMLElement;
  /** Shows what may change: delivery, used choices, the words around. */
  update(line: Line, use: { used: boolean; chosen: string | null }, context: LineContext): void;
}

/** Shows a line. */
export function createLineView(line: Line, context: LineContext): LineView {
  const who = h('p', { class: line.from === 'staff' ? 'who' : 'who unseen' });
  const bubble = h('div', { class: 'bubble', dir: line.direction, lang: line.language || undefined }, ...linked(line.text));
  const choices = line.choices.map((choice) => createChoice(line, choice, context));
  const group = h('div', { class: 'choices', role: 'group', dir: line.direction }, ...choices.map((one) => one.button));
  const sent = h('p', { class: 'sent' });
  const again = h('button', { class: 'button', type: 'button', onclick: () => context.retry(line.key) });
  const element = h('div', {}, who, bubble, ...(choices.length > 0 ? [group] : []), ...(line.from === 'person' ? [sent, again] : []));

  return {
    element,
    update(now, use, { say }) {
      setAttribute(element, 'class', `line ${now.from}${now.state === 'failed' || now.state === 'refused' ? ' failed' : ''}`);
      setText(who, say(now.from));
      if (now.file !== null) setText(bubble, say(`file_${now.file}`));
      if (now.state !== null) setText(sent, say(`state_${now.state}`));
      // What arrived needs no eye; it is there for ears.
      sent.classList.toggle('unseen', now.state === 'sent');
      setText(again, say('retry'));
      again.hidden = now.state !== 'failed';
      setAttribute(group, 'aria-label', say('choices'));
      for (const choice of choices) choice.update(use.used, use.chosen === choice.id, say('chosen'));
    },
  };
}

function createChoice(line: Line, choice: { id: string; label: string }, { choose }: LineContext) {
  const mark = h('span', { class: 'mark', 'aria-hidden': 'true', hidden: true }, '✓');
  const told = h('span', { class: 'unseen', hidden: true });
  const button = h('button', { class: 'button', type: 'button', lang: line.language || undefined }, mark, choice.label, told);
  // A used choice stays where it is and can be read, but does nothing any more.
  button.addEventListener('click', () => {
    if (button.getAttribute('aria-disabled') !== 'true') choose(choice);
  });
  return {
    id: choice.id,
    button,
    update(used: boolean, chosen: boolean, word: string): void {
      setAttribute(button, 'aria-disabled', used ? 'true' : false);
      setAttribute(button, 'tabindex', used ? -1 : false);
      button.classList.toggle('chosen', chosen);
      mark.hidden = told.hidden = !chosen;
      setText(told, ` (${word})`);
    },
  };
}
