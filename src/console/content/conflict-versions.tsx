// One entry that two people changed: how it was, mine, theirs, side by side. Used by conflict-dialog.tsx and by a draft's conflicts with a newer release.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConflictView } from '../../api/content-shapes.ts';
import { useEntryName } from './entry-name.ts';
import { languageOf } from './link-to.ts';
import { ValueView } from './value-view.tsx';
import './compare.css';
import { isolated } from './isolated.ts';

export interface ConflictVersionsProps {
  conflict: ConflictView;
  /** What the two are called, where it is not one person against another. */
  mine?: string;
  theirs?: string;
  children?: ReactNode;
}

export function ConflictVersions({ conflict, mine, theirs, children }: ConflictVersionsProps): ReactNode {
  const { t } = useTranslation('content');
  const nameOf = useEntryName();
  const language = languageOf(conflict.address);
  const titles = {
    base: t('conflict.base'),
    mine: mine ?? t('conflict.mine'),
    theirs: theirs ?? (conflict.by === null ? t('conflict.theirs') : t('conflict.theirs_by', { alias: isolated(conflict.by) })),
  };
  return (
    <div className="conflict-entry">
      <h3>{nameOf(conflict.address)}</h3>
      <div className="versions">
        {(['base', 'mine', 'theirs'] as const).map((which) => (
          <section key={which} aria-label={titles[which]}>
            <h4>{titles[which]}</h4>
            <ValueView value={conflict[which]} language={language} />
          </section>
        ))}
      </div>
      {children}
    </div>
  );
}
