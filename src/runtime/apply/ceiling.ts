// A channel's daily spending ceiling: holds back what speak.ts would say, and tells operators and staff of it once a day.
// What staff send themselves is not asked about: people answer for that.
import { noteFirst } from '../../store/limits.ts';
import { DAY_MS } from '../../store/vault.ts';
import type { Outcome } from './outcome.ts';

/** Whether the channel has sent all that it may today. The first to find it so, on any node, raises the alert. */
export async function isCeilingReached({ tx, conversation, release, services, now }: Outcome, segments: number): Promise<boolean> {
  const { channel } = conversation;
  const { metrics, log, alerted } = services;
  const ceiling = release.settings.limits.channel_daily_segments[channel];
  if (ceiling === undefined) return false;
  const reached = segments >= ceiling;
  metrics.ceilingReached.set({ channel }, reached ? 1 : 0);
  const today = String(Math.floor(now / DAY_MS));
  if (!reached || alerted.get(channel) === today) return reached;
  const first = await noteFirst(tx, `ceiling ${channel}`, today);
  tx.afterCommit(() => {
    alerted.set(channel, today);
    if (!first) return;
    log.error(
      { channel, segments, ceiling },
      'ALERT: the daily spending ceiling of this channel is reached; only emergency text is sent until tomorrow (UTC).',
    );
    services.surface?.alert(
      `The channel ${channel} has sent its ${ceiling} messages of today. Until midnight UTC only emergency texts go out, and what you send yourselves. The limit is limits.channel_daily_segments in the hotline's settings.`,
    );
  });
  return true;
}
