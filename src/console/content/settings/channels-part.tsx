// The channels of the running service: what is on, what is off and what to do about it, what waits, and a test message.
// A part of the settings page, but of no draft: it shows the same whichever content is open.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChannelModuleView, ChannelView } from '../../../api/channel-operations.ts';
import { useRead } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useMay } from '../../session.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Badge, Notice, Skeleton } from '../../ui/pieces.tsx';
import { ChannelTestForm } from './channel-test-form.tsx';
import type { SettingsPartProps } from './use-setting.ts';

/** How often what waits is counted anew, ms. */
const AGAIN_MS = 15_000;

export function ChannelsPart({ hotline }: SettingsPartProps): ReactNode {
  const { t } = useTranslation('answers');
  const may = useMay();
  const mayLook = may('settings.manage');
  const { data, error, refetch } = useRead('listChannels', [], { enabled: mayLook, refetchInterval: AGAIN_MS });
  if (!mayLook) return <Notice title={t('channels.not_yours')} />;
  const tested = data?.modules.flatMap(({ channels }) => channels.filter(({ test }) => test === 'number')) ?? [];
  return (
    <>
      <Notice title={t('channels.running')} />
      <ErrorNotice error={error} retry={() => void refetch()} />
      {data === undefined && error === null && <Skeleton />}
      {data && (
        <ul className="card-list">
          {data.modules.map((module) => (
            <ModuleCard key={module.id} module={module} />
          ))}
        </ul>
      )}
      {data && tested.length > 0 && (
        <>
          <h3>{t('channels.test')}</h3>
          <p className="quiet">{t('channels.test_help')}</p>
          <ChannelTestForm
            channels={tested.map(({ name }) => name)}
            languages={data.testLanguages}
            usual={hotline.settings.default_language ?? ''}
          />
        </>
      )}
    </>
  );
}

function ModuleCard({ module }: { module: ChannelModuleView }): ReactNode {
  const { t } = useTranslation('answers');
  const { id, title, on, missing, reaches, channels } = module;
  return (
    <li className="content-card">
      <div className="row">
        <h3>{t(`channels.module_${id.replaceAll('-', '_')}`, { defaultValue: title })}</h3>
        {on ? (
          <Badge tone="good" icon="check">
            {t('channels.on')}
          </Badge>
        ) : (
          <Badge tone="warn">{t('channels.off')}</Badge>
        )}
      </div>
      {!on && <WhatToDo missing={missing} />}
      {reaches === 'staff' && <p className="quiet">{t(on ? 'channels.staff_on' : 'channels.staff_off')}</p>}
      {channels.map((channel) => (
        <ChannelState key={channel.name} channel={channel} isAlone={channels.length === 1} />
      ))}
    </li>
  );
}

/** Names of settings, as they are written in the environment. */
function WhatToDo({ missing }: { missing: readonly string[] }): ReactNode {
  const { t } = useTranslation('answers');
  return (
    <>
      <p>{t('channels.missing', { count: missing.length })}</p>
      <ul className="chosen">
        {missing.map((name) => (
          <li key={name}>
            <code dir="ltr">{name}</code>
          </li>
        ))}
      </ul>
      <p className="quiet small">{t('channels.missing_help')}</p>
    </>
  );
}

function ChannelState({ channel, isAlone }: { channel: ChannelView; isAlone: boolean }): ReactNode {
  const { t } = useTranslation('answers');
  const { t: cases } = useTranslation('cases');
  const format = useFormat();
  const { name, waiting, heldBack, ceilingReached, test } = channel;
  return (
    <div className="stack tight">
      <div className="row">
        {!isAlone && <strong>{cases(`channel.${name}`, { defaultValue: name })}</strong>}
        <span>{t('channels.waiting', { count: waiting, number: format.number(waiting) })}</span>
        {heldBack && (
          <Badge tone="warn" icon="clock">
            {t('channels.held')}
          </Badge>
        )}
        {ceilingReached && (
          <Badge tone="warn" icon="alert">
            {t('channels.ceiling')}
          </Badge>
        )}
      </div>
      {heldBack && <p className="quiet small">{t('channels.held_help')}</p>}
      {ceilingReached && <p className="quiet small">{t('channels.ceiling_help')}</p>}
      {test === 'person_first' && (
        <p className="quiet small">{t(`channels.person_first_${name}`, { defaultValue: t('channels.person_first') })}</p>
      )}
    </div>
  );
}
