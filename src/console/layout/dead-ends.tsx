// Pages where nothing goes on: no such page, no permission, no server. Each says what to do. Used by app.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { StaffPermission } from '../../domain/role.ts';
import { useSession } from '../session.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/pieces.tsx';
import { usePageTitle } from './page.tsx';

export function NotFound(): ReactNode {
  const { t } = useTranslation();
  usePageTitle(t('dead_end.not_found'));
  return (
    <EmptyState isPage icon="search" title={t('dead_end.not_found')}>
      <p>{t('dead_end.not_found_help')}</p>
      <Link href="/">{t('dead_end.begin')}</Link>
    </EmptyState>
  );
}

export function NoPermission({ missing }: { missing?: StaffPermission | undefined }): ReactNode {
  const { t } = useTranslation();
  usePageTitle(t('dead_end.no_permission'));
  return (
    <EmptyState isPage icon="lock" title={t('dead_end.no_permission')}>
      <p>{missing === undefined ? t('dead_end.no_role') : t('dead_end.no_permission_help')}</p>
      {missing !== undefined && <code>{missing}</code>}
      <Link href="/">{t('dead_end.begin')}</Link>
    </EmptyState>
  );
}

export function Unreachable(): ReactNode {
  const { t } = useTranslation();
  const { retry } = useSession();
  usePageTitle(t('dead_end.unreachable'));
  return (
    <main>
      <EmptyState isPage icon="offline" title={t('dead_end.unreachable')}>
        <p>{t('dead_end.unreachable_help')}</p>
        <Button tone="primary" onPress={retry}>
          {t('ui.try_again')}
        </Button>
      </EmptyState>
    </main>
  );
}
