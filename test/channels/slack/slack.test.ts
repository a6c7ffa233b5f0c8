// The desk in Slack over real HTTP: threads, buttons, sending to the person, outages, signatures.
import { readFileSync } from 'node:fs';
import { randomInt } from 'node:crypto';
import { verifySlackRequest } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChannelModule } from '../../../src/channels/channel.ts';
import { checkSignature } from '../../../src/channels/slack/receiver.ts';
import { createSlack } from '../../../src/channels/slack/slack.ts';
import type { Board, CaseChoices, CaseNotice, OpenStaffSurface, StaffOutcome } from '../../../src/channels/staff-surface.ts';
import { startChannel, type ChannelHost } from '../../support/channel-host.ts';
import { DESK, signSlack, startSlack, type FakeSlack } from '../../support/slack-server.ts';

const WORDS = 'Me quitaron el pasaporte en la finca';
const module = createSlack(0);

let slack: FakeSlack;
let host: ChannelHost;
let surface: OpenStaffSurface;
let done: string[];
let outcome: () => Promise<StaffOutcome>;
let privateCase: boolean;
let notes: string[];
let noteOutcome: () => Promise<StaffOutcome>;
let choices: CaseChoices;
const boards = new Map<string, Board>();
/** Ids that came, and who looks at the home page: as the store keeps them, over restarts. */
const seen = new Set<string>();
const homes = new Set<string>();

beforeEach(async () => {
  slack = await startSlack();
  await open();
});
afterEach(async () => {
  await host.close();
  await slack.close();
});

async function open(env: Record<string, string> = slack.env): Promise<void> {
  done = [];
  notes = [];
  noteOutcome = () => Promise.resolve({ ok: true });
  choices = {
    colleagues: [{ id: 'luis', alias: 'Luis', onShift: true, load: 2 }],
    desks: [{ id: 'north', name: 'North' }],
    windowEndsAt: null,
    open: true,
    templates: [],
    smsAgreed: false,
  };
  outcome = () => Promise.resolve({ ok: true });
  privateCase = false;
  host = await startChannel(module as ChannelModule, env);
  surface = host.open as OpenStaffSurface;
  connect();
}
function connect(): void {
  surface.connect({
    caseOfThread: (ref) => Promise.resolve(ref === `${DESK}:${slack.posts[0]?.ts}` ? { caseId: 'case-1', private: privateCase } : null),
    claim: (caseId, staff) => (done.push(`claim ${caseId} ${staff}`), outcome()),
    release: (caseId, staff) => (done.push(`release ${caseId} ${staff}`), outcome()),
    transfer: (caseId, staff, to, note) => (done.push(`transfer ${caseId} ${staff} ${JSON.stringify(to)} ${note}`), outcome()),
    close: (caseId, staff, how) => (done.push(`close ${caseId} ${staff} ${how}`), outcome()),
    sendToPerson: (caseId, text, staff, id, way) => (
      done.push(`send ${caseId} ${staff} ${id}: ${text}${way ? ` ${JSON.stringify(way)}` : ''}`),
      outcome()
    ),
    note: (caseId, text, staff, id, mentions) => (notes.push(`note ${caseId} ${staff} ${id}: ${text} [${mentions.join()}]`), noteOutcome()),
    choices: () => Promise.resolve(choices),
    board: (staff) => Promise.resolve(boards.get(staff) ?? { ok: false, reason: 'You are not linked.' }),
    setDuty: (staff, on) => (done.push(`duty ${staff} ${on}`), outcome()),
    isNew: (id) => Promise.resolve(!seen.has(id) && seen.add(id) !== undefined),
    homeOpened: (staff) => Promise.resolve(void homes.add(staff)),
    homes: () => Promise.resolve([...homes]),
  });
}
const notice = (change: Partial<CaseNotice> = {}): CaseNotice => ({
  caseId: 'case-1',
  alias: 'blue heron',
  private: false,
  priority: 'normal',
  topic: 'WRK',
  language: 'es',
  channel: 'sms',
  reason: 'asked',
  callback: false,
  summary: WORDS,
  openedAt: Date.now(),
  link: null,
  ...change,
});
async function announced(): Promise<{ ref: string; ts: string }> {
  const ref = (await surface.announce(notice())) ?? '';
  return { ref, ts: ref.split(':')[1] ?? '' };
}
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((wait) => setTimeout(wait, 5));
}

describe('settings', () => {
  it('are named when missing, and when wrong', () => {
    expect(module.missingSettings({})).toEqual(['SLACK_BOT_TOKEN', 'SLACK_CHANNEL', 'SLACK_SIGNING_SECRET']);
    expect(module.missingSettings({ ...slack.env, SLACK_SIGNING_SECRET: '', SLACK_APP_TOKEN: 'xapp-1' })).toEqual([]);
    expect(() => module.missingSettings({ ...slack.env, SLACK_CHANNEL: '#desk' })).toThrow('SLACK_CHANNEL');
  });
});

describe('a case', () => {
  it('gets one thread, however often it is announced', async () => {
    const refs = await Promise.all([surface.announce(notice()), surface.announce(notice())]);
    expect(refs).toEqual([`${DESK}:${slack.posts[0]?.ts}`, `${DESK}:${slack.posts[0]?.ts}`]);
    expect(slack.posts).toHaveLength(1);
    expect(JSON.stringify(slack.posts)).toContain('Contact: blue heron');
  });
  it('that was perhaps announced before a restart is found again', async () => {
    const { ref } = await announced();
    await host.close();
    await open();
    expect(await surface.announce(notice({ openedAt: Date.now() - 60_000 }))).toBe(ref);
    expect(slack.posts).toHaveLength(1);
  });
  it('gets later messages into its thread, in order', async () => {
    const { ref, ts } = await announced();
    await Promise.all(['uno', 'dos', 'tres'].map((text) => surface.relay(ref, { id: text, from: 'person', text })));
    expect(slack.posts.slice(1).map((post) => [post.thread_ts, post.blocks[1]?.text?.text])).toEqual([
      [ts, 'uno'],
      [ts, 'dos'],
      [ts, 'tres'],
    ]);
  });
  it('shows who has it', async () => {
    const { ref } = await announced();
    expect(await surface.showState(ref, notice(), { status: 'claimed', by: 'slack:U1' })).toBe(true);
    expect(JSON.stringify(slack.posts[0])).toContain('Claimed by <@U1>.');
    expect(await surface.showState('COTHER:1', notice(), { status: 'waiting' })).toBe(false);
  });
  it('disappears but for what colleagues typed', async () => {
    const { ref, ts } = await announced();
    for (const text of ['a', 'b', 'c', 'd']) await surface.relay(ref, { id: text, from: 'person', text });
    slack.type('U1', ts, 'mine');
    expect(await surface.eraseThread(ref)).toEqual({ removed: 5, left: 1 });
    expect(slack.posts.map((post) => post.text)).toEqual(['mine']);
    expect(await surface.eraseThread(`${DESK}:1.1`)).toEqual({ removed: 0, left: 0 });
  });
});

describe('an outage of Slack', () => {
  it.each([
    [{ kind: 'limited', retryAfter: 0 }],
    [{ kind: 'status', status: 503 }],
    [{ kind: 'error', error: 'internal_error' }],
    [{ kind: 'cut', taken: false }],
    [{ kind: 'cut', taken: true }],
  ] as const)('%o holds a post up, and neither loses nor doubles it', async (trouble) => {
    const { ref } = await announced();
    slack.troubles.push(trouble);
    const first = surface.relay(ref, { id: 'm1', from: 'person', text: WORDS });
    const second = surface.relay(ref, { id: 'm2', from: 'person', text: 'dos' });
    expect(await Promise.all([first, second])).toEqual([true, true]);
    expect(slack.posts.slice(1).map((post) => post.blocks[1]?.text?.text)).toEqual([WORDS, 'dos']);
    expect(host.logged()).toContain('"code"');
    expect(host.logged()).not.toContain(WORDS);
  });
  it('of one post that Slack will never take drops that post only', async () => {
    const { ref } = await announced();
    slack.troubles.push({ kind: 'error', error: 'msg_too_long' });
    expect(await surface.relay(ref, { id: 'm1', from: 'person', text: 'uno' })).toBe(false);
    expect(await surface.relay(ref, { id: 'm2', from: 'person', text: 'dos' })).toBe(true);
  });
  it('never ends in an error, and closing ends the wait', async () => {
    await slack.close();
    const waiting = surface.announce(notice());
    await until(() => host.logged().includes('tried again'));
    expect(await surface.eraseThread(`${DESK}:1.1`)).toBeNull();
    await host.close();
    expect(await waiting).toBeNull();
  });
});

describe('the rate', () => {
  it('is one post after another, with a pause between', async () => {
    await host.close();
    host = await startChannel(createSlack(3_600_000) as ChannelModule, slack.env);
    surface = host.open as OpenStaffSurface;
    expect(await surface.announce(notice({ caseId: '1' }))).not.toBeNull();
    const second = surface.announce(notice({ caseId: '2' }));
    await surface.eraseThread(`${DESK}:1.1`);
    expect(slack.posts).toHaveLength(1);
    await host.close();
    expect(await second).toBeNull();
  });
});

describe('a button', () => {
  it('claims and gives back, and answers at once', async () => {
    const { ts } = await announced();
    expect((await slack.press(host.url, 'U1', { action_id: 'case_claim', value: 'case-1' }, ts)).status).toBe(200);
    await slack.press(host.url, 'U2', { action_id: 'case_release', value: 'case-1' }, ts);
    await until(() => done.length === 2);
    expect(done).toEqual(['claim case-1 slack:U1', 'release case-1 slack:U2']);
    expect(slack.whispers).toEqual([]);
  });
  it('opens a form for closing, which asks how it ended', async () => {
    const { ts } = await announced();
    await slack.press(host.url, 'U2', { action_id: 'case_close', value: 'case-1' }, ts);
    await until(() => slack.forms.length === 1);
    expect(done).toEqual([]);
    await slack.submit(host.url, 'U2', slack.forms[0]!.view, { outcome: { chosen: 'referred' } });
    await until(() => done.length === 1);
    expect(done).toEqual(['close case-1 slack:U2 referred']);
  });
  it('opens a form for a transfer, to a colleague or a desk, with a private note', async () => {
    const { ts } = await announced();
    await slack.press(host.url, 'U1', { action_id: 'case_transfer', value: 'case-1' }, ts);
    await until(() => slack.forms.length === 1);
    const { view } = slack.forms[0]!;
    expect(JSON.stringify(view)).toContain('Luis, on shift, has 2');
    await slack.submit(host.url, 'U1', view, { to: { chosen: 'staff:luis' }, note: { written: ' she speaks Tigrinya ' } });
    await slack.submit(host.url, 'U1', view, { to: { chosen: 'desk:north' }, note: { written: '' } });
    await until(() => done.length === 2);
    expect(done).toEqual([
      'transfer case-1 slack:U1 {"staffId":"luis"} she speaks Tigrinya',
      'transfer case-1 slack:U1 {"deskId":"north"} undefined',
    ]);
    outcome = () => Promise.resolve({ ok: false, reason: 'This colleague cannot take the case.' });
    await slack.submit(host.url, 'U1', view, { to: { chosen: 'staff:luis' } });
    await until(() => slack.whispers.length === 1);
    expect(slack.whispers).toMatchObject([{ user: 'U1', thread_ts: ts, text: 'This colleague cannot take the case.' }]);
  });
  it('says so when there is nobody to transfer to', async () => {
    const { ts } = await announced();
    choices = { ...choices, colleagues: [], desks: [] };
    await slack.press(host.url, 'U1', { action_id: 'case_transfer', value: 'case-1' }, ts);
    await until(() => slack.whispers.length === 1);
    expect(slack.whispers[0]?.text).toContain('nobody to transfer to');
  });
  it('tells the loser of a race who was first, and of a fault that nothing happened', async () => {
    const { ts } = await announced();
    outcome = () => Promise.resolve({ ok: false, reason: 'Marta has this case.' });
    await slack.press(host.url, 'U2', { action_id: 'case_claim', value: 'case-1' }, ts);
    await until(() => slack.whispers.length === 1);
    outcome = () => Promise.reject(new Error('a fault'));
    await slack.press(host.url, 'U2', { action_id: 'case_claim', value: 'case-1' }, ts);
    await until(() => slack.whispers.length === 2);
    expect(slack.whispers.map((one) => [one.user, one.text])).toEqual([
      ['U2', 'Marta has this case.'],
      ['U2', expect.stringContaining('try again')],
    ]);
  });
});

describe('a message in a thread', () => {
  const event = (post: object) => ({ type: 'message', channel_type: 'channel', ...post });

  it('is internal: only its writer is asked whether the person shall get it', async () => {
    const { ts } = await announced();
    const typed = slack.type('U1', ts, 'Llamo mañana a la escuela');
    expect((await slack.event(host.url, event(typed))).status).toBe(200);
    await until(() => slack.whispers.length === 1);
    expect(slack.whispers).toMatchObject([{ user: 'U1', thread_ts: ts }]);
    expect(slack.whispers[0]?.blocks[1]?.elements).toMatchObject([{ action_id: 'send_to_person', value: typed.ts }]);
    expect(done).toEqual([]);
    expect(notes).toEqual([`note case-1 slack:U1 ${DESK}:${typed.ts}: Llamo mañana a la escuela []`]);
  });
  it('is kept with its mentions as words; when it cannot be kept, its writer is told', async () => {
    const { ts } = await announced();
    const typed = slack.type('U1', ts, '<@U2> mira <!here>: 1 &lt; 2, <https://a.example|a.example>');
    await slack.event(host.url, event(typed));
    await until(() => notes.length === 1);
    expect(notes[0]).toMatch(/: @U2 mira @here: 1 < 2, a\.example \[slack:U2\]$/);
    noteOutcome = () => Promise.resolve({ ok: false, reason: 'This needs the permission case.act.' });
    await slack.event(host.url, event(slack.type('U1', ts, 'otra')));
    await until(() => slack.whispers.some(({ text }) => text.includes('case.act')));
    expect(slack.whispers.at(-1)?.text).toContain('not among the notes');
  });
  it('is asked about once, although Slack sends the event again', async () => {
    const { ts } = await announced();
    const typed = slack.type('U1', ts, 'hola');
    for (let retry = 0; retry < 3; retry += 1) {
      expect((await slack.event(host.url, event(typed), { id: `Ev1 ${ts}`, ...(retry > 0 ? { retry } : {}) })).status).toBe(200);
    }
    await slack.event(host.url, event(typed), { id: `Ev2 ${ts}` });
    await until(() => slack.whispers.length === 2);
    expect(slack.whispers).toHaveLength(2);
    expect(new Set(notes).size).toBe(1);
  });
  it('is kept when Slack sends it again to another node, because the first one died over it', async () => {
    const { ts } = await announced();
    const typed = slack.type('U1', ts, 'hola');
    noteOutcome = () => new Promise(() => {});
    await slack.event(host.url, event(typed), { id: `Ev3 ${ts}` });
    await until(() => notes.length === 1);
    await host.close();
    await open();
    await slack.event(host.url, event(typed), { id: `Ev3 ${ts}`, retry: 1 });
    await until(() => slack.whispers.length === 1);
    expect(notes).toHaveLength(1);
  });
  it('reaches the person by the button, as it stands now, once', async () => {
    const { ts } = await announced();
    const typed = slack.type('U1', ts, 'borrador');
    for (const text of ['a', 'b', 'c']) slack.type('U2', ts, text);
    typed.text = 'Puede ir mañana &amp; sin papeles';
    const button = { action_id: 'send_to_person', value: typed.ts };
    await Promise.all([slack.press(host.url, 'U1', button, ts), slack.press(host.url, 'U1', button, ts)]);
    await until(() => slack.responses.length === 2);
    expect(done).toEqual([`send case-1 slack:U1 ${DESK}:${typed.ts}: Puede ir mañana & sin papeles`]);
    expect(slack.responses.map((one) => one.text ?? '').toSorted((a, b) => a.localeCompare(b))).toEqual([
      'Sent to the person.',
      'This message has already been sent to the person.',
    ]);
    await until(() => slack.posts.at(-1)?.text === 'Sent to the person by <@U1>.');
  });
  it('reaches the person by the shortcut, whoever wrote it', async () => {
    const { ts } = await announced();
    await slack.shortcut(host.url, 'U2', slack.type('U1', ts, 'Vaya al registro'));
    await until(() => slack.whispers.length === 1);
    expect(done).toEqual([expect.stringMatching(/^send case-1 slack:U2 .*: Vaya al registro$/)]);
    expect(slack.whispers).toMatchObject([{ user: 'U2', text: 'Sent to the person.' }]);
  });
  it('may be sent again when it was refused', async () => {
    const { ts } = await announced();
    const typed = slack.type('U1', ts, 'hola');
    outcome = () => Promise.resolve({ ok: false, reason: 'The person has stopped the line.' });
    await slack.shortcut(host.url, 'U1', typed);
    await until(() => slack.whispers.length === 1);
    outcome = () => Promise.resolve({ ok: true });
    await slack.shortcut(host.url, 'U1', typed);
    await until(() => slack.whispers.length === 2);
    expect(slack.whispers.map((one) => one.text)).toEqual(['The person has stopped the line.', 'Sent to the person.']);
  });
  it('does not reach the person with a mention, without words, from somebody else, or from no thread', async () => {
    const { ts } = await announced();
    const mine = slack.type('U1', ts, 'hola');
    await slack.shortcut(host.url, 'U1', slack.type('U1', ts, '<@U2> ¿lo ves?'));
    await slack.shortcut(host.url, 'U1', slack.type('U1', ts, ''));
    await slack.shortcut(host.url, 'U1', slack.type('U1', '1.1', 'hola'));
    await slack.shortcut(host.url, 'U1', slack.posts[0] as never);
    await slack.press(host.url, 'U2', { action_id: 'send_to_person', value: mine.ts }, ts);
    await until(() => slack.whispers.length === 4 && slack.responses.length === 1);
    expect(done).toEqual([]);
    expect([...slack.whispers, ...slack.responses].every((one) => /not sent|Nothing was sent/.test(one.text ?? ''))).toBe(true);
  });
  it('of a private case is warned about and never sent', async () => {
    const { ts } = await announced();
    privateCase = true;
    const typed = slack.type('U1', ts, 'hola');
    await slack.event(host.url, event(typed));
    await slack.shortcut(host.url, 'U1', typed);
    await until(() => slack.whispers.length === 2);
    expect(slack.whispers.every((one) => one.text.startsWith('This case is private'))).toBe(true);
    expect(done).toEqual([]);
  });
  it.each([
    ['our own', { bot_id: 'B0BOT' }],
    ['an edit', { subtype: 'message_changed' }],
    ['one outside a thread', { thread_ts: undefined }],
    ['one of another channel', { channel: 'COTHER' }],
    ["one in a thread of nobody's case", { thread_ts: '1.1' }],
  ])('is passed over when it is %s', async (_name, change) => {
    const { ts } = await announced();
    expect((await slack.event(host.url, event({ ...slack.type('U1', ts, 'hola'), ...change }))).status).toBe(200);
    await slack.event(host.url, event(slack.type('U9', ts, 'después')));
    await until(() => slack.whispers.length > 0);
    expect(slack.whispers.map((one) => one.user)).toEqual(['U9']);
  });
});

describe("the end of WhatsApp's window", () => {
  const event = (post: object) => ({ type: 'message', channel_type: 'channel', ...post });
  it('is told with the offer to send, in the time zone of whoever reads, and SMS is offered while there is time', async () => {
    const { ts } = await announced();
    choices = { ...choices, windowEndsAt: 1_800_000_000_000, templates: [{ id: 'ask_sms', text: '¿SMS?' }] };
    await slack.event(host.url, event(slack.type('U1', ts, 'hola')));
    await until(() => slack.whispers.length === 1);
    expect(JSON.stringify(slack.whispers[0]?.blocks)).toContain('until <!date^1800000000^');
    const ask = slack.whispers[0]?.blocks[1]?.elements?.[1];
    expect(ask).toMatchObject({ action_id: 'ask_sms', value: 'case-1' });
    await slack.press(host.url, 'U1', { action_id: 'ask_sms', value: 'case-1' }, ts);
    await until(() => done.length === 1);
    expect(done[0]).toContain('{"how":"template","template":"ask_sms"}');
  });
  it('opens a form with what can be done instead, and does it', async () => {
    const { ts } = await announced();
    const typed = slack.type('U1', ts, 'Ya hay plaza');
    choices = { ...choices, open: false, windowEndsAt: 1, templates: [{ id: 'we_can', text: 'Hola, soy {{staff}}' }], smsAgreed: true };
    for (const [index, chosen, way, said] of [
      [0, 'when_they_write', '{"how":"when_they_write"}', /^Kept/],
      [1, 'sms', '{"how":"sms"}', /^Sent|already/],
      [2, 'template:we_can', '{"how":"template","template":"we_can"}', /^Sent|already/],
    ] as const) {
      outcome = () => Promise.resolve({ ok: false, code: 'window', reason: 'WhatsApp takes no text.' });
      const own = index === 0 ? typed : slack.type('U1', ts, 'Ya hay plaza');
      await slack.press(host.url, 'U1', { action_id: 'send_to_person', value: own.ts }, ts);
      await until(() => slack.forms.length === index + 1 && slack.responses.length === index + 1);
      expect(slack.responses[index]?.text).toContain('Nothing was sent yet');
      const { view } = slack.forms[index]!;
      expect(JSON.stringify(view)).toMatch(/Keep it.*SMS.*Hola, soy/s);
      outcome = () => Promise.resolve({ ok: true });
      await slack.submit(host.url, 'U1', view, { way: { chosen } });
      await until(() => slack.whispers.length === index + 1);
      expect(slack.whispers[index]?.text).toMatch(said);
      expect(done.at(-1)).toBe(`send case-1 slack:U1 ${DESK}:${own.ts}: Ya hay plaza ${way}`);
    }
  });
});

describe('a message that was kept until the person writes', () => {
  /** Presses the button, chooses in the form that opens, and what is said then. */
  async function choose(ts: string, messageTs: string, chosen: string): Promise<string> {
    const [forms, whispers] = [slack.forms.length, slack.whispers.length];
    await slack.press(host.url, 'U1', { action_id: 'send_to_person', value: messageTs }, ts);
    await until(() => slack.forms.length === forms + 1);
    await slack.submit(host.url, 'U1', slack.forms.at(-1)!.view, { way: { chosen } });
    await until(() => slack.whispers.length === whispers + 1);
    return slack.whispers.at(-1)?.text ?? '';
  }

  it('and taken back goes out under another id when its writer chooses anew, and never twice', async () => {
    const { ts } = await announced();
    const typed = slack.type('U1', ts, 'Ya hay plaza');
    const first = `${DESK}:${typed.ts}`;
    /** As the runtime: what an id is known for. */
    const known = new Map<string, 'kept' | 'cancelled' | 'queued'>();
    outcome = () => {
      const [, id = '', way] = /^send case-1 slack:U1 (\S+): Ya hay plaza(?: (.*))?$/.exec(done.at(-1) ?? '') ?? [];
      const state = known.get(id);
      if (state === 'cancelled') return Promise.resolve({ ok: false, code: 'cancelled', reason: 'It was taken back.' });
      if (state === 'kept' && way === undefined) return Promise.resolve({ ok: false, code: 'kept', reason: 'It is kept already.' });
      if (way === undefined) return Promise.resolve({ ok: false, code: 'window', reason: 'WhatsApp takes no text.' });
      if (!state) known.set(id, way.includes('when_they_write') ? 'kept' : 'queued');
      return Promise.resolve({ ok: true });
    };
    expect(await choose(ts, typed.ts, 'when_they_write')).toMatch(/^Kept/);
    await slack.press(host.url, 'U1', { action_id: 'send_to_person', value: typed.ts }, ts);
    await until(() => slack.responses.length === 2);
    expect(slack.responses[1]?.text).toBe('It is kept already.');
    known.set(first, 'cancelled');
    choices = { ...choices, templates: [{ id: 'we_can', text: 'Hola' }] };
    expect(await choose(ts, typed.ts, 'template:we_can')).toBe('Sent to the person.');
    expect([...known]).toEqual([
      [first, 'cancelled'],
      [`${first}#2`, 'queued'],
    ]);
    await slack.press(host.url, 'U1', { action_id: 'send_to_person', value: typed.ts }, ts);
    await until(() => slack.responses.length === 4);
    expect(slack.responses[3]?.text).toContain('already been sent');
    expect(known.size).toBe(2);
  });
});

describe('the home page', () => {
  const board: Board = {
    mine: [],
    waiting: [],
    counts: { waiting: 3, tickets: 0, claimed: 0, private: 1 },
    languages: [],
    oldestSince: null,
    duty: null,
  };
  it('is shown when it is opened, is refused to whoever may not see it, and is not made anew more often than Slack likes', async () => {
    await host.close();
    host = await startChannel(createSlack(3_600_000) as ChannelModule, slack.env);
    surface = host.open as OpenStaffSurface;
    connect();
    boards.set('slack:U1', board);
    for (const user of ['U1', 'U2']) await slack.event(host.url, { type: 'app_home_opened', user, tab: 'home' });
    await until(() => slack.published === 2);
    expect(JSON.stringify(slack.homes.get('U1'))).toContain('3 wait');
    expect(JSON.stringify(slack.homes.get('U2'))).toContain('You are not linked.');
    for (let count = 0; count < 5; count += 1) surface.refresh();
    await slack.event(host.url, { type: 'app_home_opened', user: 'U1', tab: 'home' });
    await until(() => slack.published === 3);
    expect(slack.published).toBe(3);
  });
});

describe('a request', () => {
  const json = 'application/json';
  it('is acknowledged before any work is done, however long that takes', async () => {
    const { ts } = await announced();
    const never = (): Promise<never> => new Promise(() => {});
    [outcome, noteOutcome] = [never, never];
    const answers = await Promise.all([
      slack.press(host.url, 'U1', { action_id: 'case_claim', value: 'case-1' }, ts),
      slack.event(host.url, { type: 'message', channel_type: 'channel', ...slack.type('U1', ts, 'hola') }),
      slack.shortcut(host.url, 'U1', slack.type('U1', ts, 'hola')),
      slack.command(host.url, 'U1', 'shift on'),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });
  it('answers the challenge, and whatever nobody listens to', async () => {
    const challenge = await slack.post(host.url, '{"type":"url_verification","challenge":"abc"}', json);
    expect(await challenge.json()).toEqual({ challenge: 'abc' });
    expect((await slack.event(host.url, { type: 'team_join' })).status).toBe(200);
    expect(
      (await slack.post(host.url, 'command=%2Fx&team_id=T1&channel_id=C1&user_id=U1', 'application/x-www-form-urlencoded')).status,
    ).toBe(200);
  });
  it('that is forged, old or of the future is refused and counted', async () => {
    const body = '{"type":"url_verification","challenge":"abc"}';
    const now = Math.floor(Date.now() / 1000);
    const good = signSlack(body);
    for (const headers of [
      signSlack(body, now, 'another secret'),
      signSlack(body, now - 400),
      signSlack(body, now + 400),
      signSlack(`${body} `),
      { ...good, 'x-slack-signature': `${good['x-slack-signature']}=0` },
      { ...good, 'x-slack-signature': '' },
      { ...good, 'x-slack-request-timestamp': `${now}.0` },
    ]) {
      expect((await slack.post(host.url, body, json, headers)).status).toBe(403);
    }
    expect(host.counted).toEqual(Array.from({ length: 7 }, () => 'bad_signature slack'));
  });
  it('that is malformed or too large is refused', async () => {
    expect((await slack.post(host.url, '{', json)).status).toBe(400);
    expect((await slack.post(host.url, 'a=b', 'application/x-www-form-urlencoded')).status).toBe(400);
    expect((await slack.post(host.url, JSON.stringify({ type: 'a'.repeat(70_000) }), json)).status).toBe(413);
  });
});

describe("Slack's published signature", () => {
  interface Vector {
    signing_secret: string;
    timestamp: string;
    body: string;
    signature: string;
  }
  const vector = JSON.parse(readFileSync(new URL('../fixtures/slack-signature-vector.json', import.meta.url), 'utf8')) as Vector;
  const check = (signature: string, body = vector.body, timestamp = vector.timestamp): void =>
    checkSignature(vector.signing_secret, verifySlackRequest, body, { signature, timestamp }, Number(vector.timestamp) * 1000);

  it('is accepted', () => expect(() => check(vector.signature)).not.toThrow());
  it('is refused after any change', () => {
    const flip = (text: string, place: number): string => text.slice(0, place) + (text[place] === '0' ? '1' : '0') + text.slice(place + 1);
    for (let i = 0; i < 1000; i += 1) {
      expect(() => check(flip(vector.signature, randomInt(vector.signature.length)))).toThrow();
      expect(() => check(vector.signature, flip(vector.body, randomInt(vector.body.length)))).toThrow();
    }
    expect(() => check(vector.signature.toUpperCase())).toThrow();
    expect(() => check(vector.signature, vector.body, `0${vector.timestamp}`)).toThrow();
  });
});

describe('a socket', () => {
  it('brings actions without an address that Slack can reach', async () => {
    await host.close();
    await open({ ...slack.env, SLACK_SIGNING_SECRET: '', SLACK_APP_TOKEN: 'xapp-test' });
    expect(host.open.routes).toBeNull();
    const socket = await slack.socket();
    const answered = new Promise<string>((got) => socket.once('message', (data: Buffer) => got(data.toString())));
    const action = { type: 'button', block_id: 'b', action_id: 'case_claim', value: 'case-1' };
    const payload = {
      type: 'block_actions',
      user: { id: 'U1' },
      team: { id: 'T1' },
      channel: { id: DESK },
      container: {},
      actions: [action],
    };
    socket.send(JSON.stringify({ envelope_id: 'e1', type: 'interactive', accepts_response_payload: true, payload }));
    expect(JSON.parse(await answered)).toMatchObject({ envelope_id: 'e1' });
    await until(() => done.length === 1);
    expect(done).toEqual(['claim case-1 slack:U1']);
  });
});
