// Handlers of channel-operations.ts: how the channels of the running service are, and a test message. Called by router.ts.
// Says of a setting that it is missing, never what it is; what a test does is runtime/test-channel.ts's.
import type { channelOperations, ChannelView } from '../../api/channel-operations.ts';
import { readPhone } from '../../language/contact-values.ts';
import { sendTest, testLanguages, writeTest } from '../../runtime/test-channel.ts';
import { outboundTotals } from '../../store/limits.ts';
import { linesByChannel } from '../../store/outbox-load.ts';
import type { Reader } from '../../store/store.ts';
import type { ApiParts, Handler } from './handler.ts';
import { badRequest, notFound } from './refusal.ts';

type Operations = typeof channelOperations;

export const channelHandlers: { readonly [N in keyof Operations]: Handler<Operations[N]> } = {
  listChannels: (_call, parts) =>
    parts.store.read(async (reader) => {
      const waiting = new Map((await linesByChannel(reader)).map(({ channel, count }) => [channel, count]));
      const modules = [];
      for (const { channels, missing, ...module } of parts.installed.modules) {
        const views: ChannelView[] = [];
        for (const name of channels) views.push(await viewChannel(reader, name, waiting.get(name) ?? 0, parts));
        modules.push({ ...module, on: missing.length === 0, missing: [...missing], channels: views });
      }
      return { modules, testLanguages: testLanguages(parts.services) };
    }),

  async testChannel({ actor, params, body }, { services }) {
    const channel = services.channels.get(params.name);
    if (!channel) throw notFound('channel');
    const number = readPhone(body.to, undefined);
    if (number === null)
      throw badRequest('"to" in the body is not right: write the whole number, with + and the code of the country in front.');
    const message = writeTest(channel, body.language, services);
    if (message === null) throw badRequest('"language" in the body is not right: the texts in use have no test message in it.');
    return sendTest({ actor, channel, to: { kind: 'phone', value: number }, message }, services);
  },
};

async function viewChannel(reader: Reader, name: string, waiting: number, { services, installed, now }: ApiParts): Promise<ChannelView> {
  const ceiling = services.releases.current().settings.limits.channel_daily_segments[name];
  // What another node has sent counts as well, so the store is asked and not this node's memory.
  const spent = ceiling === undefined ? null : await outboundTotals(reader, { contactId: '', channel: name, now: now() });
  return {
    name,
    test: services.channels.get(name)?.takesNumbers === true ? 'number' : 'person_first',
    waiting,
    heldBack: waiting >= installed.outboxLimit,
    ceilingReached: ceiling !== undefined && spent !== null && spent.channelSegments >= ceiling,
  };
}
