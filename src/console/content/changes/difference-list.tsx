// Changes in groups: by flow, by language or by kind. Used by a draft's page and where two releases are compared.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DifferenceView } from '../../../api/content-shapes.ts';
import { stemOf } from '../../../release/diff.ts';
import { useFormat } from '../../format.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/field.tsx';
import { isolated } from '../isolated.ts';
import type { Comment } from './comment-lines.tsx';
import { DifferenceItem } from './difference-item.tsx';
import { foldReviews, type ToldDifference } from './fold-reviews.ts';
import './changes.css';

const GROUPINGS = ['flow', 'language', 'kind'] as const;
type Grouping = (typeof GROUPINGS)[number];
/** A group shows so many, and so many more a press. */
const SHOWN = 30;

export interface DifferenceListProps {
  differences: readonly DifferenceView[];
  source: string;
  /** Puts one back; absent where nothing can be. */
  onRevert?: (address: string) => void;
  draftId?: string | undefined;
  comments?: readonly Comment[];
}

export function DifferenceList(props: DifferenceListProps): ReactNode {
  const { t } = useTranslation('content');
  const [grouping, setGrouping] = useState<Grouping>('flow');
  const groups = useGroups(props.differences, grouping);
  return (
    <div className="differences">
      <div className="group-by">
        <Select
          label={t('difference.group_by')}
          value={grouping}
          options={GROUPINGS.map((value) => ({ value, label: t(`difference.group.${value}`) }))}
          onChange={setGrouping}
        />
      </div>
      {groups.map(({ title, found }) => (
        <Group key={title} title={title} found={found} {...props} />
      ))}
    </div>
  );
}

function Group({
  title,
  found,
  source,
  onRevert,
  draftId,
  comments = [],
}: DifferenceListProps & { title: string; found: readonly ToldDifference[] }): ReactNode {
  const { t } = useTranslation('content');
  const [shown, setShown] = useState(SHOWN);
  return (
    <section className="difference-group">
      <h3>
        {title} <span className="quiet small">{t('draft.changes', { count: found.length })}</span>
      </h3>
      <ul>
        {found.slice(0, shown).map((told) => (
          <DifferenceItem
            key={told.difference.address}
            told={told}
            source={source}
            draftId={draftId}
            comments={comments.filter(({ address }) => address === told.difference.address)}
            onRevert={onRevert && (() => onRevert(told.difference.address))}
          />
        ))}
      </ul>
      {found.length > shown && (
        <div className="row">
          <Button onPress={() => setShown(shown + SHOWN)}>{t('difference.more', { count: found.length - shown })}</Button>
        </div>
      )}
    </section>
  );
}

/** In the order in which the first of each group stands. */
function useGroups(differences: readonly DifferenceView[], grouping: Grouping): { title: string; found: ToldDifference[] }[] {
  const { t } = useTranslation('content');
  const format = useFormat();
  const titleOf = (difference: DifferenceView): string => {
    const { kind, language } = difference;
    if (grouping === 'language') return language === undefined ? t('difference.no_language') : format.language(language);
    const flow = grouping === 'flow' ? flowOf(difference) : null;
    return flow === null ? t(`kind.${kind}`) : t('difference.of_flow', { flow: isolated(flow) });
  };
  const groups = new Map<string, ToldDifference[]>();
  for (const told of foldReviews(differences)) {
    const title = titleOf(told.difference);
    groups.set(title, [...(groups.get(title) ?? []), told]);
  }
  return [...groups].map(([title, found]) => ({ title, found }));
}

/** Texts stand with the flow that says them: their namespace has its name. */
function flowOf({ address, kind, flow }: DifferenceView): string | null {
  if (flow !== undefined) return flow;
  if (kind !== 'text' && kind !== 'review') return null;
  const namespace = kind === 'text' ? stemOf(address) : (/#texts\/([^:]+):/.exec(address)?.[1] ?? null);
  return namespace === 'answers' ? null : namespace;
}
