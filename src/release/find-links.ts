// Every web address in the files of a release, with the place where it stands. Used by `check --links`; pure.
import type { Position } from './problem.ts';

/** A link and where it is written. */
export interface Link extends Position {
  url: string;
}

const LINK = /https?:\/\/[^\s"'<>`\\^{}|]+/gi;
/** Ends of sentences and brackets that belong to the text around. */
const TRAILING = /[.,;:!?)\]\u060C\u061B\u061F\u3002]+$/u;

/**
 * Links in texts by path. What a value is put into (`https://x.org/{{id}}`) is left out, since it is no address yet.
 * @param texts file contents by path below the content root
 */
export function findLinks(texts: Record<string, string>): Link[] {
  return Object.entries(texts).flatMap(([file, text]) =>
    text.split('\n').flatMap((line, index) =>
      [...line.matchAll(LINK)].flatMap((match): Link[] => {
        const url = match[0].replace(TRAILING, '');
        const open = line[match.index + match[0].length] === '{';
        return open || !URL.canParse(url) ? [] : [{ file, line: index + 1, column: match.index + 1, url }];
      }),
    ),
  );
}
