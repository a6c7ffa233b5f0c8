// Pictures and voice notes from a person to a caseworker and away again, over Twilio's protocol and the web chat's HTTP: who sees
// what, what never does, what the person is told, and that nothing remains at the end, here or at the provider.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ConversationGrant } from '../../../src/api/direct-line.ts';
import { directLine } from '../../../src/channels/direct-line/direct-line.ts';
import { twilio as twilioModule } from '../../../src/channels/twilio/twilio.ts';
import { permissionsOf, type Role } from '../../../src/domain/role.ts';
import type { Actor } from '../../../src/domain/staff.ts';
import { mediaHandlers } from '../../../src/http/api/media.ts';
import type { ApiParts } from '../../../src/http/api/handler.ts';
import { readMedia, type MediaOutcome } from '../../../src/runtime/desk/media.ts';
import { eraseCopies } from '../../../src/runtime/housekeeping.ts';
import { listAudit } from '../../../src/store/audit.ts';
import { latestCase } from '../../../src/store/cases.ts';
import { findConversation } from '../../../src/store/conversations.ts';
import { decryptAll } from '../../../src/store/decrypt-all.ts';
import { listMedia, type MediaItem } from '../../../src/store/message-media.ts';
import { listMessages } from '../../../src/store/messages.ts';
import { openHotline, type TestHotline } from '../../support/app.ts';
import { secretsIn, withSecrets } from '../../support/media-files.ts';
import { BACKENDS, makePlace, type Place } from '../../support/places.ts';
import { freePort } from '../../support/process.ts';
import { createQuietSurface, type QuietSurface } from '../../support/quiet-surface.ts';
import { startTwilio, type FakeFile, type FakeTwilio } from '../../support/twilio-server.ts';

let place: Place;
let twilio: FakeTwilio;
let surface: QuietSurface;
let hotline: TestHotline;
let url: string;
/** Another one in each test. */
let person: string;
let people = 0;
const own = () => ({ from: `whatsapp:${person}`, to: 'whatsapp:+15005550007' });

const file = (name: string, claimed?: string): FakeFile => {
  const { type, bytes } = withSecrets[name] ?? { type: '', bytes: Buffer.alloc(0) };
  return { contentType: claimed ?? type, bytes };
};

async function open(backend: (typeof BACKENDS)[number]): Promise<void> {
  twilio = await startTwilio();
  twilio.now = () => hotline.now();
  place = await makePlace(backend);
  surface = createQuietSurface();
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  hotline = await openHotline({
    place,
    modules: [twilioModule, directLine],
    surface: surface.module,
    environment: { ...twilio.env, PORT: String(port), TWILIO_SETTLE_SECONDS: '0' },
  });
  await hotline.app.listen();
}

async function close(): Promise<void> {
  await hotline.close();
  await twilio.close();
  await place.drop();
}

beforeEach(() => {
  person = `+3460099${String((people += 1)).padStart(4, '0')}`;
  if (twilio) twilio.downloads.length = 0;
});

async function write(...texts: string[]): Promise<void> {
  for (const body of texts) {
    expect((await twilio.inbound(url, { ...own(), body })).status).toBe(200);
    await hotline.settle();
  }
}
async function show(files: FakeFile[], body = ''): Promise<void> {
  expect((await twilio.show(url, { ...own(), body }, files)).status).toBe(200);
  await hotline.settle();
}
const ours = () => twilio.messages.filter((message) => message.from === own().from || message.to === own().from);
const said = (): string[] =>
  ours()
    .filter((message) => message.direction === 'outbound-api')
    .map((message) => message.body);
const atTwilio = (): string[] => ours().flatMap((message) => message.media);

function actor(role: Role = 'caseworker', id = 'ana'): Actor {
  const roles = [role];
  return {
    id,
    alias: id,
    organisationId: 'own',
    deskIds: [],
    roles,
    permissions: permissionsOf(roles),
    via: 'session',
  };
}

async function theCase(channel = 'whatsapp', value = person) {
  return hotline.app.store.read(async (reader) => {
    const kind = channel === 'web' ? ('user' as const) : ('phone' as const);
    const conversation = await findConversation(reader, channel, { kind, value });
    const record = conversation && (await latestCase(reader, conversation.id));
    const media = conversation ? [...(await listMedia(reader, conversation.id)).values()].flat() : [];
    const messages = conversation ? await listMessages(reader, conversation.id, 0) : [];
    return { caseId: record?.id ?? '', media, messages, deskId: record?.deskId ?? null };
  });
}
const look = (who: Actor, caseId: string, media: MediaItem | undefined): Promise<MediaOutcome> =>
  readMedia(hotline.app.service.services, who, caseId, media?.id ?? '');
const audited = async () => hotline.app.store.read((reader) => listAudit(reader, { limit: 100 }));
const claim = async (): Promise<string> => {
  const { caseId } = await theCase();
  expect(await hotline.app.service.desk.claim(actor(), caseId)).toEqual({ ok: true });
  return caseId;
};

describe.each(BACKENDS)('what a person shows, on %s', (backend) => {
  beforeAll(() => open(backend));
  afterAll(close);

  it('reaches the caseworker without what it tells of the person, and is gone everywhere when the case closes', async () => {
    await write('hola', '1', 'persona');
    const caseId = await claim();
    const before = said().length;
    await show([file('jpeg'), file('opus')], 'mire');
    expect(said()).toHaveLength(before);
    const { media, messages } = await theCase();
    expect(media.map(({ kind }) => kind).sort()).toEqual(['audio', 'image']);
    expect(messages.at(-1)).toMatchObject({ text: 'mire', files: ['image/jpeg', 'audio/ogg'] });
    // Nothing is fetched before somebody wants to see it.
    expect(twilio.downloads).toEqual([]);
    for (const one of media) {
      const shown = await look(actor(), caseId, one);
      expect(shown).toMatchObject({ kind: 'shown', contentType: one.contentType });
      expect(secretsIn(shown.kind === 'shown' ? shown.bytes : Buffer.from('Amina'))).toEqual([]);
    }
    expect(twilio.downloads.map(({ authorization }) => authorization)).toEqual([undefined, undefined]);
    const looks = (await audited()).filter(({ action }) => action === 'media.read');
    expect(looks.map(({ actor: who, target }) => `${who} ${target}`).sort()).toEqual(media.map(({ id }) => `ana ${id}`).sort());

    expect(await hotline.app.service.desk.close(actor(), caseId, { outcome: 'answered' })).toEqual({ ok: true });
    while (await eraseCopies(hotline.app.service.services));
    expect(atTwilio()).toEqual([]);
    const after = await theCase();
    expect(after.media.every(({ gone }) => gone)).toBe(true);
    expect(after.messages.some(({ text }) => text === 'mire')).toBe(true);
    expect(await look(actor(), caseId, after.media[0])).toMatchObject({ kind: 'gone' });
    for await (const { table } of decryptAll(hotline.app.store)) expect(table).not.toBe('message_media');
  });
});

describe('what a person shows', () => {
  beforeAll(() => open('sqlite'));
  afterAll(close);

  it('is not kept while the flow answers, goes at its provider, and may be sent again once a person is there', async () => {
    await write('hola', '1');
    await show([file('jpeg')]);
    expect(said().at(-1)).toMatch(/no los guardamos/);
    await write('persona');
    expect((await theCase()).media).toEqual([]);
    hotline.pass(6 * 60_000);
    while (await eraseCopies(hotline.app.service.services));
    expect(atTwilio()).toEqual([]);
    await show([file('jpeg')]);
    expect((await theCase()).media).toHaveLength(1);
  });

  it('that came before the person was in line is asked for again', async () => {
    await write('hola', '1');
    // Both wait for their turns when the picture comes in: the flow still answers then.
    await Promise.all([twilio.inbound(url, { ...own(), body: 'persona' }), twilio.show(url, { ...own(), body: '' }, [file('jpeg')])]);
    await hotline.settle();
    const { media, messages } = await theCase();
    if (media.length === 0) expect(said().join()).toMatch(/puede enviarlo otra vez|no los guardamos/);
    else expect(messages.at(-1)?.files).toEqual(['image/jpeg']);
  });

  it('is not kept from somebody who asked us to keep nothing', async () => {
    await write('hola', '2', 'persona');
    await show([file('jpeg')]);
    expect((await theCase()).media).toEqual([]);
    expect(said().at(-1)).toMatch(/No guardamos fotos/);
  });

  it('of a kind that is not shown is refused in plain words', async () => {
    await write('hola', '1', 'persona');
    await show([{ contentType: 'application/pdf', bytes: Buffer.from('%PDF-1.7') }]);
    expect((await theCase()).media).toEqual([]);
    expect(said().at(-1)).toMatch(/No pudimos recibir su archivo.*5 MB/);
  });

  it('that is not what it claims is not shown, and that is written down', async () => {
    await write('hola', '1', 'persona');
    const caseId = await claim();
    await show([file('png', 'image/jpeg'), { contentType: 'image/jpeg', bytes: Buffer.from('<html><script>alert(1)</script>') }]);
    const { media } = await theCase();
    const outcomes = await Promise.all(media.map((one) => look(actor(), caseId, one)));
    expect(outcomes.map(({ kind }) => kind)).toEqual(['refused', 'refused']);
    expect(outcomes.map((one) => ('reason' in one ? one.reason : '')).join()).toMatch(/not what it says it is/);
    const targets = (await audited()).flatMap(({ detail, target }) => (detail['result'] === 'refused' ? [target] : []));
    expect(targets).toEqual(expect.arrayContaining(media.map(({ id }) => id)));
  });

  it('is not there for those who may not see the case, nor by way of another case', async () => {
    await write('hola', '1', 'persona');
    const caseId = await claim();
    await show([file('jpeg')]);
    const [picture] = (await theCase()).media;
    for (const role of ['administrator', 'analyst', 'partner', 'interpreter', 'editor'] as const)
      expect(await look(actor(role, 'eve'), caseId, picture)).toEqual({ kind: 'not_found' });
    expect(await look(actor(), 'another case', picture)).toEqual({ kind: 'not_found' });
    expect(await look({ ...actor(), via: 'slack' }, caseId, picture)).toEqual({ kind: 'not_found' });
    expect(twilio.downloads).toEqual([]);
  });

  it('is named in the thread of a case, and shown in the console alone', async () => {
    await write('hola', '1', 'persona');
    await claim();
    await show([file('jpeg'), file('opus')]);
    await show([file('jpeg')], 'mire');
    const { caseId } = await theCase();
    const posts = (): string[] => surface.relayed.filter(({ threadRef }) => threadRef === `quiet:${caseId}`).map(({ text }) => text);
    await expect.poll(posts, { timeout: 20_000 }).toContain('mire\n(sent a picture: open the console)');
    expect(posts()).toContain('(sent a picture and a voice note: open the console)');
  });

  it('shows as gone when its provider has it no more', async () => {
    await write('hola', '1', 'persona');
    const caseId = await claim();
    await show([file('jpeg')]);
    for (const message of ours()) message.media = [];
    const [picture] = (await theCase()).media;
    expect(await look(actor(), caseId, picture)).toMatchObject({ kind: 'gone' });
    expect((await theCase()).media).toMatchObject([{ gone: true }]);
  });

  it('goes with DELETE', async () => {
    await write('hola', '1', 'persona');
    await show([file('jpeg')]);
    const { caseId, media } = await theCase();
    await write('borrar', 'sí');
    expect(await look(actor(), caseId, media[0])).toEqual({ kind: 'not_found' });
    // The running service may be at it already.
    while (await eraseCopies(hotline.app.service.services));
    await expect.poll(atTwilio).toEqual([]);
  });

  it('comes in by the web chat, too, and goes out as a file that no browser runs', async () => {
    const grant = (await (await fetch(`${url}/v3/directline/tokens/generate`, { method: 'POST' })).json()) as ConversationGrant;
    const at = `${url}/v3/directline/conversations/${grant.conversationId}`;
    const authorization = `Bearer ${grant.token}`;
    const post = async (text: string): Promise<void> => {
      const headers = { authorization, 'content-type': 'application/json' };
      expect((await fetch(`${at}/activities`, { method: 'POST', headers, body: JSON.stringify({ type: 'message', text }) })).status).toBe(
        200,
      );
      await hotline.settle();
    };
    for (const text of ['hola', '1', 'persona']) await post(text);
    const sent = await fetch(`${at}/upload?userId=me`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'image/jpeg' },
      body: Uint8Array.from(file('jpeg').bytes),
    });
    expect(sent.status).toBe(200);
    const { id } = (await sent.json()) as { id: string };
    const echo = (await (await fetch(`${at}/activities`, { headers: { authorization } })).json()) as { activities: { id: string }[] };
    expect(echo.activities.find((one) => one.id === id)).toMatchObject({ text: '', attachments: [{ contentType: 'image/jpeg' }] });
    const { caseId, media } = await theCase('web', grant.conversationId);
    const parts = { services: hotline.app.service.services } as ApiParts;
    const call = { params: { id: caseId, mediaId: media[0]?.id ?? '' }, actor: actor() } as Parameters<typeof mediaHandlers.readMedia>[0];
    const response = (await mediaHandlers.readMedia(call, parts)) as unknown as Response;
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'content-disposition': 'attachment; filename="file.jpg"',
      'content-security-policy': expect.stringContaining('sandbox'),
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(secretsIn(Buffer.from(await response.arrayBuffer()))).toEqual([]);
  });
});
