// Changing content over real HTTP on both stores: a draft, what follows from an edit, two editors, signatures, approval, publishing while
// somebody is in the middle of the flow, a newer release, and the way back. Who may what; and what is refused says what to do.
import { copyFileSync, mkdirSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DraftView, TextsView } from '../../../src/api/content-shapes.ts';
import { verifyAudit } from '../../../src/store/audit.ts';
import { openApiDesk, type ApiDesk } from '../../support/api-desk.ts';
import { BACKENDS, makePlace, type Place } from '../../support/places.ts';
import type { StaffPerson } from '../../support/staff.ts';

/** This project's content with two of its transcripts: all of them are played by a test of their own. */
function contentFolder(): string {
  const root = path.resolve(import.meta.dirname, '../../..');
  const folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-content-'));
  for (const name of ['flows', 'locales']) symlinkSync(path.join(root, name), path.join(folder, name));
  mkdirSync(path.join(folder, 'test/flows'), { recursive: true });
  for (const name of ['work.es.yaml', 'welcome.es.yaml'])
    copyFileSync(path.join(root, 'test/flows', name), path.join(folder, 'test/flows', name));
  return folder;
}

describe.each(BACKENDS)('content on %s', (backend) => {
  let place: Place;
  let desk: ApiDesk;
  let eva: StaffPerson;
  let rosa: StaffPerson;
  beforeAll(async () => {
    place = await makePlace(backend);
    desk = await openApiDesk(place, { folder: contentFolder() });
    eva = await desk.join({ alias: 'Eva', roles: ['editor'], languages: ['en', 'es', 'fr', 'ar'], deskIds: [] });
    rosa = await desk.join({ alias: 'Rosa', roles: ['reviewer'], languages: ['en', 'es', 'fr', 'ar'], deskIds: [] });
  }, 60_000);
  afterAll(async () => {
    await desk.close();
    await place.drop();
  });

  const begin = async (title: string, who = eva): Promise<string> => (await who.call('createDraft', { body: { title } })).id;
  const of = (id: string) => ({ params: { id } });
  const entry = async (id: string, address: string) =>
    (await eva.call('readEntries', { params: { source: id }, query: { file: address.slice(0, address.indexOf('#')) } })).entries.find(
      (one) => one.address === address,
    );
  const edit = async (id: string, address: string, value: unknown, who = eva) =>
    who.call('editDraft', { ...of(id), body: { edits: [{ address, value, expects: (await entry(id, address))?.revision ?? 0 }] } });
  const approved = async (id: string): Promise<DraftView> => {
    const { revision } = await eva.call('readDraft', of(id));
    return rosa.call('approveDraft', { ...of(id), body: { revision, language: null } });
  };
  const publish = async (id: string) => {
    const { revision } = await approved(id);
    return eva.call('publishDraft', { ...of(id), body: { revision } });
  };

  it('a changed source makes its translations stale, which keeps it from being published until they are mended', async () => {
    const id = await begin('Say hello anew');
    const first = (await eva.call('readTexts', {
      params: { source: id },
      query: { namespace: 'menu', languages: 'es,fr,ar' },
    })) as TextsView;
    const key = first.rows.find(({ cells }) => typeof cells['en']?.value === 'string' && cells['ar']?.value != null)?.key ?? '';
    const address = (tag: string): string => `locales/${tag}/menu.json#${key.slice('menu:'.length)}`;
    await edit(id, address('en'), 'What do you need today?');
    const texts = await eva.call('readTexts', {
      params: { source: id },
      query: { namespace: 'menu', languages: 'es,fr,ar', state: 'stale' },
    });
    expect(texts.rows.map((row) => [row.key, row.cells['es']?.state, row.cells['fr']?.state, row.cells['ar']?.state])).toEqual([
      [key, 'stale', 'stale', 'stale'],
    ]);
    const blocked = await publish(id);
    expect(blocked.number).toBeNull();
    expect(blocked.check?.problems.filter(({ code }) => code === 'text.stale').map(({ address: stale }) => stale)).toHaveLength(3);
    await edit(id, address('es'), '¿Qué necesita hoy?');
    await edit(id, address('fr'), "De quoi avez-vous besoin aujourd'hui ?");
    await edit(id, address('ar'), 'ماذا تحتاج اليوم؟');
    const { problems } = await eva.call('checkDraft', of(id));
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    const told = await eva.call('readDraft', of(id));
    expect(told.differences.filter(({ kind }) => kind === 'text')).toHaveLength(4);
    expect(told.differences.every(({ by }) => by === 'Eva')).toBe(true);
  });

  it('two editors of one step both see it, and nothing is lost', async () => {
    const id = await begin('A step');
    const step = 'flows/school.yaml#steps/early_words';
    const seen = await entry(id, step);
    await edit(id, step, { ...(seen?.value as object), timeout: { seconds: 60, to: 'end' } });
    const mine = { say: 'early_words', next: 'helped' };
    const admin = await desk.join({ alias: 'Max', roles: ['administrator'], languages: ['en'], deskIds: [] });
    const outcome = await admin.call('editDraft', {
      ...of(id),
      body: { edits: [{ address: step, value: mine, expects: seen?.revision ?? 0 }] },
    });
    expect(outcome.applied).toBe(false);
    expect(outcome.conflicts).toMatchObject([{ address: step, kind: 'flow_step', mine, by: 'Eva' }]);
    expect(outcome.conflicts[0]?.theirs).toMatchObject({ timeout: { seconds: 60 } });
    const again = [{ address: step, value: mine, expects: outcome.conflicts[0]?.revision }];
    expect((await admin.call('editDraft', { ...of(id), body: { edits: again } })).applied).toBe(true);
    expect((await entry(id, step))?.value).toEqual(mine);
  });

  it('whoever wrote it does not approve it; an approval is of one revision', async () => {
    const id = await begin('Minutes');
    const address = 'flows/settings/hotline.yaml#complaint_answer_days';
    await edit(id, address, 14);
    const lone = await desk.join({ alias: 'Lone', roles: ['editor', 'reviewer'], languages: ['en'], deskIds: [] });
    await edit(id, address, 13, lone);
    const { revision } = await eva.call('readDraft', of(id));
    expect(await lone.ask('approveDraft', { ...of(id), body: { revision, language: null } })).toMatchObject({
      status: 409,
      body: { error: { code: 'content.refused' } },
    });
    expect((await eva.call('publishDraft', { ...of(id), body: { revision } })).needs.approval).toBe(true);
    expect((await approved(id)).needs.approval).toBe(false);
    await edit(id, address, 12);
    expect((await eva.call('readDraft', of(id))).needs.approval).toBe(true);
    const published = await publish(id);
    expect(published.number).toBeGreaterThan(1);
    expect(desk.hotline.app.service.services.releases.current().settings.complaint_answer_days).toBe(12);
    expect(await eva.ask('editDraft', { ...of(id), body: { edits: [{ address, value: 11, expects: 0 }] } })).toMatchObject({ status: 409 });
  });

  it('what two drafts change in different places is merged; what both changed is decided by a person', async () => {
    const days = 'flows/settings/hotline.yaml#complaint_answer_days';
    const prices = 'flows/settings/hotline.yaml#prices';
    const [one, two] = [await begin('One'), await begin('Two')];
    await edit(one, days, 20);
    await edit(two, days, 21);
    await edit(two, prices, { currency: 'EUR', sms_segment: 0.07 });
    expect((await publish(one)).number).toBeGreaterThan(1);
    const behind = await eva.call('readDraft', of(two));
    expect(behind).toMatchObject({ behind: true, conflicts: [{ address: days, base: 12, mine: 21, theirs: 20 }] });
    const refused = await publish(two);
    expect(refused).toMatchObject({ number: null, conflicts: [{ address: days }] });
    await eva.call('resolveConflicts', { ...of(two), body: { resolutions: [{ address: days, take: 'theirs' }] } });
    expect(await publish(two)).toMatchObject({ number: expect.any(Number) as number });
    const { settings } = desk.hotline.app.service.services.releases.current();
    expect([settings.complaint_answer_days, settings.prices?.sms_segment]).toEqual([20, 0.07]);
  });

  it('a release is put back in one step, word for word', async () => {
    const { releases } = await eva.call('listReleases');
    const [newest] = releases;
    const first = releases.at(-1);
    const { number } = await eva.call('rollBack', { params: { number: String(first?.number) } });
    const after = await eva.call('listReleases');
    expect(after.releases[0]).toMatchObject({ number, hash: first?.hash, rolledBackTo: first?.number, publishedBy: 'Eva', current: true });
    const back = await eva.call('compareContent', { query: { from: String(first?.number), to: String(number) } });
    expect(back.total).toBe(0);
    const forth = await eva.call('compareContent', { query: { from: String(number), to: String(newest?.number) } });
    expect(forth.differences.map(({ address }) => address).toSorted()).toEqual([
      'flows/settings/hotline.yaml#complaint_answer_days',
      'flows/settings/hotline.yaml#prices',
    ]);
  });

  it('a conversation ends in the release in which it began; the next one has the new words', async () => {
    const [before, after] = [desk.hotline.person(), desk.hotline.person()];
    const school = ['de acuerdo', 'saltar', '2', '2'];
    await before.send('hola');
    for (const words of school) await before.send(words);
    before.expect('¿En qué ciudad o país?');
    const id = await begin('Another question');
    await eva.call('editDraft', {
      ...of(id),
      body: { edits: [{ address: 'locales/es/school.json#need', value: '¿Qué desea saber ahora?', expects: 0 }] },
    });
    expect(await publish(id)).toMatchObject({ number: expect.any(Number) as number });
    await before.send('Tailandia');
    before.expect('¿Qué quiere saber?');
    await after.send('hola');
    for (const words of [...school, 'Tailandia']) await after.send(words);
    after.expect('¿Qué desea saber ahora?');
  });

  it('a translator writes only their languages, a partner proposes only their own places, and a signature is never typed', async () => {
    const tom = await desk.join({ alias: 'Tom', roles: ['translator'], languages: ['fr'], deskIds: [] });
    const id = await begin('French', tom);
    const french =
      (await entry(id, 'locales/fr/menu.json#again')) ??
      (await eva.call('readEntries', { params: { source: id }, query: { file: 'locales/fr/menu.json' } })).entries[0];
    expect((await edit(id, french?.address ?? '', 'Bonjour', tom)).applied).toBe(true);
    const english = french?.address.replace('/fr/', '/en/') ?? '';
    expect(await tom.ask('editDraft', { ...of(id), body: { edits: [{ address: english, value: 'x', expects: 0 }] } })).toMatchObject({
      status: 409,
      body: { error: { message: expect.stringContaining('You translate fr') as string } },
    });
    const numbers = 'flows/settings/hotline.yaml#emergency_numbers';
    const typed = [{ locality: 'ES', number: '112', signed_by: 'Nobody', signed_on: '2026-11-30' }];
    expect(await eva.ask('editDraft', { ...of(id), body: { edits: [{ address: numbers, value: typed, expects: 0 }] } })).toMatchObject({
      status: 409,
    });
    await rosa.call('signEmergencyNumber', { ...of(id), body: { locality: 'ES', number: '112' } });
    expect((await entry(id, numbers))?.value).toMatchObject([{ locality: 'ES', number: '112', signed_by: 'Rosa' }]);
    const review = french?.address.replace('menu.json#', 'review.json#texts/menu:') ?? '';
    expect(
      await eva.ask('editDraft', { ...of(id), body: { edits: [{ address: review, value: { state: 'reviewed' }, expects: 0 }] } }),
    ).toMatchObject({ status: 409 });
    await rosa.call('signTexts', { ...of(id), body: { addresses: [french?.address], reviewed: true } });
    expect((await entry(id, review))?.value).toMatchObject({ state: 'reviewed', by: 'Rosa' });
  });

  it('a partner sees and proposes their own places alone; where a shelter is, only editors see', async () => {
    const sol = await desk.join({ alias: 'Sol', roles: ['partner'], organisationId: 'clinic', deskIds: [], languages: [] });
    const id = await begin('Places');
    const place = (name: string, organization: string, more: object = {}) => ({
      id: name,
      name: 'A place',
      organization,
      topics: ['HOU'],
      locality: 'ES',
      address: 'Calle Mayor 1',
      asks_for_papers: 'no',
      shares_with_authorities: 'no',
      confirm_locally: true,
      source: 'the partner',
      verify_by: '2027-06-30',
      ...more,
    });
    const at = (name: string): string => `flows/directory/places.yaml#${name}`;
    await edit(id, at('clinic_door'), place('clinic_door', 'Clinic'));
    await edit(id, at('shelter'), place('shelter', 'Casa', { protected_address: true }));
    const seenBy = async (who: StaffPerson) =>
      (await who.call('readEntries', { params: { source: id }, query: { kinds: 'place' } })).entries;
    expect((await seenBy(sol)).map(({ address }) => address)).toEqual([at('clinic_door')]);
    const shelter = (await seenBy(rosa)).find(({ address }) => address === at('shelter'))?.value;
    expect(shelter).toMatchObject({ protected_address: true });
    expect(shelter).not.toHaveProperty('address');
    const draft = await rosa.call('readDraft', of(id));
    expect(JSON.stringify(draft.differences.filter(({ name }) => name === 'shelter'))).not.toContain('Calle Mayor');
    expect((await seenBy(eva)).find(({ address }) => address === at('shelter'))?.value).toHaveProperty('address');
    const { id: proposal } = await sol.call('createDraft', { body: { title: 'Our hours' } });
    const own = [{ address: at('clinic_new'), value: place('clinic_new', 'Clinic'), expects: 0 }];
    expect((await sol.call('editDraft', { ...of(proposal), body: { edits: own } })).applied).toBe(true);
    const others = [{ address: at('other_new'), value: place('other_new', 'Casa'), expects: 0 }];
    expect(await sol.ask('editDraft', { ...of(proposal), body: { edits: others } })).toMatchObject({ status: 409 });
    expect(await sol.ask('publishDraft', { ...of(proposal), body: { revision: 1 } })).toMatchObject({ status: 403 });
  });

  it('the private lane is opened in a language by somebody who reads it, once all its texts are reviewed', async () => {
    const id = await begin('Private lane');
    const lane = { ...of(id), body: { language: 'es', signed: true } };
    expect(await rosa.ask('signPrivateLane', lane)).toMatchObject({
      status: 409,
      body: { error: { message: expect.stringMatching(/\d+ texts of private flows are not reviewed in es/) as string } },
    });
    const { entries: heads } = await eva.call('readEntries', { params: { source: id }, query: { kinds: 'flow_head' } });
    const flows = heads.filter(({ address, value }) => address.endsWith('#head/private') && value === true).map(({ address }) => address);
    for (const flow of flows) {
      const file = flow.replace('flows/', 'locales/es/').replace('.yaml#head/private', '.json');
      const { entries } = await eva.call('readEntries', { params: { source: id }, query: { file } });
      const addresses = entries.filter(({ value }) => typeof value === 'string').map(({ address }) => address);
      await rosa.call('signTexts', { ...of(id), body: { addresses, reviewed: true } });
    }
    await rosa.call('signPrivateLane', lane);
    const signed = 'flows/settings/hotline.yaml#private_lane_signed';
    expect((await entry(id, signed))?.value).toMatchObject({ es: { by: 'Rosa' } });
    await rosa.call('signPrivateLane', { ...of(id), body: { language: 'es', signed: false } });
    expect((await entry(id, signed))?.value).toEqual({});
    expect(await eva.ask('signPrivateLane', lane)).toMatchObject({ status: 403 });
  });

  it('an edit is undone, an entry is put back, with what followed from it', async () => {
    const id = await begin('Back');
    const { rows } = await eva.call('readTexts', { params: { source: id }, query: { namespace: 'menu', languages: 'es' } });
    const address = rows[0]?.cells['en']?.address ?? '';
    await edit(id, address, 'Something else');
    const changed = await eva.call('readDraft', of(id));
    expect(changed.changes).toBe(1);
    expect(changed.differences.length).toBeGreaterThan(1);
    await eva.call('undoEdit', of(id));
    expect((await eva.call('readDraft', of(id))).differences).toEqual([]);
    await edit(id, address, 'Something else again');
    await eva.call('revertEntry', { ...of(id), body: { addresses: [address] } });
    expect((await eva.call('readDraft', of(id))).differences).toEqual([]);
  });

  it('the audit log has every step of it and is whole', async () => {
    expect(await desk.hotline.app.store.read(verifyAudit)).toMatchObject({ intact: true });
  });
});
