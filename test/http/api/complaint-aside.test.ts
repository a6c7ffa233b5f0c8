// A complaint over HTTP, on both stores: whoever has the case of a person sees nothing of it, by any route.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../support/app.ts';
import { openApiDesk, type ApiDesk } from '../../support/api-desk.ts';
import { BACKENDS, makePlace, type Place } from '../../support/places.ts';
import { createQuietSurface, type QuietSurface } from '../../support/quiet-surface.ts';
import type { StaffPerson } from '../../support/staff.ts';

const HOUR = 3_600_000;

describe.each(BACKENDS)('a complaint in what a case shows on %s', (backend) => {
  let place: Place;
  let desk: ApiDesk;
  let surface: QuietSurface;
  let paz: StaffPerson;
  beforeAll(async () => {
    place = await makePlace(backend);
    surface = createQuietSurface();
    desk = await openApiDesk(place, { surface: surface.module });
    paz = await desk.join({ alias: 'Paz', roles: ['private_caseworker'] });
  }, 60_000);
  afterAll(async () => {
    await desk.close();
    await place.drop();
  });

  const of = (id: string) => ({ params: { id } });
  const say = async (person: Person, ...texts: string[]): Promise<void> => {
    for (const text of texts) await person.send(text);
  };
  /** Everything that the API tells somebody of a case, and what its history in the person's own hands says. */
  async function seenBy(who: StaffPerson, id: string) {
    const view = await who.call('readCase', of(id));
    const { timeline } = await who.call('readTimeline', of(id));
    const texts = view.timeline.flatMap((item) => (item.type === 'message' ? [item.text] : []));
    return { view, texts, all: JSON.stringify([view, timeline, (await who.call('listCases', { query: { limit: '100' } })).cases]) };
  }
  const ownHistory = async ({ address }: Person): Promise<string> =>
    JSON.stringify(await desk.hotline.app.service.context.history('test', address, 0));

  it('is in neither summary nor timeline nor thread of whoever it is about', async () => {
    const maria = desk.hotline.person();
    await say(maria, 'hola', '1', 'queja', '1', 'la oficina del puente', 'La trabajadora Ana me pidió dinero');
    const id = await desk.ask(maria);
    const { view, texts, all } = await seenBy(desk.ana, id);
    expect(all).not.toMatch(/pidió dinero|del puente|queja/i);
    expect(view.summary).not.toMatch(/complaint/);
    expect(texts).toContain('hola');
    await expect.poll(() => surface.announced.some((notice) => notice.caseId === id)).toBe(true);
    expect(JSON.stringify(surface)).not.toMatch(/pidió dinero|del puente/);
    expect(await ownHistory(maria)).toMatch(/La trabajadora Ana me pidió dinero/);
    // What comes then is for whoever has the case, though the complaint was never finished.
    await desk.ana.call('claimCase', of(id));
    await say(maria, 'perdí mis papeles');
    expect((await seenBy(desk.ana, id)).texts).toContain('perdí mis papeles');
  });

  it('that is made while a case waits is not counted, and not told in its thread', async () => {
    const maria = desk.hotline.person();
    const id = await desk.ask(maria);
    await say(maria, 'tengo un problema');
    const before = (await seenBy(desk.ana, id)).view.item.unanswered;
    expect(before).toBeGreaterThan(0);
    await say(maria, 'menú', 'queja', '1', 'la oficina del faro', 'Me gritaron', 'sí');
    const number = /Q-\d{6}/.exec(maria.heard().join())?.[0] ?? '';
    await say(maria, `estado ${number}`);
    const { view, all } = await seenBy(desk.ana, id);
    expect(number).not.toBe('');
    expect(all).not.toMatch(/del faro|gritaron|Q-\d{6}/);
    // The word that opened the menu.
    expect(view.item.unanswered).toBe(before + 1);
    await desk.ana.call('claimCase', of(id));
    await say(maria, 'ya volví');
    await expect.poll(() => surface.relayed.some(({ text }) => text === 'ya volví')).toBe(true);
    expect(JSON.stringify(surface.relayed)).not.toMatch(/del faro|gritaron|Q-\d{6}/);
  });

  it('about staff does not show to a private caseworker, neither then nor later', async () => {
    const maria = desk.hotline.person();
    await say(maria, 'hola', '1', 'queja', '2', 'sí', 'persona');
    const id = await desk.ask(maria);
    const now = await seenBy(paz, id);
    expect(now.view.item.private).toBe(true);
    expect(now.all).not.toMatch(/queja|que trabaja|Q-\d{6}|\bFBK\b/i);
    expect(await ownHistory(maria)).toMatch(/Q-\d{6}/);
    await paz.call('claimCase', of(id));
    await paz.call('closeCase', { ...of(id), body: { outcome: 'answered' } });
    // What the closing says must be out before time leaps.
    await desk.hotline.settle();
    desk.hotline.pass(80 * HOUR);
    await say(maria, 'hola', '1');
    const later = await seenBy(paz, await desk.ask(maria));
    expect(later.view.history.length).toBeGreaterThan(0);
    expect(later.all).not.toMatch(/queja|que trabaja|Q-\d{6}|\bFBK\b/i);
  });
});
