// The preview: a conversation is played from its beginning on each channel, at any step, through time; nothing of it is hidden from an editor.
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PlayView } from '../../../src/api/content-shapes.ts';
import { TERMINAL_CAPABILITIES } from '../../../src/channels/terminal/terminal.ts';
import { identifyLanguage } from '../../../src/content/language-model.ts';
import { loadFiles } from '../../../src/content/load-files.ts';
import { compileRelease, type CompiledRelease } from '../../../src/release/compile.ts';
import { formatProblem } from '../../../src/release/problem.ts';
import { askPreview, playPreview, type PlayRequest } from '../../../src/runtime/content/preview.ts';
import { compileWith, type Changes } from '../../release/small-release.ts';

/** Monday, 11:00 in Madrid. */
const now = Date.parse('2026-11-23T10:00:00Z');

function play(release: CompiledRelease, request: Partial<PlayRequest>): PlayView {
  const whole: PlayRequest = { channel: 'web', language: null, flow: null, step: null, staffed: true, inputs: [], ...request };
  return playPreview(release, whole, { now, capabilities: TERMINAL_CAPABILITIES });
}

async function small(changes: Changes): Promise<CompiledRelease> {
  const { release, problems } = await compileWith(changes);
  if (release === undefined) throw new Error(problems.map(formatProblem).join('\n'));
  return release;
}

const text = (words: string) => ({ kind: 'text' as const, text: words });
const opened = { kind: 'opened' as const };
const said = (view: PlayView, turn: number): string => view.turns[turn]?.messages.map((message) => message.text).join('\n\n') ?? '';

let own: CompiledRelease;
beforeAll(async () => {
  const { release } = compileRelease(await loadFiles(fileURLToPath(new URL('../../../', import.meta.url))), { identify: identifyLanguage });
  if (release === undefined) throw new Error('The content does not compile.');
  own = release;
});

describe('a played conversation', () => {
  it('begins as for somebody new, and shows what was answered and where it waits', () => {
    const view = play(own, { inputs: [text('hello'), { kind: 'choice', index: 0 }, text('skip')] });
    expect(said(view, 0)).toContain('I am a program');
    expect(view.turns[0]).toMatchObject({ flow: 'welcome', step: 'keep_messages', language: 'en', owner: 'flow' });
    expect(view.turns[1]?.events).toContainEqual({
      type: 'consent_recorded',
      detail: { purpose: 'keep_messages', given: true, textKey: 'welcome:keep_messages' },
    });
    expect(view.turns[1]).toMatchObject({ flow: 'welcome', step: 'caller' });
    expect(view.turns[2]).toMatchObject({ flow: 'menu', step: 'need' });
    expect(view.turns.flatMap(({ events }) => events).some(({ type }) => type === 'say')).toBe(false);
    expect(view).toMatchObject({ problems: [], segments: 0, currency: null, totalPrice: null });
  });

  it('begins in a known language where one is chosen', () => {
    const view = play(own, { language: 'ar', inputs: [text('hello')] });
    expect(view.turns[0]?.language).toBe('ar');
    expect(said(view, 0)).toMatch(/\p{Script=Arabic}/u);
  });

  it('writes the number of a choice where there is nothing to press, and presses it where there is', () => {
    const request = { language: 'en', flow: 'menu', inputs: [opened, { kind: 'choice' as const, index: 1 }] };
    const [sms, web] = [play(own, { ...request, channel: 'sms' }), play(own, { ...request, channel: 'web' })];
    expect(sms.turns[0]?.messages[0]).toMatchObject({ layout: 'text' });
    expect(sms.turns[0]?.messages[0]?.text).toMatch(/^2 /m);
    expect(web.turns[0]?.messages[0]).toMatchObject({ layout: 'buttons', sms: null });
    expect(sms.turns[1]).toMatchObject({ flow: 'school' });
    expect(web.turns[1]).toMatchObject({ flow: 'school' });
  });

  it('keeps nothing from one playing to the next', () => {
    const request = { language: 'es', inputs: [text('hola'), text('1')] };
    expect(play(own, request)).toEqual(play(own, request));
  });

  it('forgets everything when the person has their data deleted', () => {
    const view = play(own, { language: 'en', flow: 'school', inputs: [opened, text('2'), text('delete'), text('1')] });
    expect(view.turns[1]?.variables).toHaveProperty('answers.age');
    expect(view.turns[3]).toMatchObject({ variables: {}, flow: null, step: null, language: null });
  });

  it('hands over to people in their hours, and says when they come back outside of them', () => {
    const inputs = [opened, text('person')];
    const day = play(own, { language: 'en', flow: 'menu', inputs });
    expect(day.turns[1]).toMatchObject({ owner: 'queue' });
    const night = play(own, { language: 'en', flow: 'menu', at: '2026-11-23T23:00:00Z', inputs });
    expect(night.turns[1]).toMatchObject({ owner: 'flow' });
    expect(said(night, 1)).toContain('Nobody is here now');
    const alone = play(own, { language: 'en', flow: 'menu', staffed: false, inputs });
    expect(said(alone, 1)).toContain('No person is connected');
  });
});

describe('a playing that begins at a step', () => {
  it('runs that step first, with nothing answered before', () => {
    const view = play(own, { language: 'en', flow: 'school', step: 'place', inputs: [opened, text('Barcelona')] });
    expect(said(view, 0)).toContain('In which city or country?');
    expect(view.turns[0]).toMatchObject({ flow: 'school', step: 'place' });
    expect(view.turns[1]?.variables).toMatchObject({ 'answers.place': 'ES-CT-BCN', 'facts.locality': 'ES-CT-BCN' });
    expect(view.turns[1]?.variables).not.toHaveProperty('answers.age');
  });

  it('runs a step that asks nothing, instead of a question that it may put later', async () => {
    const release = await small({});
    const view = play(release, {
      language: 'es',
      flow: 'school',
      step: release.program.flows.get('school')?.steps.at(-1)?.id ?? '',
      inputs: [opened],
    });
    expect(said(view, 0)).toContain('Sí puede.');
  });

  it('takes a reply to it as the first input as well', () => {
    const view = play(own, { language: 'en', flow: 'school', step: 'place', inputs: [text('Barcelona')] });
    expect(view.turns).toHaveLength(1);
    expect(view.turns[0]?.variables).toMatchObject({ 'answers.place': 'ES-CT-BCN' });
  });

  it('offers a person in a private flow whose texts are not signed, at whatever step', () => {
    const view = play(own, {
      language: 'en',
      flow: 'private',
      step: own.program.flows.get('private')?.steps.at(-1)?.id ?? '',
      inputs: [opened],
    });
    expect(view.turns[0]?.variables).toMatchObject({ 'facts.private': true });
    expect(said(view, 0)).toBe(
      ['system:private_offer', 'system:private_exit'].map((key) => own.texts.render({ key }, 'en', 'web')).join('\n\n'),
    );
  });

  it('says what is missing instead of playing', () => {
    const flow = play(own, { language: 'en', flow: 'nowhere', inputs: [opened] });
    expect(flow).toMatchObject({ turns: [], problems: [{ severity: 'error', code: 'preview.no_flow', address: null }] });
    const step = play(own, { language: 'en', flow: 'school', step: 'nowhere', inputs: [opened] });
    expect(step).toMatchObject({ turns: [], problems: [{ code: 'preview.no_step', address: 'flows/school.yaml#order' }] });
  });
});

describe('text messages', () => {
  it('are measured as they are billed', async () => {
    const release = await small({
      'flows/settings/hotline.yaml': [['limits: {}', 'limits: {}\nprices: { currency: EUR, sms_segment: 0.075 }']],
    });
    const view = play(release, { channel: 'sms', language: 'es', flow: 'menu', inputs: [opened] });
    const message = view.turns[0]?.messages[0];
    expect(message?.text).toBe('¿Qué necesita?\n1 Escuela\n2 Persona');
    expect(message?.sms).toEqual({ encoding: 'gsm7', characters: 34, segments: 1, price: 0.075 });
    const arabic = play(release, { channel: 'sms', language: 'ar', flow: 'menu', inputs: [opened, text('١')] });
    expect(arabic.turns[0]?.messages[0]?.sms).toMatchObject({ encoding: 'ucs2', segments: 1 });
    expect(arabic).toMatchObject({ currency: 'EUR', segments: 2, totalPrice: 0.15 });
  });

  it('have no price where none is set', async () => {
    const view = play(await small({}), { channel: 'sms', language: 'es', flow: 'menu', inputs: [opened] });
    expect(view.turns[0]?.messages[0]?.sms?.price).toBeNull();
    expect(view).toMatchObject({ currency: null, totalPrice: null, segments: 1 });
  });
});

describe('time that passes', () => {
  const WAITING: Changes = {
    'flows/school.yaml': `topic: EDU.ENR
triggers: { keywords: true, menu: menu }
steps:
  - ask: age
    choices: [early, late]
    timeout: { seconds: 3600, next: still }
    next: date
  - id: still
    say: still
    next: end
  - ask: date
    type: date
  - remind: { at: answers.date, text: old_reminder }
`,
    'locales/es/school.json': [
      [
        '"old"',
        '"still": "¿Sigue ahí?",\n  "date": "¿Qué día?",\n  "old_reminder": "Mañana es {{date}}.",\n  "old_reminder.ask": "¿Se lo recordamos?",\n  "old"',
      ],
    ],
    'locales/ar/school.json': [
      ['"old"', '"still": "هنا؟",\n  "date": "متى؟",\n  "old_reminder": "غدا {{date}}.",\n  "old_reminder.ask": "نذكركم؟",\n  "old"'],
    ],
  };

  it('ends a wait that nobody answers', async () => {
    const release = await small(WAITING);
    const view = play(release, {
      language: 'es',
      flow: 'school',
      inputs: [opened, { kind: 'wait', hours: 0.5 }, { kind: 'wait', hours: 1 }],
    });
    expect(said(view, 1)).toBe('');
    expect(said(view, 2)).toContain('¿Sigue ahí?');
  });

  it('leaves a wait alone that was answered', async () => {
    const release = await small(WAITING);
    const view = play(release, { language: 'es', flow: 'school', inputs: [opened, text('1'), { kind: 'wait', hours: 2 }] });
    expect(said(view, 1)).toContain('¿Qué día?');
    expect(said(view, 2)).toBe('');
    expect(view.turns[2]).toMatchObject({ flow: 'school', step: 'date' });
  });

  it('sends the reminder that was asked for', async () => {
    const release = await small(WAITING);
    const inputs = [
      opened,
      text('1'),
      text('2026-11-26'),
      text('1'),
      { kind: 'wait' as const, hours: 40 },
      { kind: 'wait' as const, hours: 24 },
    ];
    const view = play(release, { language: 'es', flow: 'school', inputs });
    expect(view.turns[3]?.events.map(({ type }) => type)).toContain('remind');
    expect(said(view, 4)).toBe('');
    expect(said(view, 5)).toBe('Mañana es 2026-11-26.');
  });

  it('asks after a day whether to go on', () => {
    const view = play(own, { language: 'en', flow: 'school', inputs: [opened, { kind: 'wait', hours: 25 }, text('hello')] });
    expect(said(view, 2)).toContain(own.texts.render({ key: 'system:continue_or_restart' }, 'en', 'web'));
  });
});

describe('a question that is tried', () => {
  const QUESTION = 'can my child go to school without papers?';

  it('names the answer with its chance and the phrasing that is nearest', () => {
    const view = askPreview(own, QUESTION, 'en', null, now);
    const [best, second] = view.ranked;
    expect(view.outcome).toBe('answer');
    expect(best?.score).toBeGreaterThanOrEqual(view.high);
    expect(best?.title).toBe(own.texts.render({ key: `answers:${best?.id}.title` }, 'en', ''));
    expect(own.texts.list(`answers:${best?.id}.phrasings`, 'en')).toContain(best?.phrasing);
    expect(second?.score).toBeLessThan(best?.score ?? 0);
  });

  it('finds nothing in what is none of our business', () => {
    const view = askPreview(own, 'which football team won the cup in 1974?', 'en', null, now);
    expect(view.outcome).toBe('none');
    expect(view.ranked.every(({ score }) => score < view.high)).toBe(true);
  });

  it('tells of danger before everything else', () => {
    expect(askPreview(own, 'my husband wants to kill me', 'en', null, now).outcome).toBe('danger');
  });
});
