// The alert in the settings: it must end, and soon; its words must be there in every language, and only while it is set.
import { describe, expect, it } from 'vitest';
import { TERMINAL_CAPABILITIES } from '../../src/channels/terminal/terminal.ts';
import { createPlayer } from '../../src/runtime/player.ts';
import { playTranscript } from '../../src/runtime/transcripts.ts';
import { compileWith, problemsWith, type Changes } from './small-release.ts';

const setTo = (alert: string): Changes => ({
  'flows/settings/hotline.yaml': [['limits: {}', `limits: {}\nalert: ${alert}`]],
  'locales/es/system.json': [['"fault"', '"alert": "Hay una crecida del río.",\n  "fault"']],
  'locales/ar/system.json': [['"fault"', '"alert": "هناك فيضان.",\n  "fault"']],
});
/** Today is Saturday 21 November 2026. */
const until = (end: string): Changes => setTo(`{ until: '${end}' }`);

describe('the check of the alert', () => {
  it('takes one that ends within 14 days', async () => {
    expect(await problemsWith(until('2026-12-05T23:00:00+01:00'))).toEqual([]);
    expect(await problemsWith(until('2026-11-21T08:00:00Z'))).toEqual([]);
  });

  it('refuses one that stands longer, counted in the days of the hotline', async () => {
    const problems = await problemsWith(until('2026-12-05T23:30:00Z'));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(
      /^flows\/settings\/hotline\.yaml:14:17 error: The alert would stand until 2026-12-06.*\(alert\.too_long\)$/,
    );
  });

  it('refuses one without an end, or with an end that no clock can read', async () => {
    for (const alert of ['{}', "{ until: 'next week' }", "{ until: '2026-11-25T20:00:00' }"])
      expect((await problemsWith(setTo(alert), 'error')).length).toBeGreaterThan(0);
  });

  it('warns of one that is over', async () => {
    const problems = await problemsWith(until('2026-11-20T20:00:00Z'));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/ warning: The alert ended on 2026-11-20.*\(alert\.over\)$/);
  });

  it('asks for its words in every required language, while it is set', async () => {
    const { 'locales/ar/system.json': _, ...withoutArabic } = until('2026-11-25T20:00:00Z');
    const problems = await problemsWith(withoutArabic, 'error');
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/text "alert" of the alert in the settings is missing in العربية.*\(text\.missing\)$/);
    expect(await problemsWith({})).toEqual([]);
  });
});

describe('the alert in a conversation', () => {
  const END = Date.parse('2026-11-25T20:00:00Z');

  async function begin(at: number): Promise<string> {
    const { release } = await compileWith(until('2026-11-25T20:00:00Z'));
    if (release === undefined) throw new Error('The release does not compile.');
    const player = createPlayer(release, {
      channel: 'web',
      capabilities: TERMINAL_CAPABILITIES.web,
      now: () => at,
      language: 'es',
      flow: 'welcome',
    });
    return player.play({ kind: 'opened' }).messages[0]?.text ?? '';
  }

  it('stands at the top of the first message until its end, and not a moment longer', async () => {
    expect(await begin(END - 1)).toMatch(/^Hay una crecida del río\.\n/);
    expect(await begin(END)).not.toContain('crecida');
  });

  it('does not get into the way of transcripts', async () => {
    const { release } = await compileWith(until('2026-12-01T20:00:00Z'));
    if (release === undefined) throw new Error('The release does not compile.');
    const result = playTranscript(release, [{ user: 'hola' }, { bot: '/^Texto/' }], TERMINAL_CAPABILITIES);
    expect(result).toEqual({ passed: true });
  });
});
