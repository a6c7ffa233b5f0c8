// Who gets which version of an answer: everywhere, and inside it each place with a version of its own. Rendered by answer-detail.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { EVERYWHERE } from '../../../release/locality-tree.ts';
import { useFormat } from '../../format.ts';
import { noonOf } from '../settings/noon-of.ts';
import type { Hotline } from '../settings/use-hotline.ts';
import { givenWhere, type GivenIn } from './given-where.ts';
import type { AnswerEntry } from './use-answers.ts';

export interface VersionTreeProps {
  /** The entry whose versions are shown. */
  entry: string;
  /** The version that is open. */
  open: string;
  source: string;
  hotline: Hotline;
  answers: readonly AnswerEntry[];
}

export function VersionTree(props: VersionTreeProps): ReactNode {
  const { t } = useTranslation('answers');
  const { entry, hotline, answers } = props;
  const tree = givenWhere(
    entry,
    answers.map(({ answer }) => answer),
    hotline.today,
  );
  return (
    <>
      <p className="quiet small">{t('tree.intro')}</p>
      <ul className="place-tree">
        <PlaceNode node={tree} {...props} />
      </ul>
    </>
  );
}

function PlaceNode({ node, ...props }: VersionTreeProps & { node: GivenIn }): ReactNode {
  const { t } = useTranslation('answers');
  const { hotline } = props;
  const hasInside = node.inside.length > 0;
  const name = node.locality === EVERYWHERE && hasInside ? t('tree.everywhere_else') : hotline.nameOfLocality(node.locality);
  return (
    <li>
      <div className="given">
        <strong>{name}</strong>
        <Given node={node} {...props} />
      </div>
      {hasInside && (
        <ul>
          {node.inside.map((inner) => (
            <PlaceNode key={inner.locality} node={inner} {...props} />
          ))}
        </ul>
      )}
    </li>
  );
}

function Given({ node: { given, own }, open, source, answers }: VersionTreeProps & { node: GivenIn }): ReactNode {
  const { t } = useTranslation('answers');
  const format = useFormat();
  const titleOf = (id: string): string => answers.find(({ answer }) => answer.id === id)?.title ?? id;
  const link = (id: string): ReactNode =>
    id === open ? (
      <span>
        <bdi>{titleOf(id)}</bdi> <span className="quiet">{t('tree.this_one')}</span>
      </span>
    ) : (
      <Link href={`/content/${source}/answers/${id}`}>
        <bdi>{titleOf(id)}</bdi>
      </Link>
    );
  const isLate = own !== null && own.id !== given?.id;
  return (
    <>
      {given === null ? <span className="quiet">{t(own === null ? 'tree.none' : 'tree.nothing')}</span> : link(given.id)}
      {isLate && (
        <span className="badge bad many-words">
          {t('tree.late', { day: format.day(noonOf(own.review_by)) })} {own.id !== open && link(own.id)}
        </span>
      )}
    </>
  );
}
