// A hotline with two desks, a partner and staff of every role, all over HTTP, for tests of the API.
// `const desk = await openApiDesk(place); const id = await desk.ask(); await desk.ana.call('claimCase', { params: { id } })`.
import { OWN_ORGANISATION, type DeskRecord } from '../../src/domain/staff.ts';
import { saveDesk } from '../../src/store/desks.ts';
import { blankFields } from '../../src/store/manage-staff.ts';
import { ensureOwnOrganisation, saveOrganisation } from '../../src/store/organisations.ts';
import { latestCase } from '../../src/store/cases.ts';
import { findConversation } from '../../src/store/conversations.ts';
import { setDuty } from '../../src/store/staff.ts';
import { openHotline, type Person, type TestHotline, type TestOptions } from './app.ts';
import type { Place } from './places.ts';
import { joinStaff, type StaffPerson } from './staff.ts';

const ALWAYS = [{ byday: ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'], opensAt: '00:00', closesAt: '23:59' }] satisfies DeskRecord['hours'];

export interface ApiDesk {
  hotline: TestHotline;
  url: string;
  /** Caseworkers of the main desk. */
  ana: StaffPerson;
  ben: StaffPerson;
  /** Another member, of the main desk unless told otherwise, on duty where they work on cases. */
  join(fields: Parameters<typeof joinStaff>[1]): Promise<StaffPerson>;
  /** Somebody asks for a person, at the main desk; their case's id. */
  ask(person?: Person): Promise<string>;
  close(): Promise<void>;
}

/** Opens it at a place. */
export async function openApiDesk(place: Place, options: TestOptions = {}): Promise<ApiDesk> {
  const hotline = await openHotline({ place, ...options });
  const { app } = hotline;
  await app.listen();
  const url = app.url();
  await app.store.transaction(async (tx) => {
    await ensureOwnOrganisation(tx);
    await saveOrganisation(tx, { id: 'clinic', name: 'Clinic', partner: true, active: true });
    await saveDesk(tx, deskOf('main', OWN_ORGANISATION));
    await saveDesk(tx, { ...deskOf('legal', OWN_ORGANISATION), topics: ['DOC'] });
    await saveDesk(tx, { ...deskOf('clinic', 'clinic'), topics: ['XXX'] });
  });
  const served = { store: app.store, service: app.service, url };
  const join: ApiDesk['join'] = async (fields) => {
    const member = await joinStaff(served, { ...blankFields(['caseworker']), deskIds: ['main'], languages: ['es'], ...fields });
    if (fields?.roles?.includes('caseworker') !== false)
      await app.store.transaction((tx) => setDuty(tx, member.id, { on: true, until: null }));
    return member;
  };
  return {
    hotline,
    url,
    ana: await join({ alias: 'Ana' }),
    ben: await join({ alias: 'Ben' }),
    join,
    async ask(person = hotline.person()) {
      for (const text of ['hola', '1', 'persona']) await person.send(text);
      const found = await app.store.read(async (reader) => {
        const conversation = await findConversation(reader, 'test', person.address);
        return conversation && latestCase(reader, conversation.id);
      });
      if (!found) throw new Error('No case was opened.');
      return found.id;
    },
    close: () => hotline.close(),
  };
}

function deskOf(id: string, organisationId: string): DeskRecord {
  return {
    id,
    name: `Desk ${id}`,
    organisationId,
    timezone: 'Europe/Madrid',
    hours: ALWAYS,
    holidays: [],
    minutesToAnswer: 20,
    topics: [],
    localities: [],
    autoAssign: false,
  };
}
