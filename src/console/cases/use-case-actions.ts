// What can be done with a case by button or key: each says what became of it, and what reaches others can be undone for a moment.
// Used by conversation.tsx, case-actions.tsx and the dialogs.
import { useTranslation } from 'react-i18next';
import type { CaseItem } from '../../api/case-operations.ts';
import { ApiError } from '../../api/client.ts';
import { call, keyOf, queryClient, type CallArguments } from '../api.ts';
import { useLive } from '../live/live.tsx';
import { useFaultText } from '../ui/error-notice.tsx';
import { useToasts } from '../ui/toast.tsx';
import { useWorkspace } from './workspace.tsx';

export interface Transfer {
  toStaffId?: string;
  toDeskId?: string;
  note?: string;
}
export interface Closing {
  outcome: 'answered' | 'referred' | 'no_service' | 'no_reply' | 'other';
  followUpDays?: number;
}
export interface CaseActions {
  claim(): Promise<void>;
  release(): Promise<void>;
  transfer(how: Transfer): void;
  close(how: Closing): void;
  change(change: CallArguments<'changeCase'>[0]['body']): Promise<void>;
  invite(staffId: string): Promise<void>;
  dismiss(): Promise<void>;
  takeBack(replyId: string): Promise<void>;
}

type Answer = Promise<{ item: CaseItem }>;

export function useCaseActions(item: CaseItem): CaseActions {
  const { t } = useTranslation('cases');
  const { tell } = useToasts();
  const { emit } = useLive();
  const { held } = useWorkspace();
  const faultText = useFaultText();
  const params = { id: item.id };
  const readAgain = (): Promise<void> => queryClient.invalidateQueries({ queryKey: keyOf('readCase', { params }) });

  /** Does it, shows it at once, and says what the server would not do. */
  const act = async (ask: () => Answer, done?: () => void): Promise<void> => {
    try {
      const { item: changed } = await ask();
      emit({ type: 'cases', cases: [changed], removed: [] });
      done?.();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.status === 401) void queryClient.invalidateQueries({ queryKey: keyOf('readMe') });
      tell(error.takenBy === undefined ? faultText(error) : t('said.taken', { alias: error.takenBy }));
      await readAgain();
    }
  };
  const hold = (kind: 'close' | 'transfer', ask: () => Answer, path: string, body: object): void =>
    held.hold({
      id: `${kind} ${item.id}`,
      caseId: item.id,
      kind,
      alias: item.alias,
      run: () => act(ask),
      runNow: () => sendWhileLeaving(path, body),
    });

  const claim = (): Promise<void> => act(() => call('claimCase', { params }));
  return {
    claim,
    release: () =>
      act(
        () => call('releaseCase', { params }),
        () => tell(t('said.released'), () => void claim()),
      ),
    transfer: (how) => hold('transfer', () => call('transferCase', { params, body: how }), `/cases/${item.id}/transfer`, how),
    close: (how) => hold('close', () => call('closeCase', { params, body: how }), `/cases/${item.id}/close`, how),
    change: (change) => act(() => call('changeCase', { params, body: change })),
    invite: (staffId) =>
      act(
        () => call('inviteInterpreter', { params, body: { staffId } }),
        () => void readAgain(),
      ),
    dismiss: () =>
      act(
        () => call('dismissInterpreter', { params }),
        () => void readAgain(),
      ),
    takeBack: (replyId) => act(() => call('cancelReply', { params: { id: item.id, replyId } })),
  };
}

/** The browser finishes such a request after the page is gone. */
function sendWhileLeaving(path: string, body: object): void {
  void fetch(`/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    keepalive: true,
  }).catch(() => undefined);
}
