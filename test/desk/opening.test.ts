// Opening hours of the desk in its own time zone, across weekends, holidays and the change of clocks.
import { describe, expect, it } from 'vitest';
import { asLocal, defaultDesk, deskOpening } from '../../src/desk/opening.ts';

const settings = {
  hours: [{ byday: ['MO', 'TU', 'WE', 'TH', 'FR'] as const, opens_at: '09:00', closes_at: '18:00' }].map((h) => ({
    ...h,
    byday: [...h.byday],
  })),
  holidays: ['2026-12-08'],
  minutes_to_answer: 20,
};
const at = (utc: string): number => Date.parse(utc);
const desk = defaultDesk({ desk: settings, timezone: 'Europe/Madrid' });
const SLACK = { members: [], shifts: [], guests: true };

function slackAt(utc: string) {
  const { open, opensAt } = deskOpening(desk, SLACK, at(utc));
  return { open, opensAt: opensAt === null ? null : asLocal(opensAt, desk) };
}

describe('opening hours', () => {
  it('is open within hours of the local day', () => {
    expect(slackAt('2026-11-20T10:00:00Z')).toEqual({ open: true, opensAt: '2026-11-23T09:00' });
  });
  it('says the same day before opening', () => {
    expect(slackAt('2026-11-20T07:00:00Z')).toEqual({ open: false, opensAt: '2026-11-20T09:00' });
  });
  it('goes over a weekend and a holiday', () => {
    expect(slackAt('2026-12-07T18:30:00Z').opensAt).toBe('2026-12-09T09:00');
  });
  it('follows summer time', () => {
    expect(slackAt('2026-07-01T07:30:00Z').open).toBe(true);
    expect(slackAt('2026-12-01T07:30:00Z').open).toBe(false);
  });
  it('knows no opening where no hours are set', () => {
    const unset = defaultDesk({ desk: { hours: [], holidays: [], minutes_to_answer: 20 }, timezone: 'UTC' });
    expect(deskOpening(unset, SLACK, at('2026-11-20T10:00:00Z'))).toEqual({ staffed: true, open: false, opensAt: null });
  });
});
