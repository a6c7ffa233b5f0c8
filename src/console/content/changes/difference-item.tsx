// One change in words: what, where, by whom; how it was and is; what colleagues said about it; putting it back. Used by difference-list.tsx.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useFormat } from '../../format.ts';
import { Button } from '../../ui/button.tsx';
import { Badge } from '../../ui/pieces.tsx';
import { useEntryName } from '../entry-name.ts';
import { linkTo } from '../link-to.ts';
import { StateBadge } from '../state-badge.tsx';
import { CommentForm } from './comment-form.tsx';
import { CommentLines, type Comment } from './comment-lines.tsx';
import { FieldDiff } from './field-diff.tsx';
import type { ToldDifference } from './fold-reviews.ts';
import { isolated } from '../isolated.ts';

const TONES = { added: 'good', changed: 'plain', removed: 'bad' } as const;

export interface DifferenceItemProps {
  told: ToldDifference;
  /** Where the entry can be looked at. */
  source: string;
  /** Absent where nothing can be put back. */
  onRevert?: (() => void) | undefined;
  /** Absent where nothing can be said about it. */
  draftId?: string | undefined;
  comments?: readonly Comment[];
}

export function DifferenceItem({ told, source, onRevert, draftId, comments = [] }: DifferenceItemProps): ReactNode {
  const { t } = useTranslation('content');
  const format = useFormat();
  const nameOf = useEntryName();
  const [isWriting, setWriting] = useState(false);
  const { difference, state, outdated } = told;
  const { address, verb, fields, by, at } = difference;
  const name = nameOf(address);
  return (
    <li className="difference">
      <div className="difference-head">
        <Badge tone={TONES[verb]}>{t(`difference.${verb}`)}</Badge>
        <h4>{verb === 'removed' ? name : <Link href={linkTo(address, source)}>{name}</Link>}</h4>
        {by !== null && (
          <span className="small quiet">
            {at === null ? <bdi>{by}</bdi> : t('difference.by', { alias: isolated(by), when: isolated(format.dateTime(at)) })}
          </span>
        )}
        <span className="row">
          {draftId !== undefined && (
            <Button tone="plain" aria-label={t('comment.on', { entry: name })} onPress={() => setWriting((open) => !open)}>
              {t('comment.write')}
            </Button>
          )}
          {onRevert && (
            <Button tone="plain" icon="undo" aria-label={t('difference.revert_named', { entry: name })} onPress={onRevert}>
              {t('difference.revert')}
            </Button>
          )}
        </span>
      </div>
      {state !== null && (
        <p>
          <StateBadge state={state} />
        </p>
      )}
      {state === null &&
        fields.map((field) => <FieldDiff key={field.path} field={field} kind={difference.kind} language={difference.language ?? null} />)}
      {outdated.length > 0 && (
        <p className="small quiet">
          {t('difference.outdated', { count: outdated.length, languages: format.list(outdated.map(format.language)) })}
        </p>
      )}
      <CommentLines comments={comments} source={null} />
      {isWriting && draftId !== undefined && <CommentForm draftId={draftId} address={address} onDone={() => setWriting(false)} />}
    </li>
  );
}
