// Training: the same texts give the same model, which fits into bytes and comes out again, and tells the languages apart.
import { describe, expect, it } from 'vitest';
import { cropSentences } from '../../../src/language/identification/crops.ts';
import { createIdentify } from '../../../src/language/identification/model.ts';
import { coarsen, packModels, unpackModels } from '../../../src/language/identification/pack.ts';
import { trainLanguageModels, withoutAccents, type TrainingLanguage } from '../../../src/language/identification/train.ts';

const SENTENCES: Record<string, string[]> = {
  aa: ['bako kiru lamo', 'kiru bako tosu', 'lamo tosu bako kiru', 'tosu lamo kiru'],
  bb: ['xenli vordu quep', 'quep xenli zarth', 'vordu zarth quep', 'zarth vordu xenli'],
  cc: ['wommu pippa', 'pippa wommu dodda', 'dodda pippa wommu', 'wommu dodda'],
};
const languages: TrainingLanguage[] = Object.entries(SENTENCES).map(([tag, sentences]) => ({
  tag,
  script: 'Latn',
  family: tag === 'cc' ? 'neighbours' : null,
  sources: [{ name: 'made up', sentences, words: [] }],
}));
const train = () => trainLanguageModels(languages, { rounds: 2, samples: 300, seed: 3 });

describe('training', () => {
  const models = train().map(coarsen);
  it('gives the same model every time', () => expect(packModels(train().map(coarsen))).toEqual(packModels(models)));
  it('comes out of its bytes as it went in', () => {
    const again = unpackModels(packModels(models));
    expect(again[0]!.entries).toEqual(models[0]!.entries);
    expect(again[0]!.classes).toEqual(models[0]!.classes);
  });
  it('tells languages apart, and neighbours from them', () => {
    const identify = createIdentify(unpackModels(packModels(models)));
    expect(identify('bako tosu').languages[0]).toMatchObject({ language: 'aa' });
    expect(identify('quep vordu').languages[0]).toMatchObject({ language: 'bb' });
    const { languages: told, others } = identify('dodda wommu');
    expect(others[0]!.chance).toBeGreaterThan(told[0]?.chance ?? 0);
  });
  it('refuses bytes of another version', () => {
    const bytes = packModels(models);
    const at = new TextDecoder().decode(bytes.subarray(4, 40)).indexOf('1');
    bytes[4 + at] = '9'.charCodeAt(0);
    expect(() => unpackModels(bytes)).toThrow(/train it again/);
  });
});

it('takes accents away, and nothing else', () =>
  expect(withoutAccents('Đà Nẵng, żółć, İstanbul, ñandú')).toBe('Da Nang, zolc, Istanbul, nandu'));

it('cuts sentences into the lengths of the tables', () => {
  const cuts = cropSentences('es', ['uno dos tres cuatro cinco seis siete ocho'], 20, 1);
  expect(cuts.filter(({ kind }) => kind === 'two words').every(({ text }) => text.split(' ').length === 2)).toBe(true);
  expect(new Set(cuts.map(({ kind }) => kind)).size).toBe(5);
});
