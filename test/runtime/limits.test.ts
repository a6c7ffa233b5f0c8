// What abuse costs: a contact and a channel have their daily limits, machines are recognised, and the emergency text gets through once.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { latestCase } from '../../src/store/cases.ts';
import { findConversation } from '../../src/store/conversations.ts';
import { openHotline, type Person, type TestHotline } from '../support/app.ts';
import { addColleague, addPartner } from '../support/colleagues.ts';
import { writeContentWithLimits } from '../support/content-with-limits.ts';
import { createQuietSurface } from '../support/quiet-surface.ts';

const DANGER = 'ayuda, estoy en peligro';
const DAY_MS = 86_400_000;

let folder: string;
let hotline: TestHotline;
const surface = createQuietSurface();
afterEach(async () => {
  await hotline.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A hotline with limits of its own. */
async function open(limits: string, environment: Record<string, string> = {}): Promise<void> {
  folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-limits-'));
  writeContentWithLimits(folder, limits);
  hotline = await openHotline({ folder, surface: surface.module, environment });
}

const emergencies = (texts: string[]): number => texts.filter((text) => /emergencia/i.test(text)).length;
const tooFast = (texts: string[]): number => texts.filter((text) => text.includes('Llegan muchos mensajes')).length;

async function repeat(person: Person, count: number, text: (index: number) => string): Promise<string[]> {
  const heard: string[] = [];
  for (let index = 0; index < count; index++) heard.push(...(await person.send(text(index))));
  return heard;
}

describe('a contact', () => {
  it('is told once that it was too much for a day, however many lines a turn has, and then hears no more', async () => {
    await open('{ messages_per_contact_day: 5, loop_messages: 1000 }');
    const person = hotline.person();
    const heard = await repeat(person, 30, (index) => ['hola', 'menu', 'idioma', '1'][index % 4]!);
    expect(tooFast(heard)).toBe(1);
    expect(heard.length).toBeLessThanOrEqual(5 + 4 + 1);
    expect(tooFast(await repeat(hotline.person(), 2, () => 'hola'))).toBe(0);
    hotline.pass(DAY_MS);
    expect((await person.send('hola')).length).toBeGreaterThan(0);
  });

  it('gets the emergency text once more beyond the limit, and not for ever', async () => {
    await open('{ messages_per_contact_day: 4, loop_messages: 1000 }');
    const person = hotline.person();
    await repeat(person, 10, (index) => ['hola', 'menu'][index % 2]!);
    expect(emergencies(await person.send(DANGER))).toBe(1);
    expect(await repeat(person, 20, (index) => `${DANGER} ${index}`)).toEqual([]);
  });

  it('is asked by people all the same, and hears what is asked item by item', async () => {
    await open('{ messages_per_contact_day: 3, loop_messages: 1000 }');
    const { app } = hotline;
    const person = hotline.person();
    for (const text of ['hola', '1', 'persona', 'hola', 'hola']) await person.send(text);
    const record = await app.store.read(async (reader) => {
      const conversation = await findConversation(reader, 'test', person.address);
      return conversation && latestCase(reader, conversation.id);
    });
    const ana = await addColleague(app, { roles: ['private_caseworker'] });
    await app.service.desk.claim(ana, record?.id ?? '');
    const draft = { service: null, priority: 'normal' as const, services: ['legal'], reason: null };
    const words = { items: ['alias' as const, 'language' as const], values: { alias: 'Mina' } };
    const toOrganisationId = await addPartner(app, 'Casa Abierta');
    const id = await app.service.referrals.draft(ana, record?.id ?? '', { toOrganisationId, ...draft, ...words });
    await app.service.referrals.ask(ana, id);
    await hotline.settle();
    person.expect(/Para pedir ayuda a Casa Abierta les daríamos/);
    expect((await person.send('3')).join()).toContain('el nombre que usamos para usted?');
    expect((await person.send('1')).join()).toContain('su idioma?');
    await app.service.desk.close(ana, record?.id ?? '', { outcome: 'answered' });
    await hotline.settle();
    person.expect(/¿Cómo fue la ayuda/);
  });

  it('that is a machine full of emergency words gets few answers', async () => {
    await open('{ messages_per_contact_day: 100, loop_messages: 6 }');
    const heard = await repeat(hotline.person(), 40, () => 'We are closed. In an emergency, if you are in danger, call us later.');
    expect(heard.length).toBeGreaterThan(0);
    expect(heard.length).toBeLessThanOrEqual(10);
  });

  it('that floods is answered on the last message, and told so once', async () => {
    await open('{ messages_per_contact_day: 100, loop_messages: 1000 }', { NODE_ROLE: 'web' });
    const person = hotline.person();
    const write = (text: string, id: string): Promise<unknown> =>
      hotline.app.service.context.receive({
        channel: 'test',
        externalId: id,
        from: [person.address],
        text,
        media: [],
        opened: false,
        receivedAt: hotline.now(),
      });
    for (let flood = 0; flood < 2; flood++) await Promise.all(Array.from({ length: 80 }, (_, index) => write('hola', `${flood} ${index}`)));
    await write('menu', 'last');
    hotline.app.service.start();
    await hotline.settle();
    expect(tooFast(person.heard())).toBe(1);
    expect(person.heard().length).toBeLessThanOrEqual(4);
    await Promise.all(Array.from({ length: 80 }, (_, index) => write('hola', `again ${index}`)));
    await hotline.settle();
    expect(tooFast(person.heard())).toBe(1);
    expect(await hotline.app.service.metrics.registry.getSingleMetricAsString('ventanilla_turns_total')).toMatch(
      /result="passed_over"} \d+/,
    );
  });
});

describe('a channel', () => {
  it('stops at its daily ceiling with one alert to operators and staff; emergency text still goes out', async () => {
    await open('{ messages_per_contact_day: 100, loop_messages: 100, channel_daily_segments: { test: 20 } }');
    const people = Array.from({ length: 30 }, () => hotline.person());
    for (const person of people) await person.send('hola');
    const before = hotline.sent.length;
    expect(before).toBeGreaterThanOrEqual(20);
    expect(before).toBeLessThan(26);
    const alerts = hotline.logs.filter((line) => line.includes('daily spending ceiling'));
    expect(alerts).toHaveLength(1);
    expect(surface.alerts).toHaveLength(1);
    expect(surface.alerts[0]).toContain('test');
    const metrics = (): Promise<string> => hotline.app.service.metrics.registry.metrics();
    expect(await metrics()).toContain('ventanilla_spending_ceiling_reached{channel="test"} 1');
    expect(emergencies(await people[29]!.send(DANGER))).toBe(1);
    expect(await people[29]!.send(DANGER)).toEqual([]);
    hotline.pass(DAY_MS);
    expect((await people[0]!.send('hola')).length).toBeGreaterThan(0);
    expect(await metrics()).toContain('ventanilla_spending_ceiling_reached{channel="test"} 0');
  });
});
