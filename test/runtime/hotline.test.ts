// The hotline as a person meets it: the real app, its real content, a real store. Only the network is missing.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHotline, type TestHotline } from '../support/app.ts';
import { BACKENDS, makePlace, type Place } from '../support/places.ts';

const EMERGENCY = {
  es: 'socorro, mi marido me quiere matar',
  en: 'help me he has a knife',
  fr: 'au secours il va me tuer',
  ar: 'النجدة زوجي يريد قتلي',
};
const GREETING = { es: 'hola', en: 'hello', fr: 'bonjour', ar: 'مرحبا' };
const E1 = { es: /peligro/i, en: /danger/i, fr: /danger/i, ar: /خطر/ };
type Tag = keyof typeof E1;
const TAGS = Object.keys(E1) as Tag[];

describe.each(BACKENDS)('the hotline on %s', (backend) => {
  let place: Place;
  let hotline: TestHotline;
  beforeAll(async () => {
    place = await makePlace(backend);
    hotline = await openHotline({ place });
  });
  afterAll(async () => {
    await hotline.close();
    await place.drop();
  });

  describe('a first message', () => {
    it.each([
      ['es', 'hola', /papeles/],
      ['en', 'hello', /papers/],
      ['fr', 'bonjour', /papiers/],
      ['ar', 'مرحبا', /أوراق/],
    ])('in %s gets limits and consent in one message of that language', async (_, text, pattern) => {
      const person = hotline.person();
      const heard = await person.send(text);
      expect(heard).toHaveLength(1);
      person.expect(pattern);
      person.expect(/1.*\n?.*2/);
    });

    it('that is a question gets the limits of the line and then its answer, not only a menu', async () => {
      const person = hotline.person();
      const said = (await person.send('¿puedo ir al médico sin papeles?')).join('\n');
      const limits = said.search(/no es para emergencias/i);
      const answer = said.search(/salud|médico|hospital/i);
      expect(limits).toBeGreaterThanOrEqual(0);
      expect(said.slice(limits)).toMatch(/médic|salud|hospital/i);
      expect(answer).toBeGreaterThanOrEqual(0);
    });

    it('whose language is not clear gets the list of languages in their own names', async () => {
      const person = hotline.person();
      await person.send('xyzzy');
      person.expect(/Español/);
      person.expect(/العربية/);
    });
  });

  describe('emergency words', () => {
    it.each(TAGS)('in %s get the emergency text next, as first message', async (tag) => {
      const person = hotline.person();
      const heard = await person.send(EMERGENCY[tag]);
      expect(heard[0]).toMatch(E1[tag]);
      expect(heard[0]).not.toMatch(/\d{3}/);
    });

    it.each(TAGS)('in %s get it in the middle of a flow and of a menu', async (tag) => {
      const person = hotline.person();
      await person.send(GREETING[tag]);
      await person.send('1');
      expect((await person.send(EMERGENCY[tag]))[0]).toMatch(E1[tag]);
    });

    it('get it after STOP, and nothing else does', async () => {
      const person = hotline.person();
      await person.send('hola');
      await person.send('stop');
      expect(await person.send('otra cosa')).toEqual([]);
      expect((await person.send(EMERGENCY.es))[0]).toMatch(E1.es);
      expect(await person.send('otra cosa')).toEqual([]);
      expect((await person.send('start')).length).toBeGreaterThan(0);
    });
  });

  describe('a private topic', () => {
    it('offers a person and asks nothing about what happened', async () => {
      const person = hotline.person();
      await person.send('hola');
      await person.send('1');
      const said = (await person.send('9')).join('\n');
      expect(said).toMatch(/persona/i);
      expect(said).not.toMatch(/¿qué (le )?pasó|cuándo|quién (le )?hizo/i);
    });
  });

  describe('a machine that answers every message', () => {
    it('is stopped within ten messages and costs nothing more that day', async () => {
      const person = hotline.person();
      const before = hotline.sent.length;
      for (let round = 0; round < 25; round++) await person.send('Gracias por su mensaje. Estamos cerrados hasta el lunes.');
      expect(hotline.sent.length - before).toBeLessThanOrEqual(10);
      hotline.pass(20 * 3_600_000);
      expect(await person.send('Gracias por su mensaje. Estamos cerrados hasta el lunes.')).toEqual([]);
      expect((await person.send(EMERGENCY.es))[0]).toMatch(E1.es);
    });
  });

  describe('a message that comes twice', () => {
    it('is answered once, however often and however close together', async () => {
      const person = hotline.person();
      const receive = hotline.app.service.context.receive;
      const message = {
        channel: 'test',
        externalId: 'twice',
        from: [person.address],
        text: 'hola',
        media: [],
        opened: false,
        receivedAt: hotline.now(),
      };
      const before = hotline.sent.length;
      const results = await Promise.all(Array.from({ length: 20 }, () => receive(message)));
      await hotline.settle();
      expect(results.filter((result) => result === 'new')).toHaveLength(1);
      expect(hotline.sent.length - before).toBe(1);
    });
  });

  describe('messages that come close together', () => {
    it('are answered in their order, in one conversation', async () => {
      const person = hotline.person();
      const from = hotline.sent.length;
      await Promise.all(
        ['hola', '1', 'menu'].map((text, index) =>
          hotline.app.service.context.receive({
            channel: 'test',
            externalId: `close-${index}`,
            from: [person.address],
            text,
            media: [],
            opened: false,
            receivedAt: hotline.now(),
          }),
        ),
      );
      await hotline.settle();
      const lines = hotline.sent.slice(from).filter((line) => line.to.value === person.address.value);
      expect(new Set(lines.map((line) => line.conversationId)).size).toBe(1);
      expect(lines[0]?.message.text).toMatch(/papeles/);
    });
  });

  describe('logs and metrics', () => {
    it('hold no number and no word of anyone', async () => {
      const person = hotline.person({ kind: 'phone', value: '+34699123987' });
      await person.send('canario azul en la jaula');
      const metrics = await hotline.app.service.metrics.registry.metrics();
      for (const text of [hotline.logs.join('\n'), metrics]) expect(text).not.toMatch(/699123987|canario|jaula/);
    });
  });
});
