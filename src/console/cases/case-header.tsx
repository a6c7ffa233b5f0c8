// Above a conversation: the person's alias, the language, who has the case, who else is here, and what can be done. Rendered by conversation.tsx.
import type { ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { CaseView } from '../../api/case-operations.ts';
import { BackLink } from '../layout/page.tsx';
import { Icon } from '../ui/icon.tsx';
import { CaseActionButtons } from './case-action-buttons.tsx';
import { nativeName } from './languages.ts';
import type { Place } from './use-place.ts';
import { useWorkspace } from './workspace.tsx';

interface CaseHeaderProps {
  view: CaseView;
  place: Place;
  others: readonly { id: string; alias: string; typing: boolean }[];
  titleRef: Ref<HTMLHeadingElement>;
}

export function CaseHeader({ view, place, others, titleRef }: CaseHeaderProps): ReactNode {
  const { t } = useTranslation('cases');
  const { item } = view;
  const { meId } = useWorkspace();
  return (
    <header className="case-head">
      <BackLink href={place.href({ caseId: null })} label={t('conversation.to_list')} />
      <div className="case-titles">
        <h2 ref={titleRef} tabIndex={-1}>
          <bdi className="code">{item.alias}</bdi>
          {item.language !== null && (
            <span className="language" lang={item.language} dir="auto">
              {nativeName(item.language)}
            </span>
          )}
        </h2>
        <p className="small quiet">
          {item.status === 'closed'
            ? t('state.closed')
            : item.assignee === null
              ? t(item.ticket ? 'state.ticket' : 'state.waiting')
              : item.assignee.id === meId
                ? t('state.mine')
                : t('state.taken', { alias: item.assignee.alias })}
          {' · '}
          {t(`channel.${item.channel}`, { defaultValue: item.channel })}
        </p>
      </div>
      <Others others={others} />
      <CaseActionButtons view={view} />
      <Link href={place.href({ panel: !place.panel })} className="button plain panel-link" aria-expanded={place.panel}>
        <Icon name="log" />
        <span className="words">{t('panel.open')}</span>
      </Link>
    </header>
  );
}

/** Colleagues who look at the same case, and whether they write. */
function Others({ others }: { others: CaseHeaderProps['others'] }): ReactNode {
  const { t } = useTranslation('cases');
  return (
    <div className="others" role="status">
      {others.map(({ id, alias, typing }) => (
        <span key={id} className="other" title={t(typing ? 'presence.typing' : 'presence.looking', { alias })}>
          <span className="avatar" aria-hidden="true" data-tint={tintOf(id)}>
            {[...alias][0]?.toUpperCase()}
          </span>
          <span className={typing ? 'small' : 'only-heard'}>{t(typing ? 'presence.typing' : 'presence.looking', { alias })}</span>
        </span>
      ))}
    </div>
  );
}

/** One of four grounds for a letter, the same for the same person. */
function tintOf(id: string): number {
  return [...id].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0) % 4;
}
