// An answer to a press goes to Slack, and to nothing of one's own network, whatever address comes with it.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createAnswerPress } from '../../../src/channels/slack/answer-press.ts';
import { startSlack, type FakeSlack } from '../../support/slack-server.ts';

let slack: FakeSlack;
beforeEach(async () => void (slack = await startSlack()));
afterEach(() => slack.close());

it('reaches the server that the operator has named', async () => {
  expect(await createAnswerPress(`${slack.url}/api/`)(`${slack.url}/respond`, 'Listo ✓')).toBe(true);
  expect(slack.responses).toEqual([{ replace_original: true, text: 'Listo ✓' }]);
});

it('reaches no other address that is not on the public internet', async () => {
  const answer = createAnswerPress('https://slack.com/api/');
  for (const address of [`${slack.url}/respond`, 'https://169.254.169.254/', 'https://localhost/', 'file:///etc/passwd', ''])
    expect(await answer(address, 'x')).toBe(false);
  expect(slack.responses).toEqual([]);
});
