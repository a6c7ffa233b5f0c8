// How a colleague is named in Slack: by their handle where they are in Slack, else by the name that they come with. Pure.
import { escapeText } from './text.ts';

/** A name for Slack's markup. @param staff `slack:U0123`, or an alias */
export function writeStaff(staff: string): string {
  const user = /^slack:([UW][A-Z0-9]+)$/.exec(staff)?.[1];
  return user === undefined ? escapeText(staff) : `<@${user}>`;
}
