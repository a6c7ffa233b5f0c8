// Names of sources in people's own languages: told with the answer, and told to editors where they no longer fit.
import { describe, expect, it } from 'vitest';
import { TERMINAL_CAPABILITIES } from '../../src/channels/terminal/terminal.ts';
import { playTranscript } from '../../src/runtime/transcripts.ts';
import { compileWith, problemsWith } from './small-release.ts';

const SPANISH = JSON.stringify({ 'A treaty': 'Un tratado de la ONU', 'A treaty_sms': 'Tratado ONU' });
const ARABIC = JSON.stringify({ 'A treaty': 'معاهدة', Elsewhere: 'مكان آخر' });

describe('the check of sources', () => {
  it('takes a release that names none', async () => expect(await problemsWith({})).toEqual([]));

  it('tells of a name whose source no answer has', async () => {
    const warnings = await problemsWith({ 'locales/es/sources.json': SPANISH, 'locales/ar/sources.json': ARABIC }, 'warning');
    expect(warnings.filter((problem) => problem.includes('source.unknown'))).toEqual([
      expect.stringMatching(/^locales\/ar\/sources\.json:1:\d+ warning: No answer has the source "Elsewhere"/),
    ]);
  });

  it('tells of a source that has no name where others have one', async () => {
    const problems = await problemsWith({
      'locales/es/sources.json': SPANISH,
      'locales/ar/sources.json': JSON.stringify({ 'A treaty': 'معاهدة' }),
      'flows/answers/school.yaml': [['source: A treaty', 'source: A newer treaty']],
    });
    expect(problems.filter((problem) => problem.includes('source.unnamed'))).toEqual([
      expect.stringContaining('told as "A newer treaty" in ar') as string,
      expect.stringContaining('told as "A newer treaty" in es') as string,
    ]);
  });
});

describe('an answer', () => {
  const said = async (channel: 'web' | 'sms'): Promise<unknown> => {
    const { release } = await compileWith({
      'locales/es/sources.json': SPANISH,
      'locales/es/system.json': [['"answer_source_unreviewed": "Texto."', '"answer_source_unreviewed": "Fuente: {{source}}."']],
      'locales/ar/system.json': [['"answer_source_unreviewed": "نص."', '"answer_source_unreviewed": "المصدر: {{source}}."']],
    });
    if (release === undefined) throw new Error('The release does not compile.');
    const played = playTranscript(
      release,
      [{ channel, staffed: false, language: 'es', flow: 'school', step: 'age' }, { user: '2' }, { bot: 'no such words' }],
      TERMINAL_CAPABILITIES,
    );
    return played.passed ? '' : played.said;
  };

  it('is told with the name of its source, and in a text message with the shorter one', async () => {
    expect(await said('web')).toContain('Fuente: Un tratado de la ONU.');
    expect(await said('sms')).toContain('Fuente: Tratado ONU.');
  });
});
