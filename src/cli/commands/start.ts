// `ventanilla start`: runs the hotline until it is told to stop. `--watch` takes in changed flows and texts on save.
import { parseArgs } from 'node:util';
import { openApp, projectFolder, type App } from '../../app.ts';
import { invitationUrl } from '../../http/invitation-url.ts';
import { inviteFirst } from '../../store/manage-staff.ts';
import { listAccounts } from '../../store/staff-accounts.ts';
import { atMost } from '../../util/at-most.ts';
import { giveBackMemory } from '../../util/give-back-memory.ts';
import { listenForStop } from '../stop-signals.ts';
import { watchContent } from '../watch-content.ts';
import type { Command } from '../command.ts';

/** Longest time to finish what runs after SIGTERM: ten seconds are promised. */
const STOP_MS = 9000;

export const start: Command = {
  name: 'start',
  summary: 'run the hotline',
  usage: 'start [--watch]',
  async run(args) {
    const { values } = parseArgs({ args, options: { watch: { type: 'boolean', default: false } } });
    const signals = listenForStop();
    const app = await openApp({ folder: projectFolder });
    signals.ready();
    await app.listen().catch(async (error: unknown) => {
      await app.close();
      throw error;
    });
    await greet(app);
    giveBackMemory();
    const unwatch = values.watch ? watchContent(projectFolder, app) : () => {};
    await signals.told;
    console.log('Stopping: finishing what is under way …');
    unwatch();
    if (!(await atMost(STOP_MS, app.close()))) console.log('Not everything could be finished; it is taken up at the next start.');
    // A provider that hangs would keep the process alive.
    process.exit(0);
  },
};

/** On the very first start with a one-time invitation: whoever opens it first is the administrator. */
async function consoleAddress(app: App): Promise<string> {
  const secret = await app.store.transaction((tx) => inviteFirst(tx, Date.now()));
  if (secret !== null)
    return `${invitationUrl(app.url(), secret)}\n           (for the first administrator: works once, for three days; \`npm run ventanilla -- staff invite\` makes another)`;
  const accounts = await app.store.read(listAccounts);
  return `${app.url()}/console/${accounts.size > 0 ? '' : '  (nobody has an account yet: `npm run ventanilla -- staff invite --role administrator` makes a link)'}`;
}

async function greet(app: App): Promise<void> {
  const release = app.service.services.releases.current();
  if (app.settings.role === 'worker') console.log('Worker: answers and sends. It serves /livez, /readyz and /metrics, nothing else.');
  else {
    console.log(`Web chat:  ${app.url()}/`);
    console.log(`Console:   ${await consoleAddress(app)}`);
  }
  console.log(`Channels on:  ${app.on.join(', ')}`);
  for (const { title, missing } of app.off) console.log(`Off: ${title} — set ${missing.join(', ')}`);
  console.log(
    `Content: release ${release.number}${release.settings.demonstration ? ', a demonstration: no text has been reviewed by a native speaker' : ''}`,
  );
  if (await app.filesDiffer())
    console.log(
      'Note: flows/ and locales/ differ from the release in use. `npm run ventanilla -- import release .` takes them in; `npm run dev` does so on save.',
    );
  if (!(await app.staffed()))
    console.log(
      'Warning: no caseworker has an account, and Slack is not connected. People who ask for a person are told that nobody can answer yet.',
    );
}
