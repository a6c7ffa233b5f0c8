// Cases over real HTTP on both stores: the inbox, a claim that two want, who may see what, what is written down.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../support/app.ts';
import { listAudit, verifyAudit } from '../../../src/store/audit.ts';
import { updateCase } from '../../../src/store/cases.ts';
import { openApiDesk, type ApiDesk } from '../../support/api-desk.ts';
import { BACKENDS, makePlace, type Place } from '../../support/places.ts';
import { openClient, type StaffPerson } from '../../support/staff.ts';

describe.each(BACKENDS)('cases over HTTP on %s', (backend) => {
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
  const audited = (target: string) => desk.hotline.app.store.read((reader) => listAudit(reader, { target, limit: 50 }));
  const change = (id: string, what: Parameters<typeof updateCase>[2]) =>
    desk.hotline.app.store.transaction((tx) => updateCase(tx, id, what));

  it('are listed, claimed, answered and closed, and each step is written down', async () => {
    const maria: Person = desk.hotline.person();
    const id = await desk.ask(maria);
    const { cases, counts } = await desk.ana.call('listCases');
    const [item] = cases.filter((one) => one.id === id);
    expect(item).toMatchObject({
      status: 'waiting',
      ticket: false,
      private: false,
      assignee: null,
      deskId: 'main',
      channel: 'test',
      language: 'es',
    });
    expect(counts.waiting).toBeGreaterThanOrEqual(1);
    const claimed = await desk.ana.call('claimCase', of(id));
    expect(claimed.item).toMatchObject({ status: 'claimed', assignee: { id: desk.ana.id, alias: 'Ana' } });
    expect((await desk.ana.call('listCases', { query: { queue: 'mine' } })).cases.map((one) => one.id)).toContain(id);
    const reply = { id: randomUUID(), text: 'Hola, soy Ana.' };
    await desk.ana.call('replyToPerson', { ...of(id), body: reply });
    await desk.ana.call('replyToPerson', { ...of(id), body: reply });
    await desk.hotline.settle();
    expect(maria.heard().filter((text) => text.includes('soy Ana'))).toHaveLength(1);
    await desk.ana.call('writeNote', { ...of(id), body: { id: randomUUID(), text: 'Needs a doctor.', mentions: [desk.ben.id] } });
    await maria.send('gracias, me duele');
    const view = await desk.ana.call('readCase', of(id));
    expect(view.item.unanswered).toBe(1);
    expect(view.may).toEqual(expect.arrayContaining(['release', 'reply', 'transfer', 'close', 'note']));
    const messages = view.timeline.flatMap((one) =>
      one.type === 'message' ? [`${one.from} ${one.by ?? ''} ${one.status ?? ''} ${one.text}`] : [],
    );
    expect(messages).toContain('person   gracias, me duele');
    expect(messages).toContain('staff Ana sent Hola, soy Ana.');
    expect(view.timeline.map((one) => one.type)).toEqual(expect.arrayContaining(['note', 'event']));
    expect(view.timeline.map((one) => one.at)).toEqual(view.timeline.map((one) => one.at).toSorted((a, b) => a - b));
    expect(view.colleagues.map(({ alias }) => alias)).toContain('Ben');
    const later = await desk.ana.call('readTimeline', { ...of(id), query: { after: String(view.item.lastSequence) } });
    expect(later.timeline.filter((one) => one.type === 'message' && one.from === 'person')).toEqual([]);
    expect((await desk.ana.call('closeCase', { ...of(id), body: { outcome: 'answered' } })).item.status).toBe('closed');
    expect((await desk.ana.ask('replyToPerson', { ...of(id), body: { id: randomUUID(), text: 'x' } })).status).toBe(409);
    const actions = (await audited(id)).map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(['case.read', 'case.claim', 'case.reply', 'case.note', 'case.close']));
    expect(await desk.hotline.app.store.read(verifyAudit)).toMatchObject({ intact: true });
  });

  it('are not answered where that cannot be, with a code that says why', async () => {
    const maria = desk.hotline.person();
    const id = await desk.ask(maria);
    const reply = () => desk.ana.ask('replyToPerson', { ...of(id), body: { id: randomUUID(), text: 'Hola.' } });
    await maria.send('STOP');
    expect(await reply()).toMatchObject({ status: 409, body: { error: { code: 'desk.stopped' } } });
    await desk.ana.call('closeCase', { ...of(id), body: { outcome: 'other' } });
    expect(await reply()).toMatchObject({ status: 409, body: { error: { code: 'desk.closed' } } });
  });

  it('go to one of two who claim at the same moment, and the other is told who has it', async () => {
    for (let round = 0; round < 5; round++) {
      const id = await desk.ask();
      const answers = await Promise.all([desk.ana.ask('claimCase', of(id)), desk.ben.ask('claimCase', of(id))]);
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
      const [won, lost] = answers[0].status === 200 ? ['Ana', answers[1]] : ['Ben', answers[0]];
      expect(lost.body).toMatchObject({ error: { code: 'desk.taken', takenBy: won } });
    }
  });

  it('of another desk, of another organisation, or of the private lane do not exist for others', async () => {
    const lena = await desk.join({ alias: 'Lena', deskIds: ['legal'] });
    const pau = await desk.join({ alias: 'Pau', organisationId: 'clinic', deskIds: ['clinic'] });
    const paz = await desk.join({ alias: 'Paz', roles: ['private_caseworker'] });
    const id = await desk.ask();
    const unseen = async (who: StaffPerson): Promise<void> => {
      for (const queue of ['waiting', 'tickets', 'claimed', 'overdue', 'private', 'closed', 'interpreting', 'mine'])
        expect((await who.call('listCases', { query: { queue } })).cases.map((one) => one.id)).not.toContain(id);
      for (const name of ['readCase', 'readTimeline', 'claimCase', 'seeNumber'] as const) {
        const { status, body } = await who.ask(name, of(id));
        expect(status, name).toBe(404);
        expect(body).toEqual((await who.ask(name, of('no-such-case'))).body);
      }
      expect((await who.ask('replyToPerson', { ...of(id), body: { id: randomUUID(), text: 'x' } })).status).toBe(404);
    };
    await unseen(lena);
    await unseen(pau);
    await change(id, { private: true, topic: 'PRV.VIO' });
    await unseen(desk.ana);
    const seen = (await paz.call('listCases', { query: { queue: 'private' } })).cases.find((one) => one.id === id);
    expect(seen).toMatchObject({ private: true, topic: null });
    expect((await paz.call('readCase', of(id))).summary).toBeNull();
  });

  it('show an interpreter their conversation while they are invited, and nothing afterwards', async () => {
    const ida = await desk.join({ alias: 'Ida', roles: ['interpreter'], languages: ['ti'] });
    const id = await desk.ask();
    expect((await ida.ask('readCase', of(id))).status).toBe(404);
    await desk.ana.call('claimCase', of(id));
    await desk.ana.call('writeNote', { ...of(id), body: { id: randomUUID(), text: 'Not for others.', mentions: [] } });
    await desk.ana.call('inviteInterpreter', { ...of(id), body: { staffId: ida.id } });
    expect((await ida.call('listCases', { query: { queue: 'interpreting' } })).cases.map((one) => one.id)).toEqual([id]);
    const view = await ida.call('readCase', of(id));
    expect(view).toMatchObject({ summary: null, history: [], colleagues: [], may: ['interpret', 'reply', 'note'] });
    expect(view.timeline.filter((one) => one.type === 'note')).toEqual([]);
    await ida.call('replyToPerson', { ...of(id), body: { id: randomUUID(), text: 'Selam.' } });
    const refused = await ida.ask('claimCase', of(id));
    expect(refused).toMatchObject({ status: 403, body: { error: { permission: 'case.act' } } });
    await desk.ana.call('dismissInterpreter', of(id));
    expect((await ida.ask('readCase', of(id))).status).toBe(404);
    expect((await ida.ask('replyToPerson', { ...of(id), body: { id: randomUUID(), text: 'x' } })).status).toBe(404);
  });

  it('are nothing that analysts, administrators or programs read; what is missing is named, and it is written down', async () => {
    const id = await desk.ask();
    const analyst = await desk.join({ alias: 'Alan', roles: ['analyst'] });
    const admin = await desk.join({ alias: 'Ada', roles: ['administrator'] });
    for (const who of [analyst, admin]) {
      expect(await who.ask('readCase', of(id))).toMatchObject({
        status: 403,
        body: { error: { code: 'staff.forbidden', permission: 'case.read or case.interpret' } },
      });
      expect((await who.ask('listCases')).status).toBe(403);
    }
    const { entries, intact } = await admin.call('listAudit', { query: { action: 'access.refused' } });
    expect(entries.find(({ actor }) => actor === analyst.id)?.detail).toMatchObject({ permission: 'case.read or case.interpret' });
    expect(intact).toBe(true);
    const { token } = await admin.call('makeToken', { body: { name: 'Clinic', organisationId: 'clinic', scopes: ['referral.read'] } });
    const program = openClient(desk.url);
    const asProgram = (path: string) => program.request('GET', path, undefined, { authorization: `Bearer ${token}` });
    expect((await asProgram('/api/v1/referrals')).status).toBe(200);
    expect((await asProgram('/api/v1/cases')).status).toBe(403);
    expect((await asProgram('/api/v1/me')).status).toBe(403);
    expect((await openClient(desk.url).ask('listCases')).status).toBe(401);
  });

  it('tell the number to those who may see it, and each look is written down', async () => {
    const maria = desk.hotline.person();
    const id = await desk.ask(maria);
    expect(await desk.ana.call('seeNumber', of(id))).toEqual({ number: maria.address.value });
    expect((await audited(id)).map(({ action, actor }) => ({ action, actor }))).toContainEqual({
      action: 'contact.see_number',
      actor: desk.ana.id,
    });
    expect(JSON.stringify(await desk.ana.call('readCase', of(id)))).not.toContain(maria.address.value);
  });

  it('show no words from before the case, from the private lane, or from after it was closed', async () => {
    const maria = desk.hotline.person();
    for (const text of ['hola', '1', 'palabras de antes']) await maria.send(text);
    desk.hotline.pass(30 * 3_600_000);
    await maria.send('hola');
    await maria.send('persona');
    const id = await desk.ask(maria);
    await desk.ana.call('claimCase', of(id));
    const words = async (): Promise<string> => JSON.stringify((await desk.ana.call('readCase', of(id))).timeline);
    expect(await words()).not.toContain('palabras de antes');
    await desk.ana.call('closeCase', { ...of(id), body: { outcome: 'answered' } });
    // What the closing says is out before time leaps.
    await desk.hotline.settle();
    desk.hotline.pass(30 * 3_600_000);
    await maria.send('palabras de otro asunto');
    expect(await words()).not.toContain('otro asunto');
  });

  it('come page by page, each once', async () => {
    for (let n = 0; n < 5; n++) await desk.ask();
    const seen: string[] = [];
    let after: string | null = null;
    type Page = Awaited<ReturnType<typeof list>>;
    const list = (query: Record<string, string>) => desk.ana.call('listCases', { query });
    do {
      const page: Page = await list({ limit: '2', ...(after === null ? {} : { after }) });
      seen.push(...page.cases.map((one) => one.id));
      after = page.next;
    } while (after !== null);
    const all = (await desk.ana.call('listCases', { query: { limit: '100' } })).cases.map((one) => one.id);
    expect(seen).toEqual(all);
    expect((await desk.ana.ask('listCases', { query: { after: 'nonsense' } })).status).toBe(400);
  });

  it('are listed, and that is written down once a minute for each person', async () => {
    const eva = await desk.join({ alias: 'Eva' });
    for (const queue of ['waiting', 'mine', 'waiting']) await eva.call('listCases', { query: { queue } });
    const written = await desk.hotline.app.store.read((reader) => listAudit(reader, { actor: eva.id, action: 'case.list', limit: 50 }));
    expect(written).toMatchObject([{ target: null }]);
  });

  it('answer bad input with what is wrong, by its field', async () => {
    const id = await desk.ask();
    const { status, body } = await desk.ana.ask('replyToPerson', { ...of(id), body: { id: 'no-uuid', text: 'secret words' } });
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain('\\"id\\" in the body');
    expect(JSON.stringify(body)).not.toContain('secret words');
    expect((await desk.ana.ask('transferCase', { ...of(id), body: {} })).status).toBe(400);
    expect((await desk.ana.ask('listCases', { query: { limit: '1000' } })).status).toBe(400);
    expect((await desk.ana.request('POST', `/api/v1/cases/${id}/claim`, undefined, { origin: 'https://evil.example' })).status).toBe(403);
  });

  it('offers ready replies in a language, with their state', async () => {
    const { replies } = await desk.ana.call('listReplies', { query: { language: 'ar' } });
    expect(replies.length).toBeGreaterThanOrEqual(12);
    expect(replies.every((one) => one.language === 'ar' && !one.reviewed && /[\u0600-\u06ff]/.test(one.text))).toBe(true);
  });
});
