// Opening hours of the desk in its own time zone, across weekends, holidays and the change of clocks.
import { describe, expect, it } from 'vitest';
import { deskOpening } from '../../src/desk/opening.ts';

const desk = {
  hours: [{ byday: ['MO', 'TU', 'WE', 'TH', 'FR'] as const, opens_at: '09:00', closes_at: '18:00' }].map((h) => ({
    ...h,
    byday: [...h.byday],
  })),
  holidays: ['2026-12-08'],
  minutes_to_answer: 20,
};
const at = (utc: string): number => Date.parse(utc);

describe('opening hours', () => {
  it('is open within hours of the local day', () => {
    expect(deskOpening(desk, 'Europe/Madrid', at('2026-11-20T10:00:00Z'))).toEqual({ open: true, opensAt: '2026-11-23T09:00' });
  });
  it('says the same day before opening', () => {
    expect(deskOpening(desk, 'Europe/Madrid', at('2026-11-20T07:00:00Z'))).toEqual({ open: false, opensAt: '2026-11-20T09:00' });
  });
  it('goes over a weekend and a holiday', () => {
    expect(deskOpening(desk, 'Europe/Madrid', at('2026-12-07T18:30:00Z')).opensAt).toBe('2026-12-09T09:00');
  });
  it('follows summer time', () => {
    expect(deskOpening(desk, 'Europe/Madrid', at('2026-07-01T07:30:00Z')).open).toBe(true);
    expect(deskOpening(desk, 'Europe/Madrid', at('2026-12-01T07:30:00Z')).open).toBe(false);
  });
  it('knows no opening where no hours are set', () => {
    expect(deskOpening({ hours: [], holidays: [], minutes_to_answer: 20 }, 'UTC', at('2026-11-20T10:00:00Z'))).toEqual({
      open: false,
      opensAt: null,
    });
  });
});
