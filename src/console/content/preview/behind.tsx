// What stands behind the conversation: where it waits, what it costs, what is known, what happened. Rendered by preview-stage.tsx.
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { PlayedTurn, PlayView } from '../../../api/content-shapes.ts';
import { useFormat } from '../../format.ts';
import { FactList } from '../../referrals/fact-list.tsx';
import { Badge } from '../../ui/pieces.tsx';
import { linkToStep } from '../link-to.ts';
import type { Hotline } from '../settings/use-hotline.ts';
import { useContentPlace } from '../source.ts';
import { EventList } from './event-list.tsx';
import type { Play } from './use-play.ts';
import { usePrice } from './use-price.ts';
import { ValueList } from './value-list.tsx';

export interface BehindProps {
  hotline: Hotline;
  play: Play;
  channel: string;
  children: ReactNode;
}

export function Behind({ hotline, play, channel, children }: BehindProps): ReactNode {
  const { t } = useTranslation('preview');
  const turns = (play.view?.turns ?? []).slice(0, play.inputs.length);
  const last = turns.at(-1);
  return (
    <section className="behind" aria-label={t('behind.title')}>
      <Part title={t('behind.where')}>{last === undefined ? <p className="quiet">{t('behind.not_begun')}</p> : <Where turn={last} />}</Part>
      {channel === 'sms' && play.view !== null && (
        <Part title={t('behind.cost')}>
          <Cost view={play.view} />
        </Part>
      )}
      <Part title={t('behind.values')}>
        <p className="quiet small">{t('behind.values_help')}</p>
        <ValueList variables={last?.variables ?? {}} hotline={hotline} />
      </Part>
      <Part title={t('behind.events')}>
        <EventList turns={turns} hotline={hotline} />
      </Part>
      {children}
    </section>
  );
}

/** A part of the panel under its heading. */
export function Part({ title, children }: { title: string; children: ReactNode }): ReactNode {
  const heading = useId();
  return (
    <section className="behind-part" aria-labelledby={heading}>
      <h2 id={heading}>{title}</h2>
      {children}
    </section>
  );
}

/** Where the conversation stands, with the way to the step in the editor. */
function Where({ turn: { flow, step, language, owner } }: { turn: PlayedTurn }): ReactNode {
  const { t } = useTranslation('preview');
  const format = useFormat();
  const { source } = useContentPlace();
  const place =
    flow === null ? (
      t('behind.nowhere')
    ) : (
      <Link href={linkToStep(flow, step, source)}>
        {t('behind.step', { flow: `\u2068${flow}\u2069`, step: `\u2068${step ?? ''}\u2069` })}
      </Link>
    );
  const answers = <Badge tone={owner === 'flow' ? 'plain' : 'warn'}>{t(`owner.${owner}`, { defaultValue: owner })}</Badge>;
  return (
    <FactList
      rows={[
        [t('behind.stands'), place],
        [t('behind.language'), language === null ? t('behind.no_language') : format.language(language)],
        [t('behind.owner'), answers],
      ]}
    />
  );
}

/** What everything that was sent so far costs. */
function Cost({ view: { segments, totalPrice } }: { view: PlayView }): ReactNode {
  const { t } = useTranslation('preview');
  const price = usePrice();
  return (
    <>
      <p>
        <strong>{t('sms.segments', { count: segments })}</strong>
        {totalPrice !== null && ` · ${price(totalPrice)}`}
      </p>
      {totalPrice === null && segments > 0 && <p className="quiet small">{t('behind.no_price')}</p>}
    </>
  );
}
