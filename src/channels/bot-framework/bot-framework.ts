// Teams, Telegram and whatever else Azure Bot Service speaks: what it needs and what it opens. Listed in channels/index.ts.
import { Hono } from 'hono';
import { AppError } from '../../domain/errors.ts';
import { PUBLIC_HTTPS, type FetchPolicy } from '../../util/safe-fetch.ts';
import type { ChannelContext, ChannelModule } from '../channel.ts';
import { checkInbound, parseJson } from '../parse-json.ts';
import { readBody } from '../read-body.ts';
import { createBotAdapter, type BotAdapter } from './adapter.ts';
import { createBotFrameworkChannel } from './channel.ts';
import { checkBotFramework } from './check.ts';
import { Activity, BOT_FRAMEWORK, parseActivity } from './parse-activity.ts';
import { BOT_FRAMEWORK_SETTINGS, missingBotFrameworkSettings, parseBotFrameworkSettings } from './settings.ts';

/**
 * Makes the module. Without an app id it is off, never open.
 * @param connectors where answers may go; tests set their own, no setting does
 */
export function createBotFramework(connectors: FetchPolicy = PUBLIC_HTTPS): ChannelModule {
  return {
    id: 'bot-framework',
    title: 'Teams and others (Bot Framework)',

    missingSettings(env) {
      const missing = missingBotFrameworkSettings(env);
      if (missing.length === 0) parseBotFrameworkSettings(env);
      return missing;
    },

    settings: BOT_FRAMEWORK_SETTINGS,
    check: (env, context) => checkBotFramework(parseBotFrameworkSettings(env), context),

    async open(env, context) {
      const adapter = createBotAdapter(parseBotFrameworkSettings(env), connectors, () => context.now());
      return {
        channels: [createBotFrameworkChannel(adapter)],
        routes: createRoutes(adapter, context),
        permissions: { 'POST /api/messages': 'signed by Azure Bot Service' },
      };
    },
  };
}

/** The module, ready for the list of channels. */
export const botFramework: ChannelModule = createBotFramework();

function createRoutes(adapter: BotAdapter, context: ChannelContext): Hono {
  const key = context.deriveKey('bot-framework activity ids');
  const routes = new Hono();
  routes.post('/api/messages', async (c) => {
    try {
      const activity = checkInbound(Activity, parseJson(await readBody(c.req.raw)));
      await adapter.accept(c.req.header('authorization') ?? '', activity, async () => {
        const message = parseActivity(activity, key, context.now());
        if (message !== null) await context.receive(message);
      });
    } catch (error) {
      if (error instanceof AppError && error.code === 'channel.bad_signature') context.count('bad_signature', BOT_FRAMEWORK);
      if (error instanceof AppError && error.code === 'channel.bad_request') context.count('bad_request', BOT_FRAMEWORK);
      throw error;
    }
    return c.body(null, 200);
  });
  return routes;
}
