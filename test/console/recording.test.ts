// What is recorded in the preview is a test that holds: recorded from the real preview, played by the real player of transcripts.
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PlayInput, PlayView } from '../../src/api/content-shapes.ts';
import { TERMINAL_CAPABILITIES } from '../../src/channels/terminal/terminal.ts';
import { fromTranscript, holds, TEST_NOW, toTranscript, type PlaySetup } from '../../src/console/content/preview/recording.ts';
import { identifyLanguage } from '../../src/content/language-model.ts';
import { loadFiles } from '../../src/content/load-files.ts';
import { compileRelease, type CompiledRelease } from '../../src/release/compile.ts';
import { Transcript } from '../../src/release/transcript.ts';
import { playPreview } from '../../src/runtime/content/preview.ts';
import { playTranscript } from '../../src/runtime/transcripts.ts';

const NEW: PlaySetup = { channel: 'web', language: null, flow: null, step: null, staffed: true, at: null };
const opened: PlayInput = { kind: 'opened' };
const text = (words: string): PlayInput => ({ kind: 'text', text: words });
const press = (index: number): PlayInput => ({ kind: 'choice', index });

let release: CompiledRelease;
beforeAll(async () => {
  const compiled = compileRelease(await loadFiles(fileURLToPath(new URL('../../', import.meta.url))), { identify: identifyLanguage });
  if (compiled.release === undefined) throw new Error('The content does not compile.');
  ({ release } = compiled);
});

function played(setup: PlaySetup, inputs: PlayInput[]): PlayView {
  return playPreview(
    release,
    { ...setup, at: setup.at ?? TEST_NOW, alert: false, inputs },
    { now: Date.parse('2030-01-01T03:00:00Z'), capabilities: TERMINAL_CAPABILITIES },
  );
}

function record(setup: PlaySetup, inputs: PlayInput[]): Transcript {
  return Transcript.parse(toTranscript(played(setup, inputs).turns, setup));
}

describe('a recorded conversation', () => {
  it.each<[string, PlaySetup, PlayInput[]]>([
    ['of somebody new in the web chat', NEW, [opened, press(1), press(0), text('skip'), { kind: 'media' }, text('no')]],
    ['of somebody new by SMS', { ...NEW, channel: 'sms' }, [text('hello'), press(0), text('skip'), press(1), text('2')]],
    ['with buttons and lists on WhatsApp', { ...NEW, channel: 'whatsapp', language: 'ar' }, [text('مرحبا'), press(0), press(2), press(3)]],
    ['from a step on', { ...NEW, channel: 'sms', language: 'es', flow: 'school', step: 'place' }, [opened, text('Barcelona')]],
    [
      'at night, with nobody there',
      { ...NEW, language: 'fr', flow: 'menu', staffed: false, at: '2026-11-24T02:00:00Z' },
      [opened, text('personne')],
    ],
    ['with time that passes', { ...NEW, language: 'en', flow: 'school' }, [opened, { kind: 'wait', hours: 30 }, text('hello'), press(1)]],
    [
      'of a complaint, whose number is another one each time',
      { ...NEW, language: 'en', flow: 'complaint' },
      [opened, press(0), text('skip'), text('no'), text('1')],
    ],
  ])('%s holds when it is played', (_, setup, inputs) => {
    expect(playTranscript(release, record(setup, inputs), TERMINAL_CAPABILITIES)).toEqual({ passed: true });
  });

  it('expects what stands around a number that is a new one each time', () => {
    const transcript = record({ ...NEW, language: 'en', flow: 'complaint' }, [opened, press(0), text('skip'), text('no'), text('1')]);
    expect(transcript.slice(-2)).toEqual([
      { bot: 'We have your complaint. Number ' },
      { bot: expect.stringContaining('Answer in 15 days.') as string },
    ]);
    expect(JSON.stringify(transcript)).not.toMatch(/Q-\d{6}/);
  });

  it('writes the whole of what was said, and silence where nothing was', () => {
    const transcript = record({ ...NEW, language: 'en', flow: 'menu' }, [opened, text('person'), text('are you there')]);
    expect(transcript[0]).toMatchObject({ channel: 'web', language: 'en', flow: 'menu' });
    expect(transcript[2]).toMatchObject({ bot: expect.stringMatching(/^What do you need\?[^]*\[Talk to a person\]$/) as string });
    expect(transcript.at(-1)).toEqual({ silence: true });
  });

  it('is played again as it was recorded', () => {
    const setup: PlaySetup = {
      ...NEW,
      channel: 'sms',
      language: 'es',
      flow: 'school',
      step: 'place',
      staffed: false,
      at: '2026-12-01T08:00:00Z',
    };
    const inputs: PlayInput[] = [opened, text('Barcelona'), { kind: 'wait', hours: 2 }, { kind: 'media' }];
    const test = fromTranscript(record(setup, inputs));
    expect(test.setup).toEqual(setup);
    expect(test.inputs).toEqual(inputs);
    const { turns } = played(test.setup, test.inputs);
    const held = test.expected.flatMap((entries, index) => entries.map((entry) => holds(entry, turns[index]!)));
    expect(held.length).toBeGreaterThanOrEqual(3);
    expect(held).not.toContain(false);
  });
});

it('what does not hold is told apart', () => {
  const test = fromTranscript(Transcript.parse([{ user: 'hello' }, { bot: 'Hello' }, { bot: 'Good evening' }, { silence: true }]));
  const [turn] = played({ ...NEW, channel: 'sms' }, test.inputs).turns;
  expect(test.expected[0]?.map((entry) => holds(entry, turn!))).toEqual([true, false, false]);
});
