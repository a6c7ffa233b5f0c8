// Whom a case is offered to, in the order of what weighs: language, training, topic, place; then whoever has least.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chooseDesk,
  inOrder,
  interpretersFor,
  lacksLanguage,
  matchCase,
  mayTake,
  type Colleague,
  type RoutedCase,
} from '../../src/desk/routing.ts';
import type { OnDuty } from '../../src/desk/shifts.ts';
import { aDesk, aMember } from '../support/staff-members.ts';

const aCase = (more: Partial<RoutedCase> = {}): RoutedCase => ({
  deskId: 'madrid',
  topic: 'HEA.CARE',
  locality: null,
  language: 'es',
  fallback: null,
  private: false,
  genderWanted: null,
  escalation: 0,
  ...more,
});
const colleague = (id: string, more: Partial<OnDuty> = {}, load = 0, onShift = true): Colleague => ({
  member: aMember(id, more),
  load,
  onShift,
});
const chosen = (colleagues: Colleague[], one: Partial<RoutedCase> = {}): string | null => {
  const match = matchCase(colleagues, aCase(one));
  return match.kind === 'offer' ? match.staffId : null;
};

describe('routing', () => {
  it('gives a case without a desk to the own organisation alone', () => {
    const partner = colleague('pablo', { organisationId: 'clinic', deskIds: ['clinic'] });
    expect(chosen([partner], { deskId: null })).toBeNull();
    expect(chosen([partner, colleague('ana')], { deskId: null })).toBe('ana');
    expect(chosen([partner], { deskId: 'clinic' })).toBe('pablo');
  });

  it('takes the language before everything else', () => {
    const ana = colleague('ana', { languages: ['es'], topics: ['HEA'] });
    const berhane = colleague('berhane', { languages: ['ti', 'en'] }, 4);
    expect(chosen([ana, berhane], { language: 'ti' })).toBe('berhane');
    expect(chosen([ana, berhane])).toBe('ana');
  });

  it('knows a language by its main part', () => {
    expect(chosen([colleague('ana', { languages: ['fr'] }), colleague('bea', { languages: ['es-419'] }, 3)])).toBe('bea');
  });

  it('gives the private lane to those who are trained for it, and keeps them free for it', () => {
    const team = [colleague('ana', {}, 3), colleague('pia', { roles: ['private_caseworker'] })];
    expect(chosen(team, { private: true })).toBe('pia');
    expect(chosen(team)).toBe('ana');
    expect(chosen([team[0] as Colleague], { private: true })).toBeNull();
  });

  it('prefers who knows the topic, then who has less', () => {
    expect(chosen([colleague('ana'), colleague('bea', { topics: ['HEA'] }, 2)])).toBe('bea');
    expect(chosen([colleague('ana', {}, 2), colleague('bea', {}, 1)])).toBe('bea');
  });

  it('never goes beyond what somebody can take, nor to those who are off shift, off, or of another desk', () => {
    expect(chosen([colleague('ana', { capacity: 2 }, 2)])).toBeNull();
    expect(chosen([colleague('ana', {}, 0, false)])).toBeNull();
    expect(chosen([colleague('ana', { active: false })])).toBeNull();
    expect(chosen([colleague('ana', { deskIds: ['lisbon'] })])).toBeNull();
    expect(chosen([colleague('ana', { roles: ['interpreter'] })])).toBeNull();
  });

  it('waits for the woman or man who was asked for, until the case is passed on', () => {
    const team = [colleague('ali', { gender: 'man' }), colleague('bea', { gender: 'woman' }, 4), colleague('x')];
    expect(chosen(team, { genderWanted: 'woman' })).toBe('bea');
    expect(chosen([team[0] as Colleague], { genderWanted: 'woman' })).toBeNull();
    expect(chosen([team[0] as Colleague], { genderWanted: 'woman', escalation: 1 })).toBe('ali');
  });

  it('comes to the duty officer at last', () => {
    const team = [colleague('ana'), colleague('dora', { roles: ['duty_officer'], languages: ['en'] }, 4)];
    expect(chosen(team, { escalation: 1 })).toBe('ana');
    expect(chosen(team, { escalation: 2 })).toBe('dora');
  });

  it('proposes an interpreter on shift where nobody has the language, and says when there is none', () => {
    const ana = colleague('ana', { languages: ['en'] });
    const selam = colleague('selam', { roles: ['interpreter'], languages: ['ti'] });
    const spoken = { language: 'ti', fallback: 'en' };
    expect(matchCase([ana, selam], aCase(spoken))).toEqual({ kind: 'offer', staffId: 'ana', interpreter: { staffId: 'selam' } });
    expect(matchCase([ana, { ...selam, onShift: false }], aCase(spoken))).toMatchObject({ interpreter: { staffId: null } });
    expect(lacksLanguage([ana, selam], aCase(spoken))).toBe(true);
    expect(interpretersFor([ana, selam], 'ti').map(({ member }) => member.id)).toEqual(['selam']);
    expect(chosen([colleague('zoe', { languages: ['fr'] }), ana], spoken)).toBe('ana');
  });

  it('offers only what somebody may take, whoever there is', () => {
    const someone = fc.record({
      roles: fc.subarray(['caseworker', 'private_caseworker', 'interpreter', 'duty_officer', 'partner'] as const),
      languages: fc.subarray(['es', 'en', 'ti']),
      deskIds: fc.subarray(['madrid', 'lisbon']),
      gender: fc.constantFrom('woman' as const, 'man' as const, null),
      capacity: fc.integer({ min: 1, max: 3 }),
      active: fc.boolean(),
    });
    const team = fc.array(fc.tuple(someone, fc.integer({ min: 0, max: 3 }), fc.boolean()), { maxLength: 8 });
    const wish = fc.record({
      private: fc.boolean(),
      language: fc.constantFrom('es', 'ti', null),
      genderWanted: fc.constantFrom('woman' as const, null),
      escalation: fc.integer({ min: 0, max: 2 }),
    });
    fc.assert(
      fc.property(team, wish, (people, wanted) => {
        const colleagues = people.map(([more, load, onShift], index) => colleague(`s${index}`, more, load, onShift));
        const match = matchCase(colleagues, aCase(wanted));
        if (match.kind === 'nobody') return;
        const found = colleagues.find(({ member }) => member.id === match.staffId) as Colleague;
        expect(mayTake(found.member, aCase(wanted))).toBe(true);
        expect(found.onShift && found.load < found.member.capacity).toBe(true);
        const speaks = (one: Colleague): boolean => wanted.language === null || one.member.languages.includes(wanted.language);
        if (speaks(found) || wanted.escalation === 2) return;
        const able = colleagues.filter((one) => one.onShift && one.load < one.member.capacity && mayTake(one.member, aCase(wanted)));
        const fits = able.filter(
          (one) => wanted.genderWanted === null || wanted.escalation > 0 || one.member.gender === wanted.genderWanted,
        );
        expect(fits.some(speaks)).toBe(false);
      }),
    );
  });
});

describe('the line', () => {
  it('goes by priority, then by who has waited longest', () => {
    const one = (priority: 'normal' | 'urgent' | 'emergency', waitingSince: number | null, openedAt = 0) => ({
      priority,
      waitingSince,
      openedAt,
    });
    const cases = [one('normal', 1), one('urgent', 9), one('emergency', 5), one('urgent', 3), one('normal', null, 0)];
    expect(inOrder(cases)).toEqual([cases[2], cases[3], cases[1], cases[4], cases[0]]);
  });
});

describe('desks', () => {
  const all = aDesk({ id: 'all' });
  const health = aDesk({ id: 'health', topics: ['HEA'] });
  const cadiz = aDesk({ id: 'cadiz', localities: ['ES-CA'] });
  const choose = (topic: string | null, locality: string | null, staffed: (id: string) => boolean = () => true): string | undefined =>
    chooseDesk([all, health, cadiz], { topic, locality }, ({ id }) => staffed(id))?.id;

  it('get what is theirs by topic, then by place; the rest comes to the one that takes all', () => {
    expect(choose('HEA.CARE', 'ES-CA')).toBe('health');
    expect(choose('EDU.ENR', 'ES-CA-TAR')).toBe('cadiz');
    expect(choose('EDU.ENR', 'ES-CAT')).toBe('all');
    expect(choose(null, null)).toBe('all');
  });
  it('are passed over where nobody works', () => {
    expect(choose('HEA.CARE', null, (id) => id !== 'health')).toBe('all');
  });
});
