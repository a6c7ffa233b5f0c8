// Numbers, links and names keep their order inside right-to-left text.
import { describe, expect, it } from 'vitest';
import { isolateRuns } from '../../src/rendering/isolate.ts';
import { visible } from './sample-texts.ts';

const rtl = (text: string): string => visible(isolateRuns(text, 'rtl'));
const ltr = (text: string): string => visible(isolateRuns(text, 'ltr'));

describe('right-to-left text', () => {
  it.each([
    ['اتصل على 112 الآن', 'اتصل على ⟨112⟩ الآن'],
    ['اتصل على +34 900-12 34 56.', 'اتصل على ⟨+34 900-12 34 56⟩.'],
    ['مفتوح 9:00-18:30', 'مفتوح ⟨9:00-18:30⟩'],
    ['في 2026-11-21، غدا', 'في ⟨2026-11-21⟩، غدا'],
    ['انظر https://example.org/a?b=1&c=(2).', 'انظر ⟨https://example.org/a?b=1&c=(2⟩).'],
    ['مركز Casa d’Acollida 24h هنا', 'مركز ⟨Casa d’Acollida 24h⟩ هنا'],
    ['هاتف ٩٣ ٢٢٣', 'هاتف ⟨٩٣ ٢٢٣⟩'],
    ['رقم Q-482193 محفوظ', 'رقم ⟨Q-482193⟩ محفوظ'],
    ['1 الصحة\n2 English', '1 الصحة\n2 ⟨English⟩'],
    ['في 2 مدارس', 'في ⟨2⟩ مدارس'],
    ['بريد a.b@example.org؟', 'بريد ⟨a.b@example.org⟩؟'],
  ])('%s', (text, expected) => {
    expect(rtl(text)).toBe(expected);
  });

  it('leaves isolates that are already there', () => {
    expect(rtl('اتصل \u2066112\u2069 الآن')).toBe('اتصل ⟨112⟩ الآن');
    expect(isolateRuns(isolateRuns('اتصل على 112', 'rtl'), 'rtl')).toBe(isolateRuns('اتصل على 112', 'rtl'));
  });

  it('leaves vowel marks with their letters', () => {
    expect(isolateRuns('مرحبًا بما يُطبق', 'rtl')).toBe('مرحبًا بما يُطبق');
  });

  it('loses no character', () => {
    const text = 'مركز «Casa» (93) 123 – 5% #1 https://x.org/؟ a\nb';
    expect(isolateRuns(text, 'rtl').replaceAll(/[\u2066-\u2069]/g, '')).toBe(text);
  });
});

describe('left-to-right text', () => {
  it('isolates right-to-left names with their numbers', () => {
    expect(ltr('Go to عيادة 12, phone 93 1')).toBe('Go to ‹عيادة 12⟩, phone 93 1');
    expect(ltr('4 العربية')).toBe('4 ‹العربية⟩');
  });

  it('leaves everything else alone', () => {
    const text = 'Llame al 112 (24h): https://example.org';
    expect(isolateRuns(text, 'ltr')).toBe(text);
  });
});
