// Rules of the editors of answers, places, settings and questions that need no browser: ids, who gets which version, what a list shows,
// when a crisis message ends, and which sentences are never kept.
import { describe, expect, it } from 'vitest';
import { fileOfNewAnswer, localAnswerId, newAnswerId } from '../../src/console/content/answers/answer-id.ts';
import { filterAnswers, type AnswerFilter } from '../../src/console/content/answers/answer-filter.ts';
import { belongsTo } from '../../src/console/content/answers/answer-keys.ts';
import { givenHere, givenWhere } from '../../src/console/content/answers/given-where.ts';
import { answerEdits } from '../../src/console/content/answers/new-answer.ts';
import { filterPlaces, isReachable } from '../../src/console/content/places/place-filter.ts';
import { newPlaceId } from '../../src/console/content/places/place-id.ts';
import { faultOfPhrasing } from '../../src/console/content/questions/own-words.ts';
import { daysAhead, readAlertEnd, shownAlertEnd } from '../../src/console/content/settings/alert-until.ts';
import { listOf } from '../../src/console/content/settings/lines.ts';
import { partOfEntry } from '../../src/console/content/settings/settings-parts.ts';
import { Answer, Place } from '../../src/domain/content.ts';

const TODAY = '2026-11-30';
const answer = (fields: Partial<Answer> & { id: string }): Answer => ({
  topic: 'COM.VOT',
  locality: '*',
  kind: 'law',
  source: 'a law',
  reviewed_by: 'Rosa',
  reviewed_on: '2026-11-01',
  review_by: '2027-11-01',
  ...fields,
});
const place = (fields: Partial<Place>): Place => ({
  ...Place.parse({
    id: 'house',
    name: 'House',
    topics: ['HOU.SHL'],
    locality: 'ES',
    asks_for_papers: 'unknown',
    shares_with_authorities: 'no',
    confirm_locally: false,
    source: 'a call',
    verify_by: '2027-01-01',
  }),
  ...fields,
});

describe('the id of a new answer', () => {
  it('is made from the topic and is free', () => {
    expect(newAnswerId('HEA.PRI', new Set())).toBe('HEAPRI1');
    expect(newAnswerId('HEA.PRI', new Set(['HEAPRI1', 'HEAPRI2']))).toBe('HEAPRI3');
    expect(localAnswerId('Q42', 'ES-CT-BCN', new Set())).toBe('Q42BCN');
    expect(localAnswerId('Q42', 'ES-CT-BCN', new Set(['Q42BCN']))).toBe('Q42BCN2');
    expect(localAnswerId(`Q${'1'.repeat(30)}`, 'ES', new Set())).toHaveLength(31);
  });

  it('goes into the file where most of its topic stand, or into one of its own', () => {
    const existing = [
      { file: 'flows/answers/health.yaml', topic: 'HEA.PRI' },
      { file: 'flows/answers/private.yaml', topic: 'HEA.MHP' },
      { file: 'flows/answers/private.yaml', topic: 'HEA.MHP' },
    ];
    expect(fileOfNewAnswer('HEA.PRI', existing)).toBe('flows/answers/health.yaml');
    expect(fileOfNewAnswer('HEA.VAC', existing)).toBe('flows/answers/private.yaml');
    expect(fileOfNewAnswer('MON.REM', existing)).toBe('flows/answers/mon.yaml');
  });

  it('comes with its words, which nobody has checked', () => {
    const typed = {
      topic: 'COM.VOT',
      locality: 'ES',
      kind: 'law' as const,
      source: ' a law ',
      reviewBy: '2027-01-01',
      flow: undefined,
      replaces: 'Q42',
      title: 'May I vote?',
      text: 'Yes.',
      phrasings: 'can i vote\n\n can i vote \nvoting',
    };
    const [entry, ...words] = answerEdits({ ...typed, id: 'Q42ES', file: 'flows/answers/community.yaml' }, 'en');
    expect(Answer.parse(entry?.value)).toMatchObject({ id: 'Q42ES', source: 'a law', reviewed_by: null, replaces: 'Q42' });
    expect(entry?.value).not.toHaveProperty('flow');
    expect(words).toEqual([
      { address: 'locales/en/answers.json#Q42ES.title', value: 'May I vote?', expects: 0 },
      { address: 'locales/en/answers.json#Q42ES', value: 'Yes.', expects: 0 },
      { address: 'locales/en/answers.json#Q42ES.phrasings', value: ['can i vote', 'voting'], expects: 0 },
    ]);
  });

  it('has texts that are told from those of an answer whose id begins alike', () => {
    expect(
      ['answers:Q4', 'answers:Q4.title', 'answers:Q4_sms', 'answers:Q42', 'answers:Q42.title'].filter((key) => belongsTo(key, 'Q4')),
    ).toEqual(['answers:Q4', 'answers:Q4.title', 'answers:Q4_sms']);
  });
});

describe('who gets which version', () => {
  const versions = [
    answer({ id: 'Q42' }),
    answer({ id: 'Q42ES', locality: 'ES', replaces: 'Q42' }),
    answer({ id: 'Q42BCN', locality: 'ES-CT-BCN', replaces: 'Q42', review_by: '2026-11-29' }),
    answer({ id: 'Q43', locality: 'MD' }),
  ];

  it('is a tree of the places where something differs; an overdue version is passed over', () => {
    const tree = givenWhere('Q42', versions, TODAY);
    expect([tree.locality, tree.given?.id]).toEqual(['*', 'Q42']);
    const [spain] = tree.inside;
    expect([spain?.locality, spain?.given?.id]).toEqual(['ES', 'Q42ES']);
    expect(spain?.inside.map(({ locality, given, own }) => [locality, given?.id, own?.id])).toEqual([['ES-CT-BCN', 'Q42ES', 'Q42BCN']]);
  });

  it('gives nothing outside of the place of an answer that is for one place only', () => {
    const tree = givenWhere('Q43', versions, TODAY);
    expect([tree.given, tree.own, tree.inside[0]?.given?.id]).toEqual([null, null, 'Q43']);
  });

  it('is told for one place, with what is late there', () => {
    expect(givenHere('ES-CT-BCN', versions, TODAY).map(({ entry, given, late }) => [entry, given?.id, late?.id])).toEqual([
      ['Q42', 'Q42ES', 'Q42BCN'],
    ]);
    expect(givenHere('MD', versions, TODAY).map(({ entry, given, late }) => [entry, given?.id, late])).toEqual([
      ['Q42', 'Q42', null],
      ['Q43', 'Q43', null],
    ]);
    expect(givenHere('MD', versions, '2030-01-01').map(({ given, late }) => [given, late?.id])).toEqual([
      [null, 'Q42'],
      [null, 'Q43'],
    ]);
  });
});

describe('a list', () => {
  const all: AnswerFilter = { topic: '', locality: '', state: '', words: '' };
  const line = (fields: Partial<Answer> & { id: string }, changed = false) => ({
    answer: answer(fields),
    title: `About ${fields.id}`,
    text: 'words',
    changed,
  });
  const lines = [
    line({ id: 'A1', topic: 'HEA.PRI' }),
    line({ id: 'A2', topic: 'HEA.VAC', locality: 'ES-CT', review_by: '2026-11-29' }),
    line({ id: 'A3', topic: 'HEAX' as Answer['topic'], reviewed_by: null }, true),
    line({ id: 'A4', review_by: TODAY }),
  ];
  const ids = (filter: Partial<AnswerFilter>): string[] => filterAnswers(lines, { ...all, ...filter }, TODAY).map((one) => one.answer.id);

  it('of answers begins with those that are overdue: the day itself still counts', () => {
    expect(ids({})).toEqual(['A2', 'A1', 'A3', 'A4']);
    expect(ids({ state: 'overdue' })).toEqual(['A2']);
    expect(ids({ state: 'soon' })).toEqual(['A4']);
  });

  it('of answers is filtered by area, place, state and words', () => {
    expect(ids({ topic: 'HEA' })).toEqual(['A2', 'A1']);
    expect(ids({ topic: 'HEA.PRI' })).toEqual(['A1']);
    expect(ids({ locality: 'ES' })).toEqual(['A2']);
    expect(ids({ locality: '*' })).toEqual(['A1', 'A3', 'A4']);
    expect(ids({ state: 'unreviewed' })).toEqual(['A3']);
    expect(ids({ state: 'changed' })).toEqual(['A3']);
    expect(ids({ words: 'ABOUT a4' })).toEqual(['A4']);
  });

  it('of places finds those that nobody can reach: a protected address counts for nothing', () => {
    const hidden = place({ address: 'Calle 1', protected_address: true });
    expect(isReachable(hidden)).toBe(false);
    expect(isReachable({ ...hidden, phones: ['+34931234567'] })).toBe(true);
    expect(isReachable(place({ phones: ['soon'] }))).toBe(false);
    const places = [place({}), place({ id: 'late', verify_by: '2026-11-29' })].map((one) => ({ place: one, changed: false }));
    const filter = { topic: 'HOU', locality: 'ES', words: 'house' };
    expect(filterPlaces(places, { ...filter, state: '' }, TODAY).map((one) => one.place.id)).toEqual(['late', 'house']);
    expect(filterPlaces(places, { ...filter, state: 'overdue' }, TODAY).map((one) => one.place.id)).toEqual(['late']);
    expect(filterPlaces(places, { ...filter, topic: 'HEA', state: '' }, TODAY)).toEqual([]);
  });
});

describe('the id of a new place', () => {
  it('is its name in plain letters, numbered where it is taken, and never empty', () => {
    expect(newPlaceId('Casa del Migrante, Córdoba', new Set())).toBe('casa_del_migrante_cordoba');
    expect(newPlaceId('Casa', new Set(['casa', 'casa_2']))).toBe('casa_3');
    expect(newPlaceId('مكتب المهاجرين', new Set())).toBe('place');
    const long = newPlaceId('a'.repeat(60), new Set(['a'.repeat(40)]));
    expect([long.length, Place.shape.id.safeParse(long).success]).toEqual([40, true]);
  });
});

describe('the end of a crisis message', () => {
  const now = Date.parse('2026-11-30T12:00:00Z');

  it('is typed in the time of the hotline and kept as an instant', () => {
    expect(readAlertEnd('2026-12-01T18:00', 'Europe/Madrid', now)).toEqual({ kind: 'good', until: '2026-12-01T17:00:00Z' });
    expect(shownAlertEnd(Date.parse('2026-12-01T17:00:00Z'), 'Europe/Madrid')).toBe('2026-12-01T18:00');
  });

  it('lies ahead, and at most 14 days', () => {
    expect(readAlertEnd('2026-11-30T12:59', 'Europe/Madrid', now).kind).toBe('past');
    expect(readAlertEnd('2026-12-14T13:00', 'Europe/Madrid', now).kind).toBe('good');
    expect(readAlertEnd('2026-12-14T13:01', 'Europe/Madrid', now).kind).toBe('too_far');
    expect(readAlertEnd(daysAhead(14, 'Europe/Madrid', now), 'Europe/Madrid', now).kind).toBe('good');
    expect(readAlertEnd('', 'Europe/Madrid', now).kind).toBe('unreadable');
    expect(readAlertEnd('2026-99-99T10:00', 'Europe/Madrid', now).kind).toBe('unreadable');
  });
});

describe('a phrasing', () => {
  const question = 'My name is Amal and I sleep at the station with two children, where can we go?';

  it("is never a person's own sentence, whole or in part", () => {
    expect(faultOfPhrasing(question.toUpperCase(), question, [])).toBe('own_words');
    expect(faultOfPhrasing('i sleep at the station with two children', question, [])).toBe('own_words');
    expect(faultOfPhrasing('where can we go', question, [])).toBeNull();
    expect(faultOfPhrasing('we sleep outside with our children, who helps', question, [])).toBeNull();
  });

  it('holds no number and no address, and is new', () => {
    expect(faultOfPhrasing('call me on 612 34 56 78', question, [])).toBe('number');
    expect(faultOfPhrasing('write to amal@example.org', question, [])).toBe('number');
    expect(faultOfPhrasing('what is form 790', question, [])).toBeNull();
    expect(faultOfPhrasing('Where to sleep?', question, ['where to sleep'])).toBe('known');
  });
});

describe('fields', () => {
  it('of lists take one a line, each once', () => {
    expect(listOf(' a \n\nb\na')).toEqual(['a', 'b']);
  });

  it('of settings are found by the address of their entry', () => {
    expect(partOfEntry('flows/settings/hotline.yaml#retention')).toBe('keeping');
    expect(partOfEntry('flows/settings/topics.yaml#HEA.PRI')).toBe('topics');
    expect(partOfEntry('flows/settings/localities.yaml#ES')).toBe('localities');
    expect(partOfEntry('locales/languages.yaml#es')).toBe('languages');
    expect(partOfEntry('flows/answers/health.yaml#Q1')).toBeNull();
  });
});
