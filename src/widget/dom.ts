// Builds elements without markup strings, so that no text can ever become markup and a strict CSP is kept. Used by all views.

type Attribute = string | boolean | number | ((event: Event) => void) | undefined;

/**
 * Makes an element.
 * @param attributes `on…` functions listen; true sets an empty attribute; false and undefined set none
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, Attribute> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
  element.append(...children);
  return element;
}

/** Sets, changes or removes one attribute, by the rules of `h`. */
export function setAttribute(element: Element, name: string, value: Attribute): void {
  if (typeof value === 'function') element.addEventListener(name.slice(2), value);
  else if (value === false || value === undefined) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? '' : String(value));
}

/** Puts text into an element only where it differs, so that screen readers are not told twice. */
export function setText(element: Element, text: string): void {
  const shown = bind(text);
  if (element.textContent !== shown) element.textContent = shown;
}

/** Keeps French punctuation with its word: the space between them must not become the end of a line. */
function bind(text: string): string {
  return text.replace(/ (?=[?!:;»])/g, '\u00a0').replace(/« /g, '«\u00a0');
}

const LINK = /(https?:\/\/[^\s\u2066-\u2069<>"]+[^\s\u2066-\u2069<>".,;:!?)\]'»”])|(\+\d[\d \u00a0-]{6,16}\d)/g;

/** Text with its web addresses and international phone numbers as links. Everything else stays text. */
export function linked(text: string): Node[] {
  const nodes: Node[] = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    nodes.push(document.createTextNode(bind(text.slice(end, match.index))));
    const [found, address] = match;
    nodes.push(
      address === undefined
        ? h('a', { href: `tel:${found.replace(/[^\d+]/g, '')}`, dir: 'ltr' }, found)
        : h(
            'a',
            { href: address, dir: 'ltr', target: '_blank', rel: 'noopener noreferrer nofollow', referrerpolicy: 'no-referrer' },
            found,
          ),
    );
    end = match.index + found.length;
  }
  nodes.push(document.createTextNode(bind(text.slice(end))));
  return nodes;
}
