// Long texts are cut where a reader would pause, and never inside a letter.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitToFit } from '../../src/rendering/split.ts';

const upTo = (max: number) => (piece: string) => piece.length <= max;

describe('splitToFit', () => {
  it('prefers paragraphs, then lines, then sentences, then words', () => {
    expect(splitToFit('Uno dos.\n\nTres cuatro.', 'es', upTo(14))).toEqual(['Uno dos.', 'Tres cuatro.']);
    expect(splitToFit('Uno dos\nTres cuatro', 'es', upTo(12))).toEqual(['Uno dos', 'Tres cuatro']);
    expect(splitToFit('Vaya al centro. Lleve su papel. Es gratis.', 'es', upTo(31))).toEqual([
      'Vaya al centro. Lleve su papel.',
      'Es gratis.',
    ]);
    expect(splitToFit('uno dos tres, cuatro', 'es', upTo(13))).toEqual(['uno dos tres,', 'cuatro']);
  });

  it('cuts Arabic and French sentences at their own marks', () => {
    expect(splitToFit('أين تسكن؟ اكتب المدينة.', 'ar', upTo(14))).toEqual(['أين تسكن؟', 'اكتب المدينة.']);
    expect(splitToFit('Où habitez-vous ? Écrivez la ville.', 'fr', upTo(20))).toEqual(['Où habitez-vous ?', 'Écrivez la ville.']);
  });

  it('never cuts inside a grapheme cluster', () => {
    const khmer = 'ស្ត្រីក្មេងជំនួយ'.repeat(3);
    const clusters = new Set(Array.from(new Intl.Segmenter('km').segment(khmer), (part) => part.segment));
    for (const piece of splitToFit(khmer, 'km', upTo(7))) {
      for (const part of new Intl.Segmenter('km').segment(piece)) expect(clusters.has(part.segment)).toBe(true);
    }
    expect(splitToFit('👩‍👩‍👧👩‍👩‍👧', 'es', upTo(9))).toEqual(['👩‍👩‍👧', '👩‍👩‍👧']);
  });

  it('loses nothing but white space at the cuts', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('ab .\n,é؟م')), maxLength: 200 }),
        fc.integer({ min: 3, max: 40 }),
        (text, max) => {
          const pieces = splitToFit(text, 'es', upTo(max));
          expect(pieces.every((piece) => piece.length <= max)).toBe(true);
          expect(pieces.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
        },
      ),
      { numRuns: 300, seed: 3 },
    );
  });
});
