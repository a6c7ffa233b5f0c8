// Who works on a case: who has it, interpreters in the conversation or to be asked in. Rendered by side-panel.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../api/case-operations.ts';
import { Button } from '../ui/button.tsx';
import { Badge } from '../ui/pieces.tsx';
import { Part } from './side-panel-part.tsx';
import { useCaseActions } from './use-case-actions.ts';

export function CasePeople({ view }: { view: CaseView }): ReactNode {
  const { t } = useTranslation('cases');
  const { item, participants, interpreters, may } = view;
  const actions = useCaseActions(item);
  const invites = may.includes('transfer') && item.status !== 'closed';
  return (
    <Part title={t('people.title')}>
      <ul className="people">
        <li>{item.assignee === null ? <span className="quiet">{t('people.nobody')}</span> : <bdi>{item.assignee.alias}</bdi>}</li>
        {participants.map(({ id, alias, joined }) => (
          <li key={id}>
            <bdi>{alias}</bdi> <Badge icon="language">{t(joined ? 'people.joined' : 'people.invited')}</Badge>
            {invites && (
              <Button tone="plain" onPress={() => void actions.dismiss()}>
                {t('people.dismiss')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {invites && participants.length === 0 && (
        <div className="stack tight">
          <h4>{t('people.interpreters')}</h4>
          {interpreters.length === 0 && <p className="quiet">{t('people.no_interpreters')}</p>}
          <ul className="people">
            {interpreters.map(({ id, alias, onShift }) => (
              <li key={id}>
                <span>
                  <bdi>{alias}</bdi> <span className="small quiet">{t(onShift ? 'transfer.on_shift' : 'transfer.off_shift')}</span>
                </span>
                <Button icon="plus" onPress={() => void actions.invite(id)}>
                  {t('people.invite')}
                </Button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Part>
  );
}
