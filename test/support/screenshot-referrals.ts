// Referrals and complaints in the states that people meet: drafted, sent, seen by the partner; a complaint that waits, one that is looked into.
// Called by screenshot-console.ts.
import type { ConsoleService } from './console.ts';
import { addPartner } from './colleagues.ts';
import { joinStaff, type StaffPerson } from './staff.ts';

export interface ReferralScenes {
  partner: StaffPerson;
  officer: StaffPerson;
  /** Pages of the caseworker, of the partner and of the officer, by the name of the picture. */
  caseworkerPages: Record<string, string>;
  partnerPages: Record<string, string>;
  officerPages: Record<string, string>;
}

const DRAFT = {
  service: 'Legal help on Tuesdays',
  priority: 'urgent',
  services: ['legal'],
  items: ['alias', 'contact', 'language', 'summary'],
  values: { summary: 'A letter from the landlord, due on Friday.' },
  reason: 'Asked for a lawyer',
};

/** Makes them. @param bea the caseworker who refers */
export async function makeReferralScenes(service: ConsoleService, bea: StaffPerson): Promise<ReferralScenes> {
  const organisation = await addPartner(service.hotline.app, 'Casa Abierta');
  const partner = await joinStaff(service, { alias: 'Sol', roles: ['partner'], organisationId: organisation });
  const officer = await joinStaff(service, { alias: 'Omar', roles: ['sensitive_feedback_officer'] });
  const refer = async (send: boolean): Promise<string> => {
    const person = service.hotline.person();
    for (const words of ['hola', '1', 'persona']) await person.send(words);
    const { cases } = await bea.call('listCases', { query: { queue: 'waiting' } });
    const caseId = cases.at(-1)?.id ?? (await bea.call('listCases', { query: { queue: 'mine' } })).cases[0]?.id ?? '';
    await bea.ask('claimCase', { params: { id: caseId } });
    const { id } = await bea.call('draftReferral', { params: { id: caseId }, body: { ...DRAFT, toOrganisationId: organisation } });
    if (!send) return id;
    await bea.call('askConsent', { params: { id } });
    await service.hotline.settle();
    await person.send('1');
    await bea.call('sendReferral', { params: { id } });
    return id;
  };
  const complain = async (...words: string[]): Promise<string> => {
    const person = service.hotline.person();
    for (const text of ['hola', '1', 'queja', ...words]) await person.send(text);
    return /Q-\d{6}/.exec(person.heard().join('\n'))?.[0] ?? '';
  };
  const drafted = await refer(false);
  const sent = await refer(true);
  const waiting = await complain('1', 'Oficina del barrio', 'Me hicieron esperar tres horas y no me atendieron.', 'sí');
  const looked = await complain('1', 'Centro de salud', 'Me pidieron dinero para darme cita.', 'sí');
  const sensitive = await complain('2', 'sí');
  await bea.call('takeComplaint', { params: { number: looked } });
  await bea.call('noteComplaint', {
    params: { number: looked },
    body: { id: crypto.randomUUID(), text: 'Called the centre: the manager rings back.' },
  });
  return {
    partner,
    officer,
    caseworkerPages: {
      'referral-drafted': `/referrals/${drafted}`,
      'referral-sent': `/referrals/${sent}`,
      'complaint-waiting': `/complaints/${waiting}`,
      'complaint-looked-into': `/complaints/${looked}`,
    },
    partnerPages: { 'referral-received': `/referrals/${sent}`, 'referrals-of-partner': '/referrals' },
    officerPages: { 'complaint-sensitive': `/complaints/${sensitive}` },
  };
}
