// What to do when the server refused or could not be reached: one sentence a kind of fault, and a way to try again. Used by every page.
// The server's own sentence is shown only where ours does not know the fault better.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../api/client.ts';
import { Button } from './button.tsx';
import { Notice } from './pieces.tsx';

export interface ErrorNoticeProps {
  error: ApiError | null;
  /** Does again what failed. */
  retry?: () => void;
}

export function ErrorNotice({ error, retry }: ErrorNoticeProps): ReactNode {
  const { t } = useTranslation();
  const sentence = useFaultText();
  if (error === null) return null;
  const canHelp = retry !== undefined && (error.status === 0 || error.status >= 500 || error.status === 429);
  return (
    <Notice tone="bad">
      <p>{sentence(error)}</p>
      {canHelp && (
        <Button icon="undo" onPress={retry}>
          {t('ui.try_again')}
        </Button>
      )}
    </Notice>
  );
}

/** A sentence for a fault, for notices and toasts. */
export function useFaultText(): (error: ApiError) => string {
  const { t, i18n } = useTranslation();
  return (error) => {
    if (error.status === 0) return t('fault.unreachable');
    if (error.status === 401) return t('fault.signed_out');
    if (error.code === 'access.refused') return t('sign_in.wrong');
    if (error.code === 'access.invitation_over') return t('invitation.dead_help');
    if (error.code === 'staff.second_factor') return t('second_factor.why');
    if (error.status === 403 && error.permission !== undefined) return t('fault.not_allowed', { permission: error.permission });
    if (error.status === 404) return t('fault.not_found');
    if (error.status === 409 && error.takenBy !== undefined) return t('fault.taken', { alias: error.takenBy });
    const refused = /^desk\.(\w+)$/.exec(error.code)?.[1];
    if (refused !== undefined && i18n.exists(`fault.desk.${refused}`)) return t(`fault.desk.${refused}`);
    if (error.status === 429) return t('fault.too_often');
    if (error.status >= 500 || error.message === '') return t('fault.ours');
    return error.message;
  };
}
