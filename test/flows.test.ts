// The content as a whole: every transcript holds, every flow has one in every language, and no walk ever falls silent.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { projectFolder } from '../src/app.ts';
import { TERMINAL_CAPABILITIES } from '../src/channels/terminal/terminal.ts';
import { identifyLanguage } from '../src/content/language-model.ts';
import { loadFiles } from '../src/content/load-files.ts';
import { compileRelease, type CompiledRelease } from '../src/release/compile.ts';
import { Transcript, TRANSCRIPT_NOW } from '../src/release/transcript.ts';
import { createPlayer } from '../src/runtime/player.ts';
import { playTranscript } from '../src/runtime/transcripts.ts';

const folder = path.join(projectFolder, 'test/flows');
const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
const languages = ['es', 'en', 'fr', 'ar'];
const flows = readdirSync(path.join(projectFolder, 'flows'))
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => file.replace('.yaml', ''));

let release: CompiledRelease;
beforeAll(async () => {
  const compiled = compileRelease(await loadFiles(projectFolder), { identify: identifyLanguage });
  expect(compiled.problems.filter((problem) => problem.severity === 'error')).toEqual([]);
  if (!compiled.release) throw new Error('The content does not compile.');
  release = compiled.release;
});

describe('transcripts', () => {
  it.each(files)('%s holds', (file) => {
    const transcript = Transcript.parse(parse(readFileSync(path.join(folder, file), 'utf8')));
    expect(playTranscript(release, transcript, TERMINAL_CAPABILITIES)).toEqual({ passed: true });
  });

  it('exist for every flow in every language', () => {
    const missing = flows
      .flatMap((flow) => languages.map((language) => `${flow}.${language}.yaml`))
      .filter((file) => !existsSync(path.join(folder, file)));
    expect(missing).toEqual([]);
  });
});

describe('a random walk', () => {
  const words: Record<string, string[]> = {
    es: [
      'hola',
      'sí',
      'no',
      'menu',
      'persona',
      'volver',
      'repetir',
      'escuela',
      '¿me pueden echar del trabajo?',
      'no me pagan',
      'asdf qwer',
      'socorro me matan',
      'queja',
      'estado',
      'borrar',
      'idioma',
    ],
    en: [
      'hello',
      'yes',
      'no',
      'menu',
      'person',
      'back',
      'repeat',
      'doctor',
      'can my child go to school',
      'lorem ipsum dolor',
      'complaint',
      'status',
      'language',
      'I want to die',
    ],
    fr: ['bonjour', 'oui', 'non', 'menu', 'personne', 'retour', 'école', 'je cherche un médecin', 'blabla', 'plainte', 'langue'],
    ar: ['مرحبا', 'نعم', 'لا', 'قائمة', 'شخص', 'رجوع', 'مدرسة', 'أريد طبيبا', 'شيء', 'شكوى', '١', '٢', '٣'],
  };
  const always = [
    '0',
    '1',
    '2',
    '3',
    '4',
    '5',
    '6',
    '7',
    '8',
    '9',
    '12',
    '2027-01-15',
    '+34600111222',
    'a@b.org',
    'Barcelona',
    'Chile',
    '👍',
    '',
    '   ',
    '؟',
  ];

  it.each(languages)('of 10,000 turns in %s never throws and never ends in silence', (language) => {
    const tag = languages.indexOf(language);
    let seed = 20_261_121 + tag;
    const random = (): number => {
      seed = (seed * 1_664_525 + 1_013_904_223) % 4_294_967_296;
      return seed / 4_294_967_296;
    };
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
    let now = TRANSCRIPT_NOW;
    let player = createPlayer(release, { channel: 'sms', capabilities: TERMINAL_CAPABILITIES.sms, now: () => now });
    for (let turn = 0; turn < 10_000; turn++) {
      if (turn % 40 === 0) {
        const flow = pick(flows);
        const channel = pick(['sms', 'whatsapp', 'web'] as const);
        const start = random() < 0.7 ? { flow, language } : {};
        player = createPlayer(release, {
          channel,
          capabilities: TERMINAL_CAPABILITIES[channel],
          now: () => now,
          staffed: random() < 0.5,
          ...start,
        });
        if ('flow' in start) player.play({ kind: 'opened' });
      }
      now += random() < 0.01 ? 30 * 3_600_000 : Math.floor(random() * 60_000);
      const text = random() < 0.6 ? pick(always) : pick(words[language] ?? always);
      const owner = player.owner();
      const { messages, events } = player.play(random() < 0.02 ? { kind: 'message', text: '', media: true } : { kind: 'message', text });
      expect(events.filter((event) => event.type === 'error')).toEqual([]);
      if (owner === 'flow')
        expect(messages.map((message) => message.text).join(''), `turn ${turn}: "${text}" is met with silence`).not.toBe('');
    }
  });
});
