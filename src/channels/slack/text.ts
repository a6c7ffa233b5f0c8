// Text on its way into Slack and out of it. Called by blocks.ts and actions.ts; pure.
// What a person wrote must never ring a bell, link, or look like ours; what staff wrote must reach the person as plain words.

const ZERO_WIDTH_JOINER = '\u200D';
/** Marks that turn the direction of what follows: Slack lays out each paragraph by itself and needs none of them. */
const DIRECTION_CONTROLS = /[\u202A-\u202E\u2066-\u2069]/g;

/** A person's words for Slack: no markup, no mention. @see https://docs.slack.dev/messaging/formatting-message-text#escaping */
export function escapeText(text: string): string {
  return text
    .replace(DIRECTION_CONTROLS, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('@', `@${ZERO_WIDTH_JOINER}`);
}

/** Splits a text into pieces of at most `max` UTF-16 units, at spaces where there are any, never inside a character or an escape. */
export function splitText(text: string, max: number): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > max) {
    const cut = cutPoint(rest, max);
    pieces.push(rest.slice(0, cut));
    rest = rest.slice(cut).trimStart();
  }
  return rest === '' ? pieces : [...pieces, rest];
}

function cutPoint(text: string, max: number): number {
  const space = Math.max(text.lastIndexOf(' ', max), text.lastIndexOf('\n', max));
  if (space > max / 2) return space;
  const halfCharacter = /[\uD800-\uDBFF]$/.test(text.slice(0, max)) ? 1 : 0;
  const halfEscape = /&[a-z]{0,3}$/.exec(text.slice(0, max))?.[0].length ?? 0;
  return max - Math.max(halfCharacter, halfEscape);
}

/**
 * A staff message as plain words for the person; null when it mentions somebody or some channel, which is no word for them.
 * Links become their address; Slack's escapes become characters again.
 */
export function toPlainText(markup: string): string | null {
  if (/<[@#!]/.test(markup)) return null;
  const links = markup.replace(/<((?:https?|mailto|tel):[^|>]+)(?:\|([^>]*))?>/g, (_all, target: string, label?: string) =>
    writeLink(target, label),
  );
  return links.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').trim();
}

/** A staff message as a note for colleagues: mentions stay, as words. */
export function toNote(markup: string): string {
  const words = markup
    .replace(/<@([A-Z0-9]+)(?:\|([^>]*))?>/g, (_all, id: string, name?: string) => `@${name ?? id}`)
    .replace(/<#([A-Z0-9]+)(?:\|([^>]*))?>/g, (_all, id: string, name?: string) => `#${name || id}`)
    .replace(/<!([^>|]+)(?:\|([^>]*))?>/g, (_all, what: string, label?: string) => label ?? `@${what}`);
  return toPlainText(words) ?? words;
}

/** Slack turns what looks like an address or a number into a link by itself; then the label is what was typed. */
function writeLink(target: string, label: string | undefined): string {
  const address = target.replace(/^(mailto|tel):/, '');
  return label === undefined || target.endsWith(label) ? (label ?? address) : `${label} (${address})`;
}
