// What must be known before writing: a private case, how long one may still write, an interpreter in the conversation. Rendered by conversation.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../api/case-operations.ts';
import { useFormat } from '../format.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { useNow } from './use-now.ts';
import { windowLeft } from './window-left.ts';

export function Banners({ view }: { view: CaseView }): ReactNode {
  const { t } = useTranslation('cases');
  const { item, participants, keeping } = view;
  return (
    <div className="case-banners">
      {item.private && (
        <Banner tone="private" icon="lock">
          {t('banner.private')}
        </Banner>
      )}
      {keeping === 'session' && !item.private && (
        <Banner tone="plain" icon="lock">
          {t('banner.session')}
        </Banner>
      )}
      <WindowBanner view={view} />
      {participants.map(({ id, alias, joined }) => (
        <Banner key={id} tone={joined ? 'good' : 'plain'} icon="language">
          {t(joined ? 'banner.interpreter_joined' : 'banner.interpreter_invited', { alias })}
        </Banner>
      ))}
      {item.interpreter === 'needed' && participants.length === 0 && (
        <Banner tone="warn" icon="language">
          {t('banner.interpreter_needed')}
        </Banner>
      )}
      {item.genderWanted !== null && (
        <Banner tone="plain" icon="person">
          {t(`banner.wants_${item.genderWanted}`)}
        </Banner>
      )}
    </div>
  );
}

/** WhatsApp takes any text for 24 hours after the person wrote: how much of it is left. */
function WindowBanner({ view: { reach, item } }: { view: CaseView }): ReactNode {
  const { t } = useTranslation('cases');
  const format = useFormat();
  const left = windowLeft(reach, useNow());
  if (item.status === 'closed') return null;
  if (reach.state === 'stopped' || reach.state === 'off')
    return (
      <Banner tone="bad" icon="alert">
        {t(`banner.${reach.state}`)}
      </Banner>
    );
  if (left.ms === null) return null;
  if (left.tone === 'shut')
    return (
      <Banner tone="warn" icon="clock">
        {t('banner.window_shut')}
      </Banner>
    );
  return (
    <Banner tone={left.tone === 'soon' ? 'warn' : 'plain'} icon="clock">
      {t('banner.window_open', { span: format.span(left.ms) })}
    </Banner>
  );
}

type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'private';

function Banner({ tone, icon, children }: { tone: Tone; icon: IconName; children: ReactNode }): ReactNode {
  return (
    <p className={`case-banner ${tone}`}>
      <Icon name={icon} size={18} />
      <span>{children}</span>
    </p>
  );
}
