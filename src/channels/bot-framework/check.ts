// What `ventanilla doctor` asks Microsoft: can this app sign in.
import { ok, problem, type Finding } from '../../domain/finding.ts';
import type { CheckContext } from '../channel.ts';
import type { BotFrameworkSettings } from './settings.ts';
import { createSignIn } from './sign-in.ts';

const ABOUT = 'Bot Framework';
const SCOPE = 'https://api.botframework.com';

/** Looks at app id, password and tenant by asking for a token. */
export async function checkBotFramework(settings: BotFrameworkSettings, { now }: CheckContext): Promise<Finding[]> {
  return createSignIn(settings, SCOPE, now)
    .token()
    .then(
      () => [ok(ABOUT, 'Microsoft gives this app a token.')],
      () => [
        problem(
          ABOUT,
          'Microsoft gives this app no token.',
          'Check MICROSOFT_APP_ID, MICROSOFT_APP_TENANT_ID and that MICROSOFT_APP_PASSWORD is not out of date.',
        ),
      ],
    );
}
