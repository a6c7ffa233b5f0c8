// The stream of changes over real HTTP on both stores: nothing is missed over a lost connection, nobody hears of what is not theirs.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StreamEvent } from '../../../src/api/case-operations.ts';
import { loadCase, updateCase } from '../../../src/store/cases.ts';
import { noteDeskChange } from '../../../src/store/desk-changes.ts';
import { endStaffSessions } from '../../../src/store/staff-sessions.ts';
import { openApiDesk, type ApiDesk } from '../../support/api-desk.ts';
import { openEventStream } from '../../support/event-stream.ts';
import { BACKENDS, makePlace, type Place } from '../../support/places.ts';

const changed = (event: StreamEvent): string[] => (event.type === 'cases' ? event.cases.map(({ id }) => id) : []);
const removed = (event: StreamEvent): string[] => (event.type === 'cases' ? event.removed : []);

describe.each(BACKENDS)('the stream on %s', (backend) => {
  let place: Place;
  let desk: ApiDesk;
  beforeAll(async () => {
    place = await makePlace(backend);
    desk = await openApiDesk(place);
  }, 60_000);
  afterAll(async () => {
    await desk.close();
    await place.drop();
  });

  const of = (id: string) => ({ params: { id } });
  const change = (id: string, what: Parameters<typeof updateCase>[2]) =>
    desk.hotline.app.store.transaction(async (tx) => {
      await updateCase(tx, id, what);
      await noteDeskChange(tx, 'case', id);
    });

  it('tells of a new case, of a claim and of each message', async () => {
    const stream = await openEventStream(desk.url, desk.ben);
    expect(stream.status).toBe(200);
    await expect.poll(stream.lastId).not.toBeNull();
    const maria = desk.hotline.person();
    const id = await desk.ask(maria);
    await stream.until((event) => changed(event).includes(id));
    await desk.ana.call('claimCase', of(id));
    await stream.until((event) => event.type === 'cases' && event.cases.some((one) => one.id === id && one.assignee?.alias === 'Ana'));
    await maria.send('una palabra más');
    await stream.until((event) => event.type === 'cases' && event.cases.some((one) => one.id === id && one.unanswered > 0));
    expect(JSON.stringify(stream.events)).not.toContain('palabra');
    stream.cut();
  });

  it('goes on without a gap where it was cut, while 200 changes come', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 4; n++) ids.push(await desk.ask());
    const start = await desk.ana.call('listCases');
    const versions = new Map<string, number>();
    const keep = (events: readonly StreamEvent[]): void => {
      for (const event of events) {
        expect(event.type).not.toBe('resync');
        if (event.type === 'cases') for (const { id, version } of event.cases) versions.set(id, version);
      }
    };
    const work = { done: false };
    const writing = (async () => {
      for (let n = 0; n < 200; n++) await change(ids[n % ids.length] ?? '', { priority: n % 2 === 0 ? 'urgent' : 'normal' });
      work.done = true;
    })();
    let cursor: string | undefined = start.cursor;
    while (!work.done) {
      const stream = await openEventStream(desk.url, desk.ana, cursor);
      await new Promise((resolve) => setTimeout(resolve, 60));
      stream.cut();
      keep(stream.events);
      cursor = stream.lastId() ?? cursor;
    }
    await writing;
    const last = await openEventStream(desk.url, desk.ana, cursor);
    const wanted = new Map<string, number>();
    for (const { id, version } of (await desk.ana.call('listCases', { query: { limit: '100' } })).cases)
      if (ids.includes(id)) wanted.set(id, version);
    await expect
      .poll(
        () => {
          keep(last.events);
          return [...wanted].every(([id, version]) => versions.get(id) === version);
        },
        { timeout: 10_000 },
      )
      .toBe(true);
    last.cut();
  });

  it('asks to load everything again where the cursor is unknown', async () => {
    const stream = await openEventStream(desk.url, desk.ana, 'nonsense');
    await stream.until((event) => event.type === 'resync');
    stream.cut();
  });

  it('tells nobody of cases of another desk or of the private lane, and takes away what is theirs no more', async () => {
    const lena = await desk.join({ alias: 'Lena', deskIds: ['legal'] });
    const ida = await desk.join({ alias: 'Ida', roles: ['interpreter'] });
    const [ofLena, ofIda, ofAna] = await Promise.all([lena, ida, desk.ana].map((who) => openEventStream(desk.url, who)));
    await expect.poll(() => [ofLena, ofIda, ofAna].every((stream) => stream?.lastId() !== null)).toBe(true);
    const id = await desk.ask();
    await ofAna?.until((event) => changed(event).includes(id));
    await change(id, { private: true });
    await ofAna?.until((event) => removed(event).includes(id));
    await change(id, { private: false, deskId: 'legal' });
    await ofLena?.until((event) => changed(event).includes(id));
    await desk.hotline.app.store.read(async (reader) => expect(await loadCase(reader, id)).toMatchObject({ deskId: 'legal' }));
    await change(id, { deskId: 'main' });
    await ofLena?.until((event) => removed(event).includes(id));
    expect(
      ofAna?.events.filter((event) => event.type === 'cases' && event.cases.some((one) => one.deskId === 'legal' || one.private)),
    ).toEqual([]);
    expect(JSON.stringify(ofIda?.events)).not.toContain(id);
    for (const stream of [ofLena, ofIda, ofAna]) stream?.cut();
  });

  it('names no case of others to whoever comes back after a while: they load again, or hear of no case at all', async () => {
    const { cursor } = await desk.ana.call('listCases');
    const readers = {
      lena: await desk.join({ alias: 'Lina', deskIds: ['legal'] }),
      pau: await desk.join({ alias: 'Pau', roles: ['partner'], organisationId: 'clinic', deskIds: ['clinic'] }),
      eda: await desk.join({ alias: 'Eda', roles: ['editor'] }),
      ana: desk.ana,
    };
    const ids = [await desk.ask(), await desk.ask()];
    const told = await openEventStream(desk.url, desk.ana, cursor);
    await told.until((event) => changed(event).includes(ids[1] ?? ''));
    // One of them is not Ana's any more.
    await change(ids[0] ?? '', { private: true });
    await told.until((event) => removed(event).includes(ids[0] ?? ''));
    expect(told.events.map(({ type }) => type)).not.toContain('resync');
    const place = (id: string | null): number[] => (id ?? '0').split('.').map(Number);
    const [tx = 0, seq = 0] = place(told.lastId());
    told.cut();
    for (const [name, reader] of Object.entries(readers)) {
      const stream = await openEventStream(desk.url, reader, cursor);
      const isThere = ([ownTx = 0, ownSeq = 0]: number[]): boolean => ownTx > tx || (ownTx === tx && ownSeq >= seq);
      await expect.poll(() => isThere(place(stream.lastId()))).toBe(true);
      const types = stream.events.map(({ type }) => type);
      if (name === 'lena' || name === 'ana') expect(types).toContain('resync');
      else expect(types.filter((type) => type !== 'changed')).toEqual([]);
      expect(JSON.stringify(stream.events)).not.toContain(ids[0]);
      stream.cut();
    }
  });

  it('says who looks and types, to those who see the case alone', async () => {
    const lena = await desk.join({ alias: 'Lea', deskIds: ['legal'] });
    const id = await desk.ask();
    const [ofLena, ofAna] = [await openEventStream(desk.url, lena), await openEventStream(desk.url, desk.ana)];
    await expect.poll(() => [ofLena, ofAna].every((stream) => stream.lastId() !== null)).toBe(true);
    const tell = (state: string) => desk.ben.call('tellPresence', { ...of(id), body: { state } });
    const present = (event: StreamEvent): string =>
      event.type === 'presence'
        ? event.presence.map(({ caseId, staff }) => `${caseId} ${staff.map(({ alias, typing }) => `${alias} ${typing}`).join(' ')}`).join()
        : '';
    await tell('looking');
    await ofAna.until((event) => present(event) === `${id} Ben false`);
    await tell('typing');
    await ofAna.until((event) => present(event) === `${id} Ben true`);
    const late = await openEventStream(desk.url, desk.ana);
    await late.until((event) => present(event) === `${id} Ben true`);
    await tell('gone');
    await ofAna.until((event) => present(event) === `${id} `);
    expect((await lena.ask('tellPresence', { ...of(id), body: { state: 'looking' } })).status).toBe(404);
    expect(ofLena.events.filter(({ type }) => type === 'presence')).toEqual([]);
    for (const stream of [ofLena, ofAna, late]) stream.cut();
  });

  it('ends when the session ends, and is opened for nobody without one', async () => {
    const eva = await desk.join({ alias: 'Eva' });
    const stream = await openEventStream(desk.url, eva);
    await expect.poll(stream.lastId).not.toBeNull();
    await desk.hotline.app.store.transaction((tx) => endStaffSessions(tx, eva.id));
    await expect.poll(stream.ended, { timeout: 10_000 }).toBe(true);
    expect((await openEventStream(desk.url, eva)).status).toBe(401);
  });

  it('ends when rights change, and goes on with the new ones', async () => {
    const admin = await desk.join({ alias: 'Ada', roles: ['administrator'] });
    const noa = await desk.join({ alias: 'Noa', deskIds: ['legal'] });
    const stream = await openEventStream(desk.url, noa);
    await expect.poll(stream.lastId).not.toBeNull();
    await admin.call('changeStaff', { params: { id: noa.id }, body: { deskIds: ['main'] } });
    await stream.until((event) => event.type === 'changed' && event.what === 'me');
    await expect.poll(stream.ended, { timeout: 10_000 }).toBe(true);
    const next = await openEventStream(desk.url, noa, stream.lastId() ?? undefined);
    const id = await desk.ask();
    await next.until((event) => changed(event).includes(id));
    next.cut();
  });
});

describe('the end of the service', () => {
  it('ends open streams at once', async () => {
    const place = await makePlace('sqlite');
    const desk = await openApiDesk(place);
    const stream = await openEventStream(desk.url, desk.ana);
    await expect.poll(stream.lastId).not.toBeNull();
    await desk.close();
    await expect.poll(stream.ended).toBe(true);
    await place.drop();
  });
});
