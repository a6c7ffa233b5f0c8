// WhatsApp takes any text for 24 hours after somebody wrote. Beyond it nothing is sent that would be refused:
// a template, an SMS that was agreed to, or what waits until the person writes. The provider here refuses as the real one does.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { projectFolder } from '../../../src/app.ts';
import { twilio as twilioModule } from '../../../src/channels/twilio/twilio.ts';
import { permissionsOf } from '../../../src/domain/role.ts';
import type { Actor } from '../../../src/domain/staff.ts';
import { folderSource, type FileSource } from '../../../src/content/file-source.ts';
import { loadFiles } from '../../../src/content/load-files.ts';
import { eraseContact } from '../../../src/store/erase.ts';
import type { Reply } from '../../../src/runtime/desk/desk.ts';
import { reachOf, type Reach } from '../../../src/runtime/desk/reach.ts';
import { recordConsent } from '../../../src/store/consents.ts';
import { findConversation } from '../../../src/store/conversations.ts';
import { listKeptReplies } from '../../../src/store/kept-replies.ts';
import { latestCase } from '../../../src/store/cases.ts';
import type { Conversation } from '../../../src/store/records.ts';
import { addTimer } from '../../../src/store/timers.ts';
import { openHotline, type TestHotline } from '../../support/app.ts';
import { BACKENDS, makePlace, type Place } from '../../support/places.ts';
import { freePort } from '../../support/process.ts';
import { createQuietSurface } from '../../support/quiet-surface.ts';
import { startTwilio, type FakeMessage, type FakeTwilio } from '../../support/twilio-server.ts';

const HOUR = 3_600_000;
const PERSON = '+34600999888';
const HX = 'HX0123456789abcdef0123456789abcdef';
const TEMPLATES = `whatsapp_templates:
  - id: we_can_answer
    variables: [staff]
    languages:
      es: { content: ${HX}, text: 'Hola, soy {{staff}}. Ya tenemos una respuesta.' }
  - id: reminder
    languages:
      es: { content: ${HX.replace('01', '99')}, text: 'Nos pidió que le recordáramos algo.' }
`;

let place: Place;
let twilio: FakeTwilio;
let hotline: TestHotline;
let url: string;
/** Messages that the provider refused because the window was over: there must never be one. */
let refused: string[];

beforeEach(async () => {
  twilio = await startTwilio();
  twilio.now = () => hotline.now();
  refused = [];
  twilio.judge = (form) => {
    const to = form.get('To') ?? '';
    if (!to.startsWith('whatsapp:') || form.get('ContentSid') !== null) return null;
    const last = Math.max(...twilio.messages.filter((one) => one.direction === 'inbound' && one.from === to).map((one) => one.createdAt));
    if (twilio.now() - last < 24 * HOUR) return null;
    refused.push(form.get('Body') ?? '');
    return { kind: 'status', status: 400, code: 63016 };
  };
});
afterEach(async () => {
  await hotline.close();
  await twilio.close();
  await place.drop();
  expect(refused).toEqual([]);
});

async function open(backend: (typeof BACKENDS)[number]): Promise<void> {
  place = await makePlace(backend);
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  hotline = await openHotline({
    place,
    modules: [twilioModule],
    surface: createQuietSurface().module,
    environment: { ...twilio.env, PORT: String(port), TWILIO_SETTLE_SECONDS: '0' },
  });
  await hotline.app.listen();
  await hotline.app.service.services.releases.publish(await loadFiles(withTemplates(folderSource(projectFolder))), hotline.now());
  for (const text of ['hola', '1', 'persona']) await write(text);
}

function withTemplates(files: FileSource): FileSource {
  return {
    list: () => files.list(),
    async read(path) {
      const bytes = await files.read(path);
      return path === 'flows/settings/hotline.yaml'
        ? Buffer.from(
            Buffer.from(bytes)
              .toString()
              .replace(/^whatsapp_templates: \[\]\n/m, TEMPLATES),
          )
        : bytes;
    },
  };
}

async function write(text: string): Promise<void> {
  expect((await twilio.inbound(url, { from: `whatsapp:${PERSON}`, to: 'whatsapp:+15005550007', body: text })).status).toBe(200);
  await hotline.settle();
}
const conversation = async (): Promise<Conversation> =>
  (await hotline.app.store.read((reader) => findConversation(reader, 'whatsapp', { kind: 'phone', value: PERSON }))) as Conversation;
const reach = async (): Promise<Reach> => {
  const current = await conversation();
  return hotline.app.store.read((reader) => reachOf(reader, current, hotline.app.service.services, hotline.now()));
};

const ANA: Actor = {
  id: 'ana',
  alias: 'Ana',
  organisationId: 'own',
  deskIds: [],
  roles: ['caseworker'],
  permissions: permissionsOf(['caseworker']),
  via: 'session',
};
const caseId = async (): Promise<string> => {
  const { id } = await conversation();
  return (await hotline.app.store.read((reader) => latestCase(reader, id)))?.id ?? '';
};

/** Ana replies, as from the console. */
async function reply(how: Reply['how'], text: string, extra: Partial<Reply> = {}): Promise<string> {
  const outcome = await hotline.app.service.desk.reply(ANA, await caseId(), { id: `r ${text}`, text, how, ...extra });
  return outcome.ok ? 'ok' : outcome.code;
}
const sent = (): FakeMessage[] => twilio.messages.filter((message) => message.direction === 'outbound-api');
const said = (): string[] => sent().map((message) => message.body);
async function agreeToSms(given = true): Promise<void> {
  const { contactId } = await conversation();
  await hotline.app.store.transaction((tx) =>
    recordConsent(tx, {
      id: `c ${given} ${hotline.now()}`,
      contactId,
      purpose: 'sms',
      given,
      textKey: 'system:sms_ask',
      release: 1,
      language: 'es',
      createdAt: hotline.now(),
    }),
  );
}

describe.each(BACKENDS)("WhatsApp's window on %s", { timeout: 60_000 }, (backend) => {
  it('is open for 24 hours after the person wrote, and a little less is promised', async () => {
    await open(backend);
    const { state, windowEndsAt, templates } = await reach();
    expect([state, templates.map(({ id }) => id)]).toEqual(['open', ['ask_sms']]);
    const left = (windowEndsAt ?? 0) - hotline.now();
    expect([left < 24 * HOUR, left > 23.9 * HOUR]).toEqual([true, true]);
    hotline.pass(left - 1);
    expect(await reply('now', 'a tiempo')).toBe('ok');
    await hotline.settle();
    expect(said()).toContain('a tiempo');
  });

  it('is over after that: text is refused and only approved templates with their names filled in go out', async () => {
    await open(backend);
    hotline.pass(24 * HOUR);
    expect(await reach()).toMatchObject({
      state: 'template',
      templates: [{ id: 'we_can_answer', language: 'es', text: 'Hola, soy {{staff}}. Ya tenemos una respuesta.' }],
      smsAgreed: false,
    });
    const before = sent().length;
    expect(await reply('now', 'tarde')).toBe('window');
    expect(await reply('template', 'x', { template: 'no_such' })).toBe('invalid');
    expect(await reply('sms', 'por sms')).toBe('invalid');
    expect(await reply('template', 'Hola', { template: 'we_can_answer' })).toBe('ok');
    await hotline.settle();
    expect(sent().slice(before)).toMatchObject([{ contentSid: HX, contentVariables: '{"1":"Ana"}', to: `whatsapp:${PERSON}` }]);
  });

  it('is left by SMS where the person agreed to it, and no longer once they do not', async () => {
    await open(backend);
    await agreeToSms();
    hotline.pass(25 * HOUR);
    expect(await reach()).toMatchObject({ smsAgreed: true });
    expect(await reply('sms', 'Mañana a las 9')).toBe('ok');
    await hotline.settle();
    expect(sent().at(-1)).toMatchObject({ to: PERSON, from: '+15005550006' });
    expect(said().at(-1)).toMatch(/^Mañana a las 9\n\nPor favor, responda por WhatsApp/);
    twilio.troubles.push({ kind: 'status', status: 400, code: 21610 });
    expect(await reply('sms', 'otra vez')).toBe('ok');
    await hotline.settle();
    expect(await reach()).toMatchObject({ state: 'template', smsAgreed: false });
  });

  it('is not needed where the person says, when asked inside of it, that SMS is all right', async () => {
    await open(backend);
    expect(await reply('template', 'ask', { template: 'ask_sms' })).toBe('ok');
    await hotline.settle();
    expect(said().at(-1)).toMatch(/enviarle un SMS a este número/);
    await write('1');
    expect(said().at(-1)).toMatch(/solo cuando WhatsApp no nos deje/);
    expect(await reach()).toMatchObject({ state: 'open', templates: [], smsAgreed: true });
    hotline.pass(25 * HOUR);
    expect(await reply('sms', 'Mañana a las 9')).toBe('ok');
    await hotline.settle();
    expect(sent().at(-1)).toMatchObject({ to: PERSON });
  });

  it('opens when the person writes: what waited for that goes out then, in order and once', async () => {
    await open(backend);
    hotline.pass(30 * HOUR);
    const before = sent().length;
    for (const text of ['uno', 'dos', 'tres']) expect(await reply('when_they_write', text)).toBe('ok');
    await hotline.settle();
    expect(said().slice(before)).toEqual([]);
    expect(await reply('when_they_write', 'nada')).toBe('ok');
    expect(await reply('now', 'nada')).toBe('kept');
    expect(await hotline.app.service.desk.cancelReply(ANA, await caseId(), 'r nada')).toEqual({ ok: true });
    expect(await reply('when_they_write', 'nada')).toBe('cancelled');
    expect(await reply('template', 'nada', { template: 'we_can_answer' })).toBe('cancelled');
    await write('¿hay alguien?');
    await write('¿hola?');
    const kept = ['uno', 'dos', 'tres', 'nada'];
    expect(
      said()
        .slice(before)
        .filter((text) => kept.includes(text)),
    ).toEqual(['uno', 'dos', 'tres']);
    expect(await reply('when_they_write', 'uno')).toBe('ok');
    expect(await hotline.app.service.desk.cancelReply(ANA, await caseId(), 'r uno')).toMatchObject({ ok: false, code: 'invalid' });
  });

  it('is looked at again when a line is claimed: one that was queued in time and waited too long is kept', async () => {
    await open(backend);
    twilio.troubles.push({ kind: 'status', status: 503, retryAfter: '3000' });
    hotline.pass(23.5 * HOUR);
    expect(await reply('now', 'casi')).toBe('ok');
    const { id } = await conversation();
    await expect.poll(() => twilio.troubles.length).toBe(0);
    hotline.pass(HOUR);
    await expect
      .poll(async () => (await hotline.app.store.read((reader) => listKeptReplies(reader, id))).map(({ text }) => text))
      .toEqual(['casi']);
    await hotline.settle();
    expect(said()).not.toContain('casi');
    await write('hola');
    expect(said().filter((text) => text === 'casi')).toHaveLength(1);
    expect(await hotline.app.store.read((reader) => listKeptReplies(reader, id))).toEqual([]);
  });

  it('makes a template stand in for a reminder, which follows when the person writes', async () => {
    await open(backend);
    const { id } = await conversation();
    const before = sent().length;
    await hotline.app.store.transaction((tx) =>
      addTimer(tx, {
        id: 't1',
        conversationId: id,
        kind: 'remind',
        epoch: 0,
        token: 0,
        dueAt: hotline.now() + 48 * HOUR,
        payload: '{"text":{"literal":"Su cita es hoy"}}',
      }),
    );
    hotline.pass(48 * HOUR);
    await expect.poll(() => sent().length).toBe(before + 1);
    expect(sent().at(-1)).toMatchObject({ contentSid: HX.replace('01', '99'), contentVariables: '{}' });
    await write('hola');
    expect(
      said()
        .slice(before)
        .filter((text) => text.includes('Su cita es hoy')),
    ).toHaveLength(1);
  });

  it('sends nothing that was kept for somebody who said STOP, and nothing of somebody who was erased is kept', async () => {
    await open(backend);
    hotline.pass(30 * HOUR);
    await reply('when_they_write', 'uno');
    const { id, contactId } = await conversation();
    await write('stop');
    expect(await reach()).toMatchObject({ state: 'stopped' });
    expect(await reply('template', 'x', { template: 'we_can_answer' })).toBe('stopped');
    expect(said()).not.toContain('uno');
    await hotline.app.store.transaction((tx) => eraseContact(tx, contactId, hotline.now()));
    expect(await hotline.app.store.read((reader) => listKeptReplies(reader, id))).toEqual([]);
  });
});
