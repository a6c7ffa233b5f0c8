// The desk in Slack and in the console at once: what is done in one stands in the other, and what is private stays so.
// The console's side acts through the same actions as its API does.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Actor, StaffMember } from '../../src/domain/staff.ts';
import type { Role } from '../../src/domain/role.ts';
import { listAudit } from '../../src/store/audit.ts';
import { listCaseNotes } from '../../src/store/case-notes.ts';
import { latestCase } from '../../src/store/cases.ts';
import { findConversation } from '../../src/store/conversations.ts';
import { changeStaff } from '../../src/store/manage-staff.ts';
import { ensureOwnOrganisation } from '../../src/store/organisations.ts';
import { loadStaff, saveStaff, toActor } from '../../src/store/staff.ts';
import type { CaseRecord } from '../../src/store/records.ts';
import type { Person } from '../support/app.ts';
import { askForPerson, openDesk, startDeskSlack, type Desk } from '../support/desk.ts';
import { makePlace } from '../support/places.ts';
import type { FakeSlack } from '../support/slack-server.ts';

let desk: Desk;
/** Of tests that begin with Slack. */
let slack: FakeSlack | undefined;
afterEach(async () => {
  await desk.close();
  await slack?.close();
  slack = undefined;
});
/** Most of what is here needs a desk as it comes. */
const withDesk = (): void =>
  beforeEach(async () => {
    desk = await openDesk();
  });

const HOUR = 3_600_000;
const { store, service } = { store: () => desk.hotline.app.store, service: () => desk.hotline.app.service };

/** A colleague with an account. */
async function colleague(alias: string, slackUser: string | null, roles: Role[] = ['caseworker']): Promise<Actor> {
  const member: StaffMember = {
    id: `id-${alias}`,
    alias,
    organisationId: 'own',
    deskIds: [],
    roles,
    languages: ['es'],
    topics: [],
    gender: null,
    capacity: 5,
    slackUser,
    active: true,
  };
  await store().transaction(async (tx) => {
    await ensureOwnOrganisation(tx);
    await saveStaff(tx, member, desk.hotline.now());
  });
  return toActor(member, 'session');
}
async function caseOf(person: Person): Promise<CaseRecord> {
  const conversation = await store().read((reader) => findConversation(reader, 'test', person.address));
  return (await store().read((reader) => latestCase(reader, conversation?.id ?? ''))) as CaseRecord;
}
const notesOf = (record: CaseRecord) => store().read((reader) => listCaseNotes(reader, record.id));
const whispered = (pattern: RegExp): Promise<void> => desk.until(() => desk.slack.whispers.some(({ text }) => pattern.test(text)));
const inThread = (head: Parameters<Desk['words']>[0], pattern: RegExp): Promise<void> => desk.until(() => pattern.test(desk.words(head)));

describe('a case', () => {
  withDesk();
  it('lives its whole life in Slack: claim, note, answer, transfer, close, and again when the person writes', async () => {
    await colleague('Ana', 'U1');
    const luis = await colleague('Luis', 'U2');
    const person = await askForPerson(desk);
    const head = await desk.thread(1);
    await desk.press('U1', 'case_claim', head);
    await inThread(head, /Claimed by Ana/);
    await person.send('necesito una escuela');
    await inThread(head, /necesito una escuela/);

    await desk.type('U1', head, 'Llamo a la escuela antes de contestar');
    await desk.until(() => desk.slack.whispers.length === 1);
    const typed = await desk.type('U1', head, 'Puede ir mañana a las nueve');
    await desk.until(() => desk.slack.whispers.length === 2);
    await desk.send('U1', typed);
    await desk.hotline.settle();
    expect(person.heard().join()).toContain('mañana a las nueve');
    expect(person.heard().join()).not.toContain('Llamo a la escuela');
    const record = await caseOf(person);
    const looks = await store().read((reader) => listAudit(reader, { target: record.id, action: 'case.choices', limit: 50 }));
    expect(looks.map(({ actor }) => actor)).toEqual(['id-Ana']);
    expect((await notesOf(record)).map(({ staffId, text }) => [staffId, text])).toEqual([
      ['id-Ana', 'Llamo a la escuela antes de contestar'],
      ['id-Ana', 'Puede ir mañana a las nueve'],
    ]);

    await desk.fillIn('U1', 'case_transfer', head, { to: { chosen: `staff:${luis.id}` }, note: { written: 'habla con la madre' } });
    await inThread(head, /Ana transferred the case to <@U2>/);
    await inThread(head, /habla con la madre/);
    expect(await caseOf(person)).toMatchObject({ status: 'claimed', assignee: luis.id });
    await desk.press('U1', 'case_claim', head);
    await whispered(/This case is with Luis/);

    await desk.fillIn('U2', 'case_close', head, { outcome: { chosen: 'referred' } });
    await inThread(head, /Luis closed the case/);
    expect(await caseOf(person)).toMatchObject({ status: 'closed', outcome: 'referred', closedBy: luis.id });
    desk.hotline.pass(HOUR);
    await person.send('una pregunta más');
    await inThread(head, /una pregunta más/);
    expect((await caseOf(person)).status).not.toBe('closed');
    expect(desk.heads()).toHaveLength(1);
  });

  it('goes back to the queue by a button, and says so to whoever has it not', async () => {
    await colleague('Ana', 'U1');
    await colleague('Luis', 'U2');
    const person = await askForPerson(desk);
    const head = await desk.thread(1);
    await desk.press('U1', 'case_claim', head);
    await inThread(head, /Claimed by Ana/);
    await desk.press('U2', 'case_release', head);
    await whispered(/This case is with Ana/);
    await desk.press('U1', 'case_release', head);
    await inThread(head, /Ana gave the case back/);
    expect(await caseOf(person)).toMatchObject({ status: 'waiting', assignee: null });
  });

  it('that the console works on is followed in the thread: claim, answer, note, priority, interpreter, close', async () => {
    const ana = await colleague('Ana', null);
    const sam = await colleague('Sam', 'U9', ['interpreter']);
    const person = await askForPerson(desk);
    const head = await desk.thread(1);
    const record = await caseOf(person);
    const { desk: actions } = service();
    const done = async (action: () => Promise<{ ok: boolean }>): Promise<void> => {
      desk.hotline.pass(1000);
      expect(await action()).toEqual({ ok: true });
    };
    await done(() => actions.claim(ana, record.id));
    await done(() => actions.note(ana, record.id, { id: 'n1', text: 'pide <!channel> & una escuela', mentions: [] }));
    await done(() => actions.reply(ana, record.id, { id: 'r1', text: 'Ya la tengo', how: 'now' }));
    await done(() => actions.change(ana, record.id, { priority: 'urgent' }));
    await done(() => actions.inviteInterpreter(ana, record.id, sam.id));
    await done(() => actions.close(ana, record.id, { outcome: 'answered' }));
    await inThread(head, /Ana closed the case/);
    const told = desk.words(head);
    expect(told).toMatch(/Ana claimed the case.*Private note of Ana:.*pide &lt;!channel&gt; &amp; una escuela/s);
    expect(told).toMatch(
      /Sent to the person by Ana:.*Ya la tengo.*Ana set the priority to urgent.*Ana invited <@U9> to interpret.*Ana closed/s,
    );
    await desk.hotline.settle();
    expect(person.heard().join()).not.toContain('pide');
    // Nothing is told twice, however long it goes on.
    await person.send('hola');
    expect(desk.words(head).match(/Ya la tengo/g)).toHaveLength(1);
  });

  it('that is private is in Slack only as a link: nothing of it is told, noted or sent there', async () => {
    const person = desk.hotline.person();
    for (const text of ['hola', '1', 'menu', '9', '1']) await person.send(text);
    const head = await desk.thread(1);
    const record = await caseOf(person);
    expect(record.private).toBe(true);
    expect(desk.words(head)).toContain(`/console/cases/${record.id}`);
    const typed = await desk.type('U1', head, 'la llamo yo');
    await whispered(/This case is private/);
    await desk.send('U1', typed);
    await desk.slack.shortcut(desk.url, 'U1', typed);
    await desk.until(() => desk.slack.whispers.length === 2);
    const ana = await colleague('Ana', null, ['private_caseworker']);
    expect(await service().desk.note(ana, record.id, { id: 'n1', text: 'secreto', mentions: [] })).toEqual({ ok: true });
    await desk.hotline.settle();
    expect((await notesOf(record)).map(({ text }) => text)).toEqual(['secreto']);
    expect(desk.words(head)).not.toMatch(/secreto|case_claim|case_transfer/);
    expect(person.heard().join()).not.toContain('la llamo');
  });
});

it('is not done again when Slack sends it twice, also after a restart', async () => {
  slack = await startDeskSlack();
  const place = await makePlace('sqlite');
  desk = await openDesk({ slack, place });
  const person = await askForPerson(desk);
  const head = await desk.thread(1);
  const post = slack.type('U1', head.ts, 'una nota');
  const event = { type: 'message', channel_type: 'channel', ...post };
  await slack.event(desk.url, event, { id: 'Ev1' });
  await desk.until(() => desk.slack.whispers.length === 1);
  const record = await caseOf(person);
  await desk.close();
  desk = await openDesk({ slack, place });
  expect((await slack.event(desk.url, event, { id: 'Ev1', retry: 1 })).status).toBe(200);
  const other = await desk.type('U1', head, 'otra nota');
  await desk.until(() => desk.slack.whispers.some(({ blocks }) => JSON.stringify(blocks).includes(other.ts)));
  expect((await notesOf(record)).map(({ text }) => text)).toEqual(['una nota', 'otra nota']);
  expect(slack.whispers).toHaveLength(2);
  await desk.close();
  await place.drop();
});

describe('an outage of Slack', () => {
  withDesk();
  it('lets the desk work on; threads catch up in order', async () => {
    const ana = await colleague('Ana', null);
    const person = await askForPerson(desk);
    const head = await desk.thread(1);
    const record = await caseOf(person);
    desk.slack.troubles.push(...Array.from({ length: 4 }, () => ({ kind: 'status', status: 503 }) as const));
    const { desk: actions } = service();
    await actions.claim(ana, record.id);
    desk.hotline.pass(1000);
    await person.send('uno');
    desk.hotline.pass(1000);
    await actions.note(ana, record.id, { id: 'n1', text: 'dos', mentions: [] });
    desk.hotline.pass(1000);
    await actions.reply(ana, record.id, { id: 'r1', text: 'tres', how: 'now' });
    await desk.hotline.settle();
    expect(person.heard().join()).toContain('tres');
    await inThread(head, /"uno".*"dos".*"tres"/s);
  });
});

describe('a member', () => {
  it('whose account is linked acts as it, with its rights and no more', async () => {
    desk = await openDesk();
    await colleague('Eva', 'U5', ['translator']);
    const person = await askForPerson(desk);
    const head = await desk.thread(1);
    await desk.press('U5', 'case_claim', head);
    await desk.until(() => desk.slack.whispers.length === 1);
    expect((await caseOf(person)).status).toBe('waiting');
  });

  it('whose account is disabled can do less than a guest: nothing', async () => {
    desk = await openDesk();
    const ana = await colleague('Ana', 'U1');
    const person = await askForPerson(desk);
    const head = await desk.thread(1);
    await store().transaction((tx) => changeStaff(tx, ana.id, { active: false }, { by: 'operator', now: desk.hotline.now() }));
    await desk.press('U1', 'case_claim', head);
    await whispered(/account of the staff is disabled/);
    await desk.slack.command(desk.url, 'U1', 'queue');
    await desk.until(() => desk.slack.responses.some(({ text }) => /disabled/.test(text ?? '')));
    expect(await caseOf(person)).toMatchObject({ status: 'waiting', assignee: null });
  });

  it('who is not linked acts only from within the channel, on buttons, in threads, by command and on the home page', async () => {
    desk = await openDesk();
    desk.slack.members = ['U1', 'U2', 'U3', 'U4'];
    const person = await askForPerson(desk);
    const head = await desk.thread(1);
    const record = await caseOf(person);
    const outside = /not in the desk's channel/;
    await desk.slack.event(desk.url, { type: 'app_home_opened', user: 'U8', tab: 'home' });
    await desk.until(() => outside.test(JSON.stringify(desk.slack.homes.get('U8'))));
    await desk.slack.pressAtHome(desk.url, 'U8', { action_id: 'case_claim', value: record.id });
    await whispered(outside);
    await desk.type('U8', head, 'hola');
    await desk.until(() => desk.slack.whispers.length === 2);
    await desk.slack.command(desk.url, 'U8', 'queue');
    await desk.until(() => desk.slack.responses.some(({ text }) => outside.test(text ?? '')));
    await desk.fillIn('U8', 'case_close', head, { outcome: { chosen: 'answered' } });
    await desk.until(() => desk.slack.whispers.length === 3);
    expect([await caseOf(person), await notesOf(record)]).toMatchObject([{ status: 'waiting', assignee: null }, []]);
    await desk.press('U4', 'case_claim', head);
    await inThread(head, /Claimed by <@U4>/);
    // Whoever joins is let in soon, and what Slack does not say lets nobody in.
    desk.slack.members.push('U8');
    desk.hotline.pass(60_000);
    await desk.press('U8', 'case_release', head);
    await inThread(head, /<@U8> gave the case back/);
    desk.slack.members = null;
    desk.hotline.pass(HOUR);
    await desk.press('U1', 'case_claim', head);
    await whispered(/scope channels:read \(private channel: groups:read\)/);
    expect(await caseOf(person)).toMatchObject({ status: 'waiting' });
  });

  it('who is not linked is refused with a reason where only linked ones may act', async () => {
    desk = await openDesk({ environment: { SLACK_MEMBERS_ONLY_LINKED: 'true' } });
    await colleague('Ana', 'U1');
    const person = await askForPerson(desk);
    const head = await desk.thread(1);
    await desk.press('U7', 'case_claim', head);
    await whispered(/not linked/);
    await desk.type('U7', head, 'hola');
    await desk.until(() => desk.slack.whispers.length === 2);
    expect(await notesOf(await caseOf(person))).toEqual([]);
    await desk.slack.command(desk.url, 'U7', 'queue');
    await desk.until(() => desk.slack.responses.some(({ text }) => /not linked/.test(text ?? '')));
    await desk.press('U1', 'case_claim', head);
    await inThread(head, /Claimed by Ana/);
  });
});

describe('/hotline', () => {
  withDesk();
  const ask = async (user: string, text: string): Promise<string> => {
    const before = desk.slack.responses.length;
    expect((await desk.slack.command(desk.url, user, text)).status).toBe(200);
    await desk.until(() => desk.slack.responses.length > before);
    const { text: said = '', response_type } = desk.slack.responses.at(-1) ?? {};
    expect(response_type).toBe('ephemeral');
    return said;
  };

  it('tells my cases and the queue, with no words of a person', async () => {
    await colleague('Ana', 'U1');
    expect(await ask('U1', '')).toBe('You have no case.');
    const person = desk.hotline.person();
    for (const text of ['hola', '1', 'escuela para mi hija Lucía', 'persona']) await person.send(text);
    const head = await desk.thread(1);
    desk.hotline.pass(5 * 60_000);
    const queue = await ask('U1', 'queue');
    expect(queue).toMatch(/1 wait.*Longest wait: 5 min.*Languages: es 1.*Case \w{6}, EDU\S*, es, waits 5 min/s);
    expect(queue).not.toMatch(/Lucía|escuela/);
    await desk.press('U1', 'case_claim', head);
    await inThread(head, /Claimed by Ana/);
    expect(await ask('U1', '')).toMatch(/^Case \w{6}, EDU/);
  });

  it('begins and ends being on duty, and helps', async () => {
    const ana = await colleague('Ana', 'U1');
    expect(await ask('U1', 'shift')).toMatch(/off duty/);
    expect(await ask('U1', 'shift on')).toMatch(/^You are on duty until/);
    expect((await store().read((reader) => loadStaff(reader, ana.id)))?.duty).toMatchObject({ on: true });
    expect(await ask('U1', 'shift off')).toMatch(/off duty/);
    expect(await ask('U8', 'shift on')).toMatch(/not linked/);
    expect(await ask('U1', 'help')).toContain('/hotline queue');
    expect(await ask('U1', 'dance')).toMatch(/do not know that/);
    const written = await store().read((reader) => listAudit(reader, { actor: ana.id, limit: 50 }));
    expect(written.map(({ action, detail }) => [action, detail])).toEqual([
      ['staff.duty', { on: false }],
      ['staff.duty', { on: true }],
      // One look a minute.
      ['case.list', { via: 'slack' }],
    ]);
  });
});

describe('the home page', () => {
  withDesk();
  it('shows the queue with buttons to claim, and changes with it', async () => {
    await colleague('Ana', 'U1');
    await desk.slack.event(desk.url, { type: 'app_home_opened', user: 'U1', tab: 'home' });
    await desk.until(() => desk.slack.homes.has('U1'));
    expect(JSON.stringify(desk.slack.homes.get('U1'))).toContain('0 wait');
    const person = await askForPerson(desk);
    await desk.until(() => JSON.stringify(desk.slack.homes.get('U1')).includes('1 wait'));
    const record = await caseOf(person);
    const page = JSON.stringify(desk.slack.homes.get('U1'));
    expect(page).toContain(`"action_id":"case_claim","text":{"type":"plain_text","text":"Claim","emoji":false},"value":"${record.id}"`);
    expect((await desk.slack.pressAtHome(desk.url, 'U1', { action_id: 'case_claim', value: record.id })).status).toBe(200);
    await desk.until(
      () =>
        /My cases.*Case \w{6}/s.test(JSON.stringify(desk.slack.homes.get('U1'))) &&
        JSON.stringify(desk.slack.homes.get('U1')).includes('0 wait'),
    );
    expect(await caseOf(person)).toMatchObject({ assignee: 'id-Ana' });
  });
});

it('does all of it over a socket as well', async () => {
  const own = (slack = await startDeskSlack());
  desk = await openDesk({ slack, environment: { SLACK_SIGNING_SECRET: '', SLACK_APP_TOKEN: 'xapp-test' } });
  await colleague('Ana', 'U1');
  const person = await askForPerson(desk);
  const head = await desk.thread(1);
  const record = await caseOf(person);
  await slack.overSocket('interactive', slack.pressPayload('U1', { action_id: 'case_claim', value: record.id }, head.ts));
  await inThread(head, /Claimed by Ana/);
  const typed = slack.type('U1', head.ts, 'solo entre nosotros');
  const body = {
    type: 'event_callback',
    team_id: 'T1',
    event_id: 'EvSocket',
    event: { type: 'message', channel_type: 'channel', ...typed },
  };
  await slack.overSocket('events_api', body);
  await slack.overSocket('events_api', body, 1);
  await desk.until(() => own.whispers.length > 0);
  await slack.overSocket('slash_commands', {
    command: '/hotline',
    text: '',
    user_id: 'U1',
    team_id: 'T1',
    trigger_id: 't1',
    response_url: `${slack.url}/respond`,
  });
  await desk.until(() => own.responses.some(({ text }) => text?.startsWith('Case')));
  // Slack closes sockets now and then: the next one serves on.
  await slack.renewSocket();
  await slack.overSocket('interactive', slack.pressPayload('U1', { action_id: 'case_release', value: record.id }, head.ts));
  await inThread(head, /gave the case back/);
  expect((await notesOf(record)).map(({ text }) => text)).toEqual(['solo entre nosotros']);
  expect(slack.whispers).toHaveLength(1);
  expect(person.heard().join()).not.toContain('solo entre');
});
