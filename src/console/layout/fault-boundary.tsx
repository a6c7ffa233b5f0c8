// Catches what breaks while a page shows: a part that cannot be fetched (the console was renewed meanwhile), or a fault of ours.
// The frame stays, and with it the way to other pages. Used by app.tsx; a new address is a new try.
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/pieces.tsx';

interface Props {
  /** Where one is; with another address the fault is forgotten. */
  address: string;
  children: ReactNode;
}

export class FaultBoundary extends Component<Props, { brokenAt: string | null }> {
  override state: { brokenAt: string | null } = { brokenAt: null };

  static getDerivedStateFromError(): { brokenAt: string } {
    return { brokenAt: window.location.pathname };
  }

  override componentDidUpdate(before: Props): void {
    if (before.address !== this.props.address && this.state.brokenAt !== null) this.setState({ brokenAt: null });
  }

  override render(): ReactNode {
    return this.state.brokenAt === null ? this.props.children : <Broken />;
  }
}

function Broken(): ReactNode {
  const { t } = useTranslation();
  return (
    <EmptyState isPage icon="alert" title={t('dead_end.broken')}>
      <p>{t('dead_end.broken_help')}</p>
      <Button tone="primary" onPress={() => window.location.reload()}>
        {t('dead_end.reload')}
      </Button>
    </EmptyState>
  );
}
