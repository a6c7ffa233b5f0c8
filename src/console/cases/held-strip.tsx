// Says what is about to happen and lets it be undone, until it happens. Rendered by workspace.tsx over every page.
import { useSyncExternalStore, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import type { HeldActions } from './held-actions.ts';
import './cases.css';

export function HeldStrip({ held }: { held: HeldActions }): ReactNode {
  const { t } = useTranslation('cases');
  const all = useSyncExternalStore(held.subscribe, held.list);
  return (
    <div className="held" role="status">
      {all.map(({ id, kind, alias }) => (
        <div key={id} className="toast">
          <span>{t(`held.${kind}`, { alias })}</span>
          <Button tone="plain" icon="undo" onPress={() => held.undo(id)}>
            {t('held.undo')}
          </Button>
        </div>
      ))}
    </div>
  );
}
