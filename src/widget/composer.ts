// The place to write: grows with the words, sends with Enter or the button, leaves Enter to people who compose letters; and the way
// to send a file while somebody is there who can see it. Used by panel.ts.
import { h, setAttribute, setText } from './dom.ts';
import { createFileButton } from './file-button.ts';

export interface Composer {
  element: HTMLElement;
  setTexts(say: (key: string) => string): void;
  /** Whether a file can be sent now. */
  offerFiles(offered: boolean): void;
  focus(): void;
}

/** Longest message that the service takes, in UTF-16 units. */
const MAX_TEXT = 4096;

/**
 * @param onSend gets what was written, never empty
 * @param onFile gets the file that was chosen
 */
export function createComposer(onSend: (text: string) => void, onFile: (file: File) => void): Composer {
  const input = h('textarea', { rows: 1, maxlength: MAX_TEXT, dir: 'auto', autocomplete: 'off', enterkeyhint: 'send' });
  const button = h('button', { class: 'button full', type: 'submit' });
  const file = createFileButton(onFile);
  const form = h('form', { class: 'write', novalidate: true }, file.element, input, button);

  const grow = (): void => {
    input.style.blockSize = 'auto';
    input.style.blockSize = `${input.scrollHeight + 4}px`;
  };
  const submit = (): void => {
    const words = input.value.trim();
    if (words === '') return;
    input.value = '';
    grow();
    onSend(words);
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

  return {
    element: form,
    setTexts(say) {
      file.setTexts(say);
      setText(button, say('send'));
      setAttribute(input, 'aria-label', say('input'));
      setAttribute(input, 'placeholder', say('input_hint'));
    },
    offerFiles(offered) {
      if (file.offer(offered)) input.focus({ preventScroll: true });
    },
    focus: () => input.focus({ preventScroll: true }),
  };
}
