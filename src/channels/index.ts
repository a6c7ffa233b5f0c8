// The channels that exist, in the order of the start page. Read by app.ts; add a channel here.
import { botFramework } from './bot-framework/bot-framework.ts';
import type { ChannelModule } from './channel.ts';
import { directLine } from './direct-line/direct-line.ts';
import { twilio } from './twilio/twilio.ts';

/** Every channel. Those whose settings are missing stay closed. */
export const channelModules: readonly ChannelModule[] = [directLine, twilio, botFramework];
