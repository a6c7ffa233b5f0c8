// The service with every channel and everything logged, as a process of its own: run by the trial of silent logs, which reads
// all that it writes. Tells its routes when it starts, and dies of a fault that quotes a text when it is told to.
import { createBotFramework } from '../../../src/channels/bot-framework/bot-framework.ts';
import { channelModules } from '../../../src/channels/index.ts';
import { createSlack } from '../../../src/channels/slack/slack.ts';
import { openApp, projectFolder } from '../../../src/app.ts';
import { installLastWords } from '../../../src/cli/last-words.ts';
import { THIS_MACHINE } from '../../support/bot-connector.ts';

/** Precedes the list of routes on standard output. */
const ROUTES = 'ROUTES ';

installLastWords();
const app = await openApp({
  folder: projectFolder,
  modules: channelModules.map((module) => (module.id === 'bot-framework' ? createBotFramework(THIS_MACHINE) : module)),
  surface: createSlack(0),
});
await app.listen();
console.log(`${ROUTES}${JSON.stringify(app.http.permissions.entries.map(({ method, pattern }) => ({ method, pattern })))}`);
process.on('SIGTERM', () => void app.close().then(() => process.exit(0)));
process.on('SIGUSR2', () => void Promise.reject(new Error(process.env['LAST_WORDS'])));
