// What a release finds for a person: the most local answer, the nearest places, a signed number, whether somebody is open.
import { describe, expect, it } from 'vitest';
import { Answer, HotlineSettings, Locality, Place } from '../../src/domain/content.ts';
import { emergencyNumber } from '../../src/release/emergency-number.ts';
import { findPlaces } from '../../src/release/find-places.ts';
import type { PlaceDirectory } from '../../src/release/find-places.ts';
import { createAnswerVersions } from '../../src/release/local-answer.ts';
import { ancestors, commonAncestor, contains, createLocalityTree, treeDistance } from '../../src/release/locality-tree.ts';
import { isOpen } from '../../src/release/opening-hours.ts';

const today = '2026-11-21';
/** Monday 23 November 2026, 10:30 in Madrid. */
const mondayMorning = Date.parse('2026-11-23T09:30:00Z');

describe('the tree of localities', () => {
  it('lists what a place lies in, nearest first', () => {
    expect(ancestors('ES-CT-BCN')).toEqual(['ES-CT-BCN', 'ES-CT', 'ES', '*']);
    expect(ancestors('*')).toEqual(['*']);
  });

  it('knows what lies in what, by whole codes', () => {
    expect(contains('ES', 'ES-CT-BCN')).toBe(true);
    expect(contains('*', 'ES')).toBe(true);
    expect(contains('ES-C', 'ES-CT')).toBe(false);
    expect(contains('ES-CT', 'ES')).toBe(false);
  });

  it('measures steps, and nothing joins two countries', () => {
    expect(treeDistance('ES-CT-BCN', 'ES-CT')).toBe(1);
    expect(treeDistance('ES-CT', 'ES-MD')).toBe(2);
    expect(treeDistance('ES', 'CL')).toBeNull();
    expect(treeDistance('ES', '*')).toBe(10);
    expect(commonAncestor(['ES-CT-BCN', 'ES-MD'])).toBe('ES');
    expect(commonAncestor(['ES', 'CL'])).toBe('*');
  });
});

describe('the version of an answer', () => {
  const answer = (id: string, locality: string, more: Partial<Answer> = {}): Answer =>
    Answer.parse({
      id,
      topic: 'EDU.ENR',
      locality,
      kind: 'law',
      source: 'A law',
      reviewed_by: null,
      reviewed_on: null,
      review_by: '2027-01-01',
      ...more,
    });
  const versions = createAnswerVersions([
    answer('Q04', '*'),
    answer('Q05', 'ES-CT', { replaces: 'Q04' }),
    answer('Q06', 'ES', { replaces: 'Q04', review_by: '2026-11-21' }),
    answer('Q38', 'TH'),
  ]);

  it('is the most local one', () => {
    expect(versions.pick('Q04', 'ES-CT-BCN', today)?.id).toBe('Q05');
    expect(versions.pick('Q04', 'ES-MD', today)?.id).toBe('Q06');
    expect(versions.pick('Q04', 'CL', today)?.id).toBe('Q04');
  });

  it('is not one past its review date, which counts through that day', () => {
    expect(versions.pick('Q04', 'ES-MD', '2026-11-22')?.id).toBe('Q04');
    expect(versions.pick('Q38', 'TH', '2027-01-02')).toBeNull();
  });

  it('is the general one where the place is not known, and a local one only by its own id', () => {
    expect(versions.pick('Q04', null, today)?.id).toBe('Q04');
    expect(versions.pick('Q38', null, today)?.id).toBe('Q38');
    expect(versions.pick('Q38', 'ES', today)).toBeNull();
    expect(versions.pick('Q99', null, today)).toBeNull();
  });
});

describe('emergency numbers', () => {
  const settings = (numbers: [locality: string, number: string][], localities = ['ES', 'ES-CT']): HotlineSettings =>
    HotlineSettings.parse({
      id: 'demo',
      demonstration: true,
      languages: ['es'],
      required_languages: ['es'],
      source_language: 'es',
      default_language: 'es',
      localities,
      entry_flow: 'welcome',
      menu_flow: 'menu',
      timezone: 'Europe/Madrid',
      desk: {},
      retention: {},
      limits: {},
      emergency_numbers: numbers.map(([locality, number]) => ({ locality, number, signed_by: 'A person', signed_on: today })),
    });

  it('are told only where a person signed them', () => {
    expect(emergencyNumber(settings([]), 'ES')).toBeNull();
    expect(emergencyNumber(settings([['ES', '112']]), 'ES-CT-BCN')).toBe('112');
    expect(emergencyNumber(settings([['ES', '112']]), 'CL')).toBeNull();
    expect(
      emergencyNumber(
        settings([
          ['ES', '112'],
          ['ES-CT', '113'],
        ]),
        'ES-CT-BCN',
      ),
    ).toBe('113');
  });

  it('count for a person of unknown place when they hold for the whole hotline', () => {
    expect(emergencyNumber(settings([['ES', '112']]), null)).toBe('112');
    expect(emergencyNumber(settings([['ES-CT', '112']]), null)).toBeNull();
    expect(emergencyNumber(settings([['ES', '112']], ['*', 'ES']), null)).toBeNull();
  });
});

const place = (id: string, more: Record<string, unknown> = {}): Place =>
  Place.parse({
    id,
    name: `Place ${id}`,
    topics: ['EDU.SUP'],
    locality: 'ES-CT-BCN',
    phones: ['+34931234567'],
    asks_for_papers: 'unknown',
    shares_with_authorities: 'unknown',
    confirm_locally: false,
    source: 'A list',
    verify_by: '2027-01-01',
    ...more,
  });

describe('opening hours', () => {
  const weekdays = { byday: ['MO', 'TU', 'WE', 'TH', 'FR'], opens_at: '09:00', closes_at: '14:00' };
  const open = (hours: unknown[], at: string, more: Record<string, unknown> = {}): boolean =>
    isOpen(place('aa', { hours, ...more }), Date.parse(at), 'Europe/Madrid');

  it('are read in the place’s own time zone', () => {
    expect(open([weekdays], '2026-11-23T09:30:00Z')).toBe(true);
    expect(open([weekdays], '2026-11-23T13:00:00Z')).toBe(false);
    expect(open([weekdays], '2026-11-23T13:00:00Z', { timezone: 'America/Santiago' })).toBe(true);
    expect(open([weekdays], '2026-11-22T09:30:00Z')).toBe(false);
  });

  it('may run past midnight, and unknown hours are not open', () => {
    const night = { byday: ['SU'], opens_at: '22:00', closes_at: '06:00' };
    expect(open([night], '2026-11-23T03:00:00Z')).toBe(true);
    expect(open([night], '2026-11-23T06:00:00Z')).toBe(false);
    expect(open([night], '2026-11-22T22:00:00Z')).toBe(true);
    expect(open([], '2026-11-23T09:30:00Z')).toBe(false);
  });
});

describe('the directory', () => {
  const directory = (places: Place[]): PlaceDirectory => ({
    places,
    area: 'ES',
    localities: createLocalityTree([Locality.parse({ code: 'ES-MD', latitude: 40.417, longitude: -3.704 })]),
    timezone: 'Europe/Madrid',
  });
  const find = (places: Place[], query: Record<string, unknown> = {}): string[] =>
    findPlaces(directory(places), { topic: 'EDU.SUP', locality: 'ES-CT-BCN', limit: 3, ...query }, mondayMorning, today).map(
      (found) => found.id,
    );

  it('lists the nearest in the tree first, and never another country', () => {
    const places = [
      place('cl', { locality: 'CL' }),
      place('all', { locality: '*' }),
      place('md', { locality: 'ES-MD' }),
      place('es', { locality: 'ES' }),
      place('bcn'),
    ];
    expect(find(places, { limit: 9 })).toEqual(['bcn', 'es', 'md', 'all']);
    expect(find(places, { limit: 1 })).toEqual(['bcn']);
    expect(find(places, { locality: null, limit: 9 })).toEqual(['es', 'md', 'bcn', 'all']);
  });

  it('measures kilometres when a location was shared', () => {
    const places = [
      place('far', { latitude: 41.6, longitude: 2.2 }),
      place('near', { latitude: 41.39, longitude: 2.17 }),
      place('madrid', { locality: 'ES-MD' }),
    ];
    expect(find(places, { near: { latitude: 41.387, longitude: 2.169 }, limit: 9 })).toEqual(['near', 'far']);
  });

  it('finds by topic, its parent and its branches, the exact topic first', () => {
    const places = [place('aa_parent', { topics: ['EDU'] }), place('exact'), place('other', { topics: ['EDU.LAN'] })];
    expect(find(places)).toEqual(['exact', 'aa_parent']);
    expect(find(places, { topic: 'EDU', limit: 9 })).toEqual(['aa_parent', 'exact', 'other']);
  });

  it('filters by who is welcome and by what is open now', () => {
    const hours = [{ byday: ['MO'], opens_at: '09:00', closes_at: '14:00' }];
    const places = [
      place('women', { women_only: true }),
      place('staff', { female_staff: true, hours }),
      place('kids', { child_friendly: true }),
    ];
    expect(find(places, { womenOnly: true })).toEqual(['women']);
    expect(find(places, { femaleStaff: true })).toEqual(['staff', 'women']);
    expect(find(places, { childFriendly: true })).toEqual(['kids']);
    expect(find(places, { openNow: true })).toEqual(['staff']);
  });

  it('never gives a protected address away', () => {
    const hidden = place('safe', {
      protected_address: true,
      address: 'Carrer Secret 1',
      latitude: 41.4,
      longitude: 2.1,
      url: 'https://example.org/safe',
    });
    const [found] = findPlaces(directory([hidden]), { topic: 'EDU.SUP', locality: 'ES', limit: 3 }, mondayMorning, today);
    expect(found?.phones).toEqual(['+34931234567']);
    expect(JSON.stringify(found)).not.toMatch(/Secret|41\.4|2\.1|example\.org/);
  });

  it('says to confirm a place whose date has passed', () => {
    const [found] = findPlaces(
      directory([place('old', { verify_by: '2026-11-20' })]),
      { topic: 'EDU.SUP', locality: 'ES', limit: 3 },
      mondayMorning,
      today,
    );
    expect(found?.confirm_locally).toBe(true);
  });
});
