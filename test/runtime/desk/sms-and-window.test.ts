// Somebody whom people write to by WhatsApp and, where that is closed, by SMS: STOP there counts, and what was held for the
// open window goes out only while it is still wanted.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChannelModule, OutboundLine } from '../../../src/channels/channel.ts';
import { permissionsOf } from '../../../src/domain/role.ts';
import type { LineKind } from '../../../src/domain/conversation.ts';
import type { Actor } from '../../../src/domain/staff.ts';
import { holdLineBack } from '../../../src/runtime/desk/hold.ts';
import { reachOf, type Reach } from '../../../src/runtime/desk/reach.ts';
import { latestCase } from '../../../src/store/cases.ts';
import { latestConsent, recordConsent } from '../../../src/store/consents.ts';
import { findConversation } from '../../../src/store/conversations.ts';
import type { Conversation } from '../../../src/store/records.ts';
import { openHotline, type TestHotline } from '../../support/app.ts';
import { BACKENDS, makePlace, type Place } from '../../support/places.ts';
import { createQuietSurface } from '../../support/quiet-surface.ts';

const DAY = 24 * 3_600_000;
const ADDRESS = { kind: 'phone' as const, value: '+34600111222' };
const ANA: Actor = {
  id: 'ana',
  alias: 'Ana',
  organisationId: 'own',
  deskIds: [],
  roles: ['caseworker'],
  permissions: permissionsOf(['caseworker']),
  via: 'session',
};

describe.each(BACKENDS)('a person on two channels, on %s', (backend) => {
  let place: Place;
  let hotline: TestHotline;
  let sent: { channel: string; text: string }[];
  let count = 0;
  beforeEach(async () => {
    place = await makePlace(backend);
    sent = [];
    hotline = await openHotline({ place, modules: [phones(sent)], surface: createQuietSurface(true).module });
    for (const text of ['hola', '1', 'persona']) await write(text);
  });
  afterEach(async () => {
    await hotline.close();
    await place.drop();
  });

  async function write(text: string, channel = 'whatsapp'): Promise<void> {
    await hotline.app.service.context.receive({
      channel,
      externalId: `p${++count}`,
      from: [ADDRESS],
      text,
      media: [],
      opened: false,
      receivedAt: hotline.now(),
    });
    await hotline.settle();
  }
  const conversation = async (channel = 'whatsapp'): Promise<Conversation> =>
    (await hotline.app.store.read((reader) => findConversation(reader, channel, ADDRESS))) as Conversation;
  const reach = async (): Promise<Reach> => {
    const current = await conversation();
    return hotline.app.store.read((reader) => reachOf(reader, current, hotline.app.service.services, hotline.now()));
  };
  async function agree(): Promise<void> {
    const { contactId } = await conversation();
    const consent = { purpose: 'sms', given: true, textKey: 'system:sms_ask', release: 1, language: 'es', createdAt: hotline.now() };
    await hotline.app.store.transaction((tx) => recordConsent(tx, { id: `c${++count}`, contactId, ...consent }));
  }
  const caseId = async (): Promise<string> => {
    const { id } = await conversation();
    return (await hotline.app.store.read((reader) => latestCase(reader, id)))?.id ?? '';
  };

  it('gets no SMS any more once they say STOP there, whatever they agreed to', async () => {
    await agree();
    expect(await reach()).toMatchObject({ smsAgreed: true });
    await write('hola', 'sms');
    hotline.pass(1000);
    await write('stop', 'sms');
    const { contactId, owner } = await conversation('sms');
    expect([contactId, owner]).toEqual([(await conversation()).contactId, 'stopped']);
    expect(await reach()).toMatchObject({ state: 'open', smsAgreed: false, templates: [] });
    expect(await hotline.app.store.read((reader) => latestConsent(reader, contactId, 'sms'))).toBe(false);
    hotline.pass(1000);
    await agree();
    hotline.pass(2 * DAY);
    expect(await reach()).toMatchObject({ state: 'template', smsAgreed: false });
    const reply = { id: 'r1', text: 'por sms', how: 'sms' as const };
    expect(await hotline.app.service.desk.reply(ANA, await caseId(), reply)).toMatchObject({ ok: false, code: 'invalid' });
  });

  async function hold(kind: LineKind, text: string): Promise<void> {
    const { id, contactId, epoch } = await conversation();
    const message = { text, choices: [], layout: 'text' as const, language: 'es', direction: 'ltr' as const, segments: 1 };
    const line = { id: `held ${text}`, conversationId: id, contactId, channel: 'whatsapp', kind, epoch, message, to: ADDRESS };
    const claimed = { ...line, attempts: 0, createdAt: hotline.now(), unknown: false, emergency: false };
    await hotline.app.store.transaction((tx) => holdLineBack(tx, claimed, hotline.app.service.services));
  }
  const heard = (): string[] => sent.map(({ text }) => text).filter((text) => text.startsWith('kept'));

  it('is told later what the flow had to say while nobody else has taken over, and in every case what was no line of the flow', async () => {
    await hold('flow', 'kept one');
    await hold('system', 'kept two');
    await write('hola');
    expect(heard().sort()).toEqual(['kept one', 'kept two']);
    await hold('flow', 'kept three');
    await hold('system', 'kept four');
    expect(await hotline.app.service.desk.claim(ANA, await caseId())).toEqual({ ok: true });
    await write('hola');
    expect(heard().sort()).toEqual(['kept four', 'kept one', 'kept two']);
  });
});

/** WhatsApp with its window, and SMS. */
function phones(sent: { channel: string; text: string }[]): ChannelModule {
  const capabilities = { maxChars: 4096, buttons: null, list: null, smsSegments: false, segmentsPerSecond: null };
  const open = (name: string) => ({
    name,
    capabilities,
    ...(name === 'whatsapp' ? { replyWindowMs: DAY } : {}),
    send: (line: OutboundLine) => {
      sent.push({ channel: name, text: line.message.text });
      return Promise.resolve({ kind: 'sent' as const, providerRef: `ref-${line.id}` });
    },
  });
  return {
    id: 'phones',
    title: 'Phones',
    missingSettings: () => [],
    open: () => Promise.resolve({ channels: ['whatsapp', 'sms'].map(open), routes: null }),
  };
}
