// What `ventanilla doctor` asks Slack: is the token good, may it do what it must, is the bot in the desk's channel.
// @see https://docs.slack.dev/reference/methods/auth.test
import { z } from 'zod';
import { ok, problem, warning, type Finding } from '../../domain/finding.ts';
import { askProvider } from '../ask-provider.ts';
import type { SlackSettings } from './settings.ts';

const ABOUT = 'Slack';

const Answer = z.object({ ok: z.boolean(), error: z.string().optional() });
const Info = z.object({
  channel: z.object({ is_member: z.boolean().optional(), is_archived: z.boolean().optional(), is_private: z.boolean().optional() }),
});

/** Looks at token, scopes and channel. */
export async function checkSlack({ apiUrl, botToken, channel }: SlackSettings): Promise<Finding[]> {
  const ask = (method: string, form: Record<string, string>) =>
    askProvider(`${apiUrl}${method}`, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: { authorization: `Bearer ${botToken}` },
    });
  const test = await ask('auth.test', {});
  if (test.status === 0) return [problem(ABOUT, 'Slack cannot be reached.', 'Check the network and SLACK_API_URL.')];
  if (Answer.safeParse(test.body).data?.ok !== true)
    return [problem(ABOUT, 'Slack refuses the token.', 'Install the app again and copy SLACK_BOT_TOKEN (xoxb-…).')];
  const info = await ask('conversations.info', { channel });
  return [ok(ABOUT, 'The token is good.'), ...checkScopes(test.headers.get('x-oauth-scopes')), checkChannel(info.body)];
}

function checkScopes(header: string | null): Finding[] {
  if (header === null) return [];
  const scopes = new Set(header.split(/[\s,]+/));
  if (!scopes.has('chat:write')) return [problem(ABOUT, 'The app may not write.', 'Add the scope chat:write and install the app again.')];
  return scopes.has('channels:history') || scopes.has('groups:history')
    ? [ok(ABOUT, 'The app has the scopes it needs.')]
    : [
        warning(
          ABOUT,
          'The app cannot find its own posts again after an outage.',
          'Add the scope channels:history (private channel: groups:history).',
        ),
      ];
}

function checkChannel(body: unknown): Finding {
  const error = Answer.safeParse(body).data?.error;
  if (error === 'missing_scope')
    return warning(
      ABOUT,
      'Whether the app is in the channel cannot be seen.',
      'Add the scope channels:read (private channel: groups:read), or look in Slack.',
    );
  const found = Info.safeParse(body).data?.channel;
  if (!found)
    return problem(
      ABOUT,
      'There is no such channel, or the app may not see it.',
      'Check SLACK_CHANNEL, and invite the app to the channel.',
    );
  if (found.is_archived === true) return problem(ABOUT, 'The channel is archived.', 'Set SLACK_CHANNEL to one that is in use.');
  return found.is_member === false
    ? problem(ABOUT, 'The app is not in the channel: cases would reach nobody.', 'Write /invite and the name of the app in the channel.')
    : ok(ABOUT, 'The app is in the channel.');
}
