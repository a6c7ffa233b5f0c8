// The settings of the hotline, part by part: crisis message, languages, hours, emergency numbers, how long things are kept, limits, topics,
// places. Opened by /content/:source/settings; `?part=` or the address of an entry (`?entry=`) says which part shows.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'wouter';
import { useMay } from '../../session.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Badge, Notice, Skeleton } from '../../ui/pieces.tsx';
import { ContentFrame } from '../content-frame.tsx';
import { useContentPlace } from '../source.ts';
import { AlertPart } from './alert-part.tsx';
import { AreaPart } from './area-part.tsx';
import { ChannelsPart } from './channels-part.tsx';
import { DeskPart } from './desk-part.tsx';
import { EmergencyPart } from './emergency-part.tsx';
import { KeepingPart } from './keeping-part.tsx';
import { LanguagesPart } from './languages-part.tsx';
import { LimitsPart } from './limits-part.tsx';
import { LocalitiesPart } from './localities-part.tsx';
import { PricesPart } from './prices-part.tsx';
import { PrivatePart } from './private-part.tsx';
import { PublishingPart } from './publishing-part.tsx';
import { partOfEntry, SETTINGS_PARTS, type SettingsPartName } from './settings-parts.ts';
import { TopicsPart } from './topics-part.tsx';
import { useHotline, type Hotline } from './use-hotline.ts';
import type { SettingsPartProps } from './use-setting.ts';
import { WaysPart } from './ways-part.tsx';
import './settings.css';

const PARTS: Record<SettingsPartName, (props: SettingsPartProps) => ReactNode> = {
  alert: AlertPart,
  languages: LanguagesPart,
  area: AreaPart,
  desk: DeskPart,
  emergency: EmergencyPart,
  private: PrivatePart,
  keeping: KeepingPart,
  limits: LimitsPart,
  prices: PricesPart,
  publishing: PublishingPart,
  ways: WaysPart,
  channels: ChannelsPart,
  topics: TopicsPart,
  localities: LocalitiesPart,
};

export function SettingsContentPage(): ReactNode {
  const { t } = useTranslation('answers');
  const place = useContentPlace();
  const may = useMay();
  const [search] = useSearchParams();
  const { hotline, error, retry } = useHotline(place.source);
  const named = SETTINGS_PARTS.find((part) => part === search.get('part'));
  const part = named ?? partOfEntry(search.get('entry')) ?? 'alert';
  // Topics and places are content; the rest is also for those who manage the hotline.
  const isContent = part === 'topics' || part === 'localities';
  const mayEdit = may('content.edit') || (!isContent && may('settings.manage'));
  const Part = PARTS[part];
  return (
    <ContentFrame tab="settings" title={t('settings.title')} intro={t('settings.intro')}>
      <ErrorNotice error={error} retry={retry} />
      {hotline === null && error === null && <Skeleton />}
      {hotline !== null && (
        <div className="settings-parts">
          <PartLinks source={place.source} open={part} hotline={hotline} />
          <section className="settings-part" aria-labelledby="settings-part">
            <h2 id="settings-part">{t(`settings.part_${part}`)}</h2>
            <p className="quiet">{t(`settings.about_${part}`)}</p>
            {place.canEdit && !mayEdit && <Notice title={t('settings.not_yours')} />}
            <Part key={part} place={place} hotline={hotline} isReadOnly={!place.canEdit || !mayEdit} />
          </section>
        </div>
      )}
    </ContentFrame>
  );
}

function PartLinks({ source, open, hotline }: { source: string; open: SettingsPartName; hotline: Hotline }): ReactNode {
  const { t } = useTranslation('answers');
  const until = hotline.settings.alert?.until;
  const isAlertOn = until !== undefined && Date.parse(until) > Date.now();
  return (
    <nav aria-label={t('settings.parts')}>
      <ul>
        {SETTINGS_PARTS.map((part) => (
          <li key={part}>
            <Link href={`/content/${source}/settings?part=${part}`} aria-current={part === open ? 'page' : undefined}>
              {t(`settings.part_${part}`)}
              {part === 'alert' && isAlertOn && (
                <Badge tone="bad" icon="alert">
                  {t('alert.badge')}
                </Badge>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
