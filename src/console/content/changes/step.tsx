// One step of a draft's way to being published: its title, whether it is done, what is to be done. Used by way-out.tsx and its parts.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api.ts';
import { Icon } from '../../ui/icon.tsx';

export type Draft = Answer<'readDraft'>;

/** One step; done ones carry a tick, which is also said. */
export function Step({ title, isDone, children }: { title: string; isDone: boolean; children: ReactNode }): ReactNode {
  const { t } = useTranslation('content');
  return (
    <li className={isDone ? 'done' : undefined}>
      <Icon name={isDone ? 'check' : 'next'} />
      <div className="step">
        <h3>
          {title}
          {isDone && <span className="only-heard"> ({t('way.done')})</span>}
        </h3>
        {children}
      </div>
    </li>
  );
}
