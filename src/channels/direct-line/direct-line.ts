// Web chat by Direct Line 3.0: our own widget, and any other client of that protocol. Needs no account and no setting.
// Sending is writing the history: the stream and the polls read from there, so a message is delivered by being stored.
import type { Channel, ChannelContext, ChannelModule, OpenChannel } from '../channel.ts';
import { createAccess, DEFAULT_LIMITS, type Limits } from './access.ts';
import { WEB } from './activities.ts';
import { createRoutes, DIRECT_LINE_PERMISSIONS } from './routes.ts';
import { parseDirectLineSettings } from './settings.ts';
import { createStreams } from './stream.ts';

/** Each costs some kilobytes, and a look at its history twice a minute. */
const MAX_STREAMS = 5000;

/**
 * Makes the module.
 * @param limits requests allowed per address and conversation; tests set their own
 */
export function createDirectLine(limits: Limits = DEFAULT_LIMITS): ChannelModule {
  return {
    id: 'direct-line',
    title: 'Web chat (Direct Line)',
    settings: ['DIRECT_LINE_SECRET', 'DIRECT_LINE_ORIGINS'],
    missingSettings(env) {
      parseDirectLineSettings(env);
      return [];
    },
    open(env, context) {
      return Promise.resolve(openDirectLine(parseDirectLineSettings(env), context, limits));
    },
  };
}

/** The web chat, ready for the list of channels. */
export const directLine: ChannelModule = createDirectLine();

function openDirectLine(settings: ReturnType<typeof parseDirectLineSettings>, context: ChannelContext, limits: Limits): OpenChannel {
  const access = createAccess(settings, context, limits);
  const streams = createStreams(context, access, limits.streams ?? MAX_STREAMS);
  const channel: Channel = {
    name: WEB,
    capabilities: {
      maxChars: 4096,
      buttons: { max: 30, maxLabel: 80, maxBody: 4096 },
      list: null,
      smsSegments: false,
      segmentsPerSecond: null,
      keepsHistory: true,
    },
    send: () => Promise.resolve({ kind: 'sent', providerRef: null }),
  };
  return {
    channels: [channel],
    routes: createRoutes(context, access),
    permissions: DIRECT_LINE_PERMISSIONS,
    upgrade: (request, socket, head) => streams.upgrade(request, socket, head),
    close() {
      streams.close();
      return Promise.resolve();
    },
  };
}
