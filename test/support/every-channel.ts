// A hotline with every channel and the desk on, their providers played on this machine, and a Direct Line secret.
// For tests that go over all routes, whichever channel they belong to.
import { createBotFramework } from '../../src/channels/bot-framework/bot-framework.ts';
import { channelModules } from '../../src/channels/index.ts';
import { createSlack } from '../../src/channels/slack/slack.ts';
import { openHotline, type TestHotline, type TestOptions } from './app.ts';
import { startConnector, THIS_MACHINE, type FakeConnector } from './bot-connector.ts';
import { freePort } from './process.ts';
import { startSlack, type FakeSlack } from './slack-server.ts';
import { startTwilio, type FakeTwilio } from './twilio-server.ts';

export const DIRECT_LINE_SECRET = 'a-direct-line-secret-of-the-tests';

export interface EveryChannel {
  url: string;
  hotline: TestHotline;
  twilio: FakeTwilio;
  slack: FakeSlack;
  azure: FakeConnector;
  close(): Promise<void>;
}

/** Opens it on a free port, with this machine's clock. */
export async function openEveryChannel(options: TestOptions = {}): Promise<EveryChannel> {
  const [twilio, slack, azure, port] = await Promise.all([startTwilio(), startSlack(), startConnector(), freePort()]);
  const hotline = await openHotline({
    clock: Date.now,
    modules: channelModules.map((module) => (module.id === 'bot-framework' ? createBotFramework(THIS_MACHINE) : module)),
    surface: createSlack(0),
    ...options,
    environment: { ...twilio.env, ...slack.env, ...azure.env, DIRECT_LINE_SECRET, PORT: String(port), ...options.environment },
  });
  await hotline.app.listen();
  return {
    url: `http://127.0.0.1:${port}`,
    hotline,
    twilio,
    slack,
    azure,
    async close() {
      await hotline.close();
      await Promise.all([twilio.close(), slack.close(), azure.close()]);
    },
  };
}
