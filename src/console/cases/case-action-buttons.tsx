// Claim, give back, transfer, close: as buttons, as a menu where there is no room, and as keys. Rendered by case-header.tsx.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../api/case-operations.ts';
import { useShortcut } from '../shortcuts.tsx';
import { Button } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import { CloseDialog } from './close-dialog.tsx';
import { TransferDialog } from './transfer-dialog.tsx';
import { useCaseActions } from './use-case-actions.ts';
import { useWorkspace } from './workspace.tsx';

export function CaseActionButtons({ view }: { view: CaseView }): ReactNode {
  const { t } = useTranslation('cases');
  const { item, may } = view;
  const { meId } = useWorkspace();
  const actions = useCaseActions(item);
  const [dialog, setDialog] = useState<'transfer' | 'close' | null>(null);
  const [claiming, setClaiming] = useState(false);
  const group = t('keys.case');
  const mine = item.assignee?.id === meId;
  const claimable = may.includes('claim') && !mine;
  const claim = async (): Promise<void> => {
    setClaiming(true);
    await actions.claim();
    setClaiming(false);
  };
  useShortcut(claimable ? { keys: 'c', label: t('action.claim'), group, run: () => void claim() } : null);
  useShortcut(may.includes('transfer') ? { keys: 't', label: t('action.transfer'), group, run: () => setDialog('transfer') } : null);
  useShortcut(may.includes('close') ? { keys: 'e', label: t('action.close'), group, run: () => setDialog('close') } : null);
  const entries = [
    ...(may.includes('transfer') ? [{ id: 'transfer', label: t('action.transfer'), run: () => setDialog('transfer') } as const] : []),
    ...(may.includes('release') ? [{ id: 'release', label: t('action.release'), run: () => void actions.release() } as const] : []),
  ];
  return (
    <div className="case-actions">
      {claimable && (
        <Button tone="primary" isDisabled={claiming} onPress={() => void claim()}>
          {item.status === 'claimed' ? t('action.take_over') : t('action.claim')}
        </Button>
      )}
      {mine && may.includes('close') && (
        <Button icon="check" onPress={() => setDialog('close')}>
          {t('action.close')}
        </Button>
      )}
      {entries.length > 0 && <Menu label={t('action.more')} entries={entries} />}
      <TransferDialog view={view} isOpen={dialog === 'transfer'} onClose={() => setDialog(null)} transfer={actions.transfer} />
      <CloseDialog isOpen={dialog === 'close'} onClose={() => setDialog(null)} close={actions.close} />
    </div>
  );
}
