// All ways of writing the same words come to one form.
import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digitsToAscii, normalise } from '../../src/language/normalise.ts';

describe('normalise', () => {
  it.each([
    ['¡HOLA!  ¿Qué tal?', 'hola que tal'],
    ['año', 'ano'],
    ['Straße, œuvre, łódź', 'strasse oeuvre lodz'],
    ['holaaaa', 'hola'],
    ['llamar', 'llamar'],
    ["don't", 'dont'],
    ['l’école d‘accord', 'l ecole d accord'],
    ['２）', '2'],
    ['2️⃣', '2'],
    ['s\u200Bí\uFEFF', 'si'],
    ['porte-monnaie', 'porte monnaie'],
  ])('%s → %s', (text, form) => expect(normalise(text)).toBe(form));

  it.each([
    ['أإآٱ', 'اااا'.slice(0, 1)],
    ['مدرسة', 'مدرسه'],
    ['مستشفى', 'مستشفي'],
    ['کتاب', 'كتاب'],
    ['الشُّكْرُ', 'الشكر'],
    ['مـــدرسـة', 'مدرسه'],
    ['مساء', 'مسا'],
    ['١٢٣', '123'],
  ])('Arabic: %s → %s', (text, form) => expect(normalise(text)).toBe(form));

  it('keeps thumbs that stand alone, and drops them beside words', () => {
    expect(normalise('👍🏽')).toBe('👍');
    expect(normalise('✅')).toBe('👍');
    expect(normalise('sí 👍')).toBe('si');
    expect(normalise('🌞')).toBe('');
  });
  it('keeps accents when asked, and nothing else', () => expect(normalise('¡AÑO!', { keepAccents: true })).toBe('año'));
  it.each([
    ['ሠላም ሐኪም ፀሐይ', 'ሰላም ሀኪም ጸሀይ'],
    ['ዓመት', 'አመት'],
    ['፲፭', '15'],
    ['፳፻፲፯', '2017'],
    ['हिन्दी', 'हिंदी'],
    ['ज़रूरत', 'जरूरत'],
    ['हाँ', 'हां'],
    ['বাড়ি', 'বাডি'],
    ['চাঁদ', 'চাদ'],
    ['می\u200Cخواهم', 'ميخواهم'],
    ['نہیں', 'نهين'],
  ])('other scripts: %s → %s', (text, form) => {
    expect(normalise(text)).toBe(normalise(form));
    expect(normalise(text)).not.toBe(text);
  });
  it('keeps vowel signs of other scripts', () => {
    expect(normalise('किताब')).toBe('किताब');
    expect(normalise('นี่คือ')).toBe('นี่คือ');
  });
  it('reads Zawgyi as Unicode', () => {
    expect(normalise('မဂၤလာပါ ေနေကာင္းလား')).toBe(normalise('မင်္ဂလာပါ နေကောင်းလား'));
  });
  it('survives halves of surrogate pairs', () => expect(normalise('a\uD800b')).toBe('a b'));
  it('gives the same form for its own result', () => {
    // Letters that nobody writes in that order may look like Zawgyi only once they are put in order.
    const texts = string({ unit: 'grapheme' }).filter((text) => !/[\u1000-\u109f]/.test(text));
    assert(property(texts, (text) => normalise(normalise(text)) === normalise(text)));
  });
});

describe('digitsToAscii', () => {
  it('knows the digits of all scripts', () => {
    expect(digitsToAscii('٣ ۴ ५ ৬ ๗ ၈ ៩ ᠐ １')).toBe('3 4 5 6 7 8 9 0 1');
    expect(digitsToAscii('𝟙𝟚 𑁦')).toBe('12 0');
  });
  it('leaves everything else alone', () => expect(digitsToAscii('a1½Ⅳ²')).toBe('a1½Ⅳ²'));
});
