// What a text message costs: our quick count must say what Twilio's calculator says, and letters must survive.
import * as fc from 'fast-check';
import calculator from 'sms-segments-calculator';
import { describe, expect, it } from 'vitest';
import { countSegments, plainForSms, smsAlphabet } from '../../src/rendering/sms.ts';

const { SegmentedMessage } = calculator;

describe('counting segments', () => {
  it.each([
    ['a'.repeat(160), 1],
    ['a'.repeat(161), 2],
    ['a'.repeat(306), 2],
    ['a'.repeat(307), 3],
    ['á'.repeat(70), 1],
    ['á'.repeat(71), 2],
    ['á'.repeat(134), 2],
    ['á'.repeat(135), 3],
    ['€'.repeat(80), 1],
    ['€'.repeat(81), 2],
    ['', 1],
  ])('bills %# as carriers do', (text, segments) => {
    expect(countSegments(text)).toBe(segments);
  });

  it('agrees with the calculator on any mixture', () => {
    const alphabet = Array.from('aZ9 é¿ñ\n€^{á’…çœ«Жي\u064b\u0651٣،؟\u2066\u2069ก្😀e\u0301ी');
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...alphabet), { maxLength: 330 }), fc.nat(2), (letters, kind) => {
        const text = letters
          .filter((letter) => kind === 0 || (kind === 1 ? alphabet.indexOf(letter) < 9 : alphabet.indexOf(letter) < 26))
          .join('');
        expect(countSegments(text)).toBe(Math.max(1, new SegmentedMessage(text).segmentsCount));
      }),
      { numRuns: 600, seed: 7 },
    );
  });
});

describe('plain text messages', () => {
  it('writes typographic characters in GSM-7', () => {
    const plain = plainForSms('«No» – dijo… “sí” l’école\u00a0: ok');
    expect(plain).toBe('"No" - dijo... "sí" l\'école : ok');
  });

  it('never changes a letter', () => {
    const letters = 'áéíóúñçœßğışăâîșțЖيأإ';
    expect(plainForSms(letters)).toBe(letters);
  });

  it('composes accents, which costs nothing and saves the alphabet', () => {
    expect(smsAlphabet(plainForSms('me\u0301dico'))).toEqual({ alphabet: 'GSM-7', forcedBy: [] });
    expect(smsAlphabet('más aquí')).toEqual({ alphabet: 'UCS-2', forcedBy: ['á', 'í'] });
  });
});
