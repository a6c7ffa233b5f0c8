// What the page that embeds the chat asks for, from the attributes of its one script element. Read once by widget.ts.

export interface WidgetSettings {
  /** Address of the service with a trailing slash: where this very script came from. */
  base: string;
  /** Languages the person may prefer, best first: the page's wish, the page's own, the browser's. */
  languages: string[];
  /** Where "Leave quickly" goes. */
  leaveUrl: string;
  /** Element of the page that holds the chat; null: the chat floats in the corner. */
  target: Element | null;
}

/**
 * A page that says nothing about the person who goes there, loads fast with little data, needs no consent dialog and no search term
 * in the history, and is at home in every language. Peers use a weather page of their country; those are heavy and in one language.
 * @see https://design-system.service.gov.uk/components/exit-this-page/
 */
const NEUTRAL_PAGE = 'https://www.wikipedia.org/';

/**
 * Reads `data-language`, `data-leave-url` and `data-target`.
 * @param script the element that loaded the widget
 */
export function readSettings(script: HTMLScriptElement): WidgetSettings {
  const { language, leaveUrl, target } = script.dataset;
  const wished = [language, document.documentElement.lang, ...navigator.languages].filter((tag): tag is string => Boolean(tag));
  return {
    base: new URL('.', script.src).href,
    languages: [...new Set(wished)].slice(0, 8),
    leaveUrl: webAddress(leaveUrl) ?? NEUTRAL_PAGE,
    target: target === undefined ? null : document.querySelector(target),
  };
}

/** An address of the web, in full; null for anything else, such as javascript: */
function webAddress(text: string | undefined): string | null {
  if (text === undefined || text === '' || !URL.canParse(text, location.href)) return null;
  const { protocol, href } = new URL(text, location.href);
  return protocol === 'https:' || protocol === 'http:' ? href : null;
}
