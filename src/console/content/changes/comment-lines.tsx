// What colleagues said, oldest first. Used below a change, and for the draft as a whole.
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Answer } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useEntryName } from '../entry-name.ts';
import { linkTo } from '../link-to.ts';

export type Comment = Answer<'readDraft'>['comments'][number];

export interface CommentLinesProps {
  comments: readonly Comment[];
  /** Where the entries are; null where it is plain which one is meant. */
  source: string | null;
}

export function CommentLines({ comments, source }: CommentLinesProps): ReactNode {
  const format = useFormat();
  const nameOf = useEntryName();
  if (comments.length === 0) return null;
  return (
    <ol className="comments">
      {comments.map(({ id, by, at, address, text }) => (
        <li key={id}>
          <span className="small quiet">
            <bdi>{by}</bdi> · {format.dateTime(at)}
            {source !== null && address !== null && (
              <>
                {' · '}
                <Link href={linkTo(address, source)}>{nameOf(address)}</Link>
              </>
            )}
          </span>
          <p className="text-shown" dir="auto">
            {text}
          </p>
        </li>
      ))}
    </ol>
  );
}
