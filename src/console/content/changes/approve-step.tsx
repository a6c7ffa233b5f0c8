// Who approved a draft, what is still to be approved, and approving it: as a second person, or as the sign-off of a language's community. Used by way-out.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useMay, useMe } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { CONTENT_READS } from '../use-edits.ts';
import { Step, type Draft } from './step.tsx';
import { isolated } from '../isolated.ts';

export function ApproveStep({ draft }: { draft: Draft }): ReactNode {
  const { t } = useTranslation('content');
  const format = useFormat();
  const may = useMay();
  const me = useMe();
  const approve = useAct('approveDraft', { changes: CONTENT_READS });
  const { approval, languages } = draft.needs;
  const signable = may('content.review') ? languages.filter((tag) => me.languages.includes(tag)) : [];
  const isNeeded = approval || languages.length > 0;
  const send = (language: string | null): void =>
    approve.mutate([{ params: { id: draft.id }, body: { revision: draft.revision, language } }]);
  return (
    <Step title={t('approve.title')} isDone={!isNeeded && draft.changes > 0}>
      <p className="quiet">{t(isNeeded ? 'approve.help' : 'approve.not_needed')}</p>
      <Approvals draft={draft} />
      {isNeeded && (
        <ul className="bullets">
          {approval && <li>{t('needs.approval')}</li>}
          {languages.map((tag) => (
            <li key={tag}>{t('needs.language', { language: format.language(tag) })}</li>
          ))}
        </ul>
      )}
      <ErrorNotice error={approve.error} />
      {draft.changes > 0 && (draft.can.approve || signable.length > 0) && (
        <div className="row">
          {draft.can.approve && (
            <Button icon="check" isPending={approve.isPending} onPress={() => send(null)}>
              {t('approve.do')}
            </Button>
          )}
          {signable.map((tag) => (
            <Button key={tag} icon="check" isPending={approve.isPending} onPress={() => send(tag)}>
              {t('approve.language', { language: format.language(tag) })}
            </Button>
          ))}
        </div>
      )}
      {approval && !draft.can.approve && <p className="small">{t(may('content.review') ? 'approve.not_own' : 'approve.not_you')}</p>}
      {languages.length > signable.length && <p className="small">{t('approve.not_spoken')}</p>}
    </Step>
  );
}

function Approvals({ draft }: { draft: Draft }): ReactNode {
  const { t } = useTranslation('content');
  const format = useFormat();
  if (draft.approvals.length === 0) return null;
  return (
    <ul className="bullets">
      {draft.approvals.map(({ by, at, language, outdated }) => (
        <li key={`${by} ${String(at)} ${language ?? ''}`} className={outdated ? 'quiet' : undefined}>
          {language === null
            ? t('approve.by', { alias: isolated(by), when: isolated(format.dateTime(at)) })
            : t('approve.by_language', { alias: isolated(by), when: isolated(format.dateTime(at)), language: format.language(language) })}
          {outdated && <> {t('approve.outdated')}</>}
        </li>
      ))}
    </ul>
  );
}
