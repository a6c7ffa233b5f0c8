// A compiled release has all that a turn needs, and an archived one is the same release again.
import { describe, expect, it } from 'vitest';
import { projectFolder } from '../../src/app.ts';
import { identifyLanguage } from '../../src/content/language-model.ts';
import { loadFiles } from '../../src/content/load-files.ts';
import { memorySource } from '../../src/content/file-source.ts';
import { readArchive, writeArchive } from '../../src/content/release-archive.ts';
import { compileRelease, compileWhileServing } from '../../src/release/compile.ts';
import type { CompiledRelease } from '../../src/release/compile.ts';
import { compileWith, now, sound } from './small-release.ts';
import type { Changes } from './small-release.ts';

async function release(changes: Changes = {}): Promise<CompiledRelease> {
  const result = await compileWith(changes);
  if (result.release === undefined) throw new Error(JSON.stringify(result.problems));
  return result.release;
}

describe('a compiled release', () => {
  it('holds its flows, texts, languages and number', async () => {
    const { program, texts, settings, number, languages, offeredLanguages } = await release();
    expect([...program.flows.keys()]).toEqual(['menu', 'school', 'welcome']);
    expect(program).toMatchObject({ release: 1, entryFlow: 'welcome', menuFlow: 'menu', timezone: 'Europe/Madrid' });
    expect(texts.render({ key: 'menu:need' }, 'ar', 'sms')).toBe('ماذا تحتاج؟');
    expect([number, settings.id]).toEqual([1, 'demo']);
    expect(languages.map(({ tag, direction }) => [tag, direction])).toEqual([
      ['es', 'ltr'],
      ['ar', 'rtl'],
    ]);
    expect(offeredLanguages).toEqual([
      { tag: 'es', name: 'Español' },
      { tag: 'ar', name: 'العربية' },
    ]);
  });

  it('understands labels, numbers, keywords, commands and places by its own words', async () => {
    const { understand } = await release();
    const choices = ['school', 'person'].map((id) => ({ id, label: { key: `menu:need.${id}` } }));
    expect(understand({ text: 'المدرسة' }, { kind: 'choice', choices }, 'ar', now)).toMatchObject({ kind: 'reply', value: 'school' });
    expect(understand({ text: '2' }, { kind: 'choice', choices }, 'es', now)).toMatchObject({ kind: 'reply', value: 'person' });
    expect(understand({ text: 'escuela' }, { kind: 'none' }, 'es', now)).toEqual({ kind: 'keyword', flow: 'school' });
    expect(understand({ text: 'BORRAR' }, { kind: 'none' }, 'es', now)).toMatchObject({ kind: 'command', command: 'delete' });
    expect(understand({ text: 'cataluña' }, { kind: 'locality' }, 'es', now)).toMatchObject({ kind: 'reply', value: 'ES-CT' });
  });

  it('guesses languages and finds answers', async () => {
    const { guessLanguage, findAnswers } = await release();
    expect(guessLanguage('hola')).toMatchObject({ language: 'es', basis: 'certain' });
    expect(guessLanguage('أريد تسجيل ابني')).toMatchObject({ language: 'ar' });
    expect(findAnswers('inscribir a mi hijo en la escuela a', 'es', null, now)).toMatchObject({ kind: 'answer', entry: { id: 'Q04' } });
    expect(findAnswers('inscribir a mi hijo en la escuela a', 'es', null, Date.parse('2027-01-02T12:00:00Z')).kind).toBe('none');
  });

  it('looks up topics, places, answers and numbers', async () => {
    const found = await release({
      'flows/settings/hotline.yaml': [
        ["['*', ES]", '[ES]'],
        ['desk: {}', "emergency_numbers: [{ locality: ES, number: '112', signed_by: A person, signed_on: 2026-01-01 }]\ndesk: {}"],
      ],
    });
    expect(found.topicIsPrivate('SAF.GBV')).toBe(true);
    expect(found.topicIsPrivate('EDU')).toBe(false);
    expect(found.locality('ES-CT')?.code).toBe('ES-CT');
    expect(found.locality('XX')).toBeNull();
    expect(found.localityNames('ES', 'ar')).toEqual(['إسبانيا']);
    expect(found.findPlaces({ topic: 'EDU.ENR', locality: 'ES-CT', limit: 3 }, now).map((place) => place.id)).toEqual(['centre']);
    expect(found.localAnswer('Q04', 'ES', now)?.id).toBe('Q04');
    expect(found.emergencyNumber(null)).toBe('112');
  });

  it('tells how far texts are reviewed and gives whole namespaces to pages', async () => {
    const found = await release({
      'locales/ar/menu.json': [['"need.person": "شخص"', '"need.person": "شخص", "need.person.synonyms": ["إنسان"]']],
    });
    expect(found.reviewState('menu:need', 'ar')).toBe('reviewed');
    expect(found.reviewState('menu:need', 'es')).toBe('machine-drafted');
    expect(found.namespace('menu', 'ar')).toEqual({ need: 'ماذا تحتاج؟', 'need.school': 'المدرسة', 'need.person': 'شخص' });
  });

  it('keeps a text of another language when a fallback has to do', async () => {
    const found = await release({
      'flows/settings/hotline.yaml': [['required_languages: [es, ar]', 'required_languages: [es]']],
      'locales/ar/menu.json': [[',\n  "need.person": "شخص"', '']],
    });
    expect(found.texts.render({ key: 'menu:need.person' }, 'ar', 'sms')).toBe('Persona');
    expect(found.namespace('menu', 'ar')['need.person']).toBe('Persona');
  });
});

describe('an archived release', () => {
  it('compiles to the same release, years later too', async () => {
    const source = await loadFiles(memorySource(sound), { number: 12 });
    const again = compileRelease(await readArchive((await writeArchive(source)).archive), { identify: identifyLanguage });
    const first = compileRelease(source, { identify: identifyLanguage, now });
    expect(again.release?.number).toBe(12);
    expect(again.problems).toEqual([]);
    for (const language of ['es', 'ar']) {
      for (const key of ['menu:need', 'school:age.late', 'answers:Q04', 'system:fault']) {
        expect(again.release?.texts.render({ key }, language, 'sms')).toBe(first.release?.texts.render({ key }, language, 'sms'));
      }
    }
    expect(JSON.stringify(again.release?.program.flows.get('menu')?.steps.map((step) => step.config))).toBe(
      JSON.stringify(first.release?.program.flows.get('menu')?.steps.map((step) => step.config)),
    );
  });
});

it('others are served while a large release is compiled', async () => {
  const source = await loadFiles(projectFolder);
  let turns = 0;
  const others = setInterval(() => (turns += 1), 1);
  const { release, problems } = await compileWhileServing(source, { identify: identifyLanguage, now, checked: true });
  clearInterval(others);
  expect(turns).toBeGreaterThan(8);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(release?.texts.render({ key: 'system:fault' }, 'es', 'web')).toBe(
    compileRelease(source, { identify: identifyLanguage, now }).release?.texts.render({ key: 'system:fault' }, 'es', 'web'),
  );
});
