// Keys become words of the right language, channel and number, and nothing that is missing reaches a person.
import { describe, expect, it } from 'vitest';
import { createTexts } from '../../src/rendering/texts.ts';
import { languages, resources, texts } from './sample-texts.ts';

const days = (count: number, language: string): string => texts.render({ key: 'system:days', params: { count } }, language, 'web');

describe('wording', () => {
  it('takes the channel’s own wording and else the general one', () => {
    const limits = { key: 'system:limits', params: { number: '112' } };
    expect(texts.render(limits, 'es', 'sms')).toBe('Linea gratuita. Si hay peligro llame al 112.');
    expect(texts.render(limits, 'es', 'whatsapp')).toBe('Línea gratuita. Si hay peligro llame al 112.');
  });

  it('counts in all six Arabic forms', () => {
    expect([0, 1, 2, 3, 11, 100].map((count) => days(count, 'ar'))).toEqual([
      'أقل من يوم',
      'يوم واحد',
      'يومان',
      '3 أيام',
      '11 يوما',
      '100 يوم',
    ]);
  });

  it('uses “other” where a form is missing, and counts alike on every machine in a language that Intl does not know', () => {
    expect(days(1_000_000, 'es')).toBe('1000000 días');
    expect([days(1, 'ht'), days(2, 'ht')]).toEqual(['1 jou', '2 jou yo']);
  });

  it('writes counted numbers in the language’s digits, and phone numbers never', () => {
    expect(days(15, 'fa')).toBe('۱۵ روز');
    expect(texts.render({ key: 'system:limits', params: { number: '112' } }, 'fa', 'sms')).toContain('112');
  });

  it('renders a text inside a text first, in the same language', () => {
    const wait = { key: 'system:wait', params: { time: { key: 'system:days', params: { count: 2 } } } };
    expect(texts.render(wait, 'es', 'web')).toBe('Espere 2 días.');
    expect(texts.render(wait, 'ar', 'web')).toBe('انتظر يومان.');
  });

  it('shows literals and parameters as they are, without escaping and without reading them as templates', () => {
    expect(texts.render({ literal: '<b>{{x}}</b>' }, 'es', 'web')).toBe('<b>{{x}}</b>');
    const tricky = { key: 'system:wait', params: { time: '$t(system:fault) {{time}} & <i>' } };
    expect(texts.render(tricky, 'es', 'web')).toBe('Espere $t(system:fault) {{time}} & <i>.');
  });
});

describe('missing texts', () => {
  it('falls back along the chain of languages', () => {
    expect(texts.render({ key: 'system:only_english' }, 'ar', 'web')).toBe('Only here.');
    expect(texts.render({ key: 'welcome:keep.ok' }, 'kmr', 'web')).toBe('De acuerdo');
  });

  it('keeps tags as written: kmr is not ku', () => {
    expect(texts.render({ key: 'system:limits', params: { number: '112' } }, 'kmr', 'sms')).toBe('Xeta belaş. 112');
  });

  it('says what is to stand there otherwise, where the reference has it', () => {
    const named = (key: string) => ({ key: 'system:wait', params: { time: { key, otherwise: 'CRC 28: art. 1' } } });
    const name = { sources: { 'CRC 28: art. 1': 'Derechos del Niño' } };
    const withName = createTexts({ ...resources, es: { ...resources['es'], ...name } }, languages);
    expect(withName.render(named('sources:CRC 28: art. 1'), 'es', 'web')).toBe('Espere Derechos del Niño.');
    expect(texts.render(named('sources:CRC 28: art. 1'), 'es', 'web')).toBe('Espere CRC 28: art. 1.');
  });

  it('says a safe sentence instead of a key', () => {
    for (const key of ['system:nothing', 'nowhere:at.all', 'no_namespace', 'welcome:keep.synonyms', '']) {
      expect(texts.render({ key }, 'fr', 'sms')).toBe('Algo falló. Escriba PERSONA.');
    }
    const bare = createTexts({}, languages);
    expect(bare.render({ key: 'system:fault' }, 'xx', 'sms')).toBe('…');
  });

  it('leaves out a parameter that nobody gave', () => {
    expect(texts.render({ key: 'system:wait' }, 'es', 'web')).toBe('Espere .');
  });
});

describe('looking up', () => {
  it('knows which texts a language has itself', () => {
    expect(texts.has('system:days', 'es')).toBe(true);
    expect(texts.has('system:only_english', 'es')).toBe(false);
    expect(texts.has('system:empty', 'fr')).toBe(false);
    expect(texts.has('welcome:keep.synonyms', 'es')).toBe(false);
  });

  it('does not count a text that exists for one channel only', () => {
    const one = createTexts({ es: { system: { hint_sms: 'x' } } }, languages);
    expect(one.has('system:hint', 'es')).toBe(false);
  });

  it('lists arrays, without fallback', () => {
    expect(texts.list('welcome:keep.synonyms', 'es')).toEqual(['vale']);
    expect(texts.list('welcome:keep.synonyms', 'en')).toEqual([]);
  });

  it('takes the direction from our own table of scripts', () => {
    expect(['ar', 'fa', 'es', 'kmr', 'unknown'].map((tag) => texts.direction(tag))).toEqual(['rtl', 'rtl', 'ltr', 'ltr', 'ltr']);
  });

  it('does not touch what it was given', () => {
    const before = JSON.stringify(resources);
    createTexts(resources, languages).render({ key: 'system:days', params: { count: 3 } }, 'ar', 'sms');
    expect(JSON.stringify(resources)).toBe(before);
  });
});
