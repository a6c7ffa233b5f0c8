// The button that lets a person choose a picture or voice note to send. Used by composer.ts. Looks at no file itself.
import { h, setAttribute } from './dom.ts';

export interface FileButton {
  element: HTMLElement;
  setTexts(say: (key: string) => string): void;
  /** Shows or hides it; true when it goes from under the person's fingers, who then needs another place to be. */
  offer(offered: boolean): boolean;
}

/** What people can be shown; the service looks at every file itself. */
const TYPES = 'image/jpeg,image/png,image/webp,image/gif,audio/*';
const SVG = 'http://www.w3.org/2000/svg';
/** A paper-clip. */
const CLIP = 'M20 11.5l-8.2 8.2a5.3 5.3 0 0 1-7.5-7.5l8.6-8.6a3.6 3.6 0 0 1 5 5l-8.5 8.6a1.8 1.8 0 0 1-2.6-2.6l7.9-7.9';

/** Builds it, hidden. @param onFile gets the file that was chosen */
export function createFileButton(onFile: (file: File) => void): FileButton {
  const input = h('input', { type: 'file', accept: TYPES, hidden: true });
  const button = h('button', { class: 'button clip', type: 'button', hidden: true, onclick: () => input.click() }, createClip());
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    // The same file may be chosen again.
    input.value = '';
    if (file !== undefined) onFile(file);
  });
  return {
    element: h('div', { class: 'attach' }, button, input),
    setTexts(say) {
      setAttribute(button, 'aria-label', say('attach'));
      setAttribute(button, 'title', say('attach'));
    },
    offer(offered) {
      const lost = !offered && button.matches(':focus');
      button.hidden = !offered;
      return lost;
    },
  };
}

function createClip(): SVGElement {
  const clip = document.createElementNS(SVG, 'svg');
  const line = document.createElementNS(SVG, 'path');
  const shape = { viewBox: '0 0 24 24', width: 24, height: 24, fill: 'none', stroke: 'currentColor', 'stroke-width': 2 };
  for (const [name, value] of Object.entries({ ...shape, 'stroke-linecap': 'round', 'aria-hidden': 'true' }))
    setAttribute(clip, name, value);
  setAttribute(line, 'd', CLIP);
  clip.append(line);
  return clip;
}
