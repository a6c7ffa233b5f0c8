// Calling a person, end to end: what stands in Slack, what colleagues press there, and what the person hears meanwhile.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findOpenCase, latestCase } from '../../src/store/cases.ts';
import { findConversation } from '../../src/store/conversations.ts';
import { openHotline, type Person } from '../support/app.ts';
import { askForPerson, openDesk, type Desk } from '../support/desk.ts';

const HOUR = 3_600_000;

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const conversationOf = (person: Person, { hotline }: Desk = desk) =>
  hotline.app.store.read((reader) => findConversation(reader, 'test', person.address));
const ownerOf = async (person: Person) => (await conversationOf(person))?.owner;

describe('a request for a person', () => {
  it('opens one thread with topic, language and priority, and without number or name', async () => {
    const person = desk.hotline.person({ kind: 'phone', value: '+34699111222' });
    for (const text of ['hola', '1', 'escuela', 'persona']) await person.send(text);
    person.expect(/20 minutos/);
    const head = await desk.thread(1);
    expect(desk.words(head)).toMatch(/Topic: EDU.*Language: es.*Priority: normal/s);
    expect(desk.words(head)).not.toMatch(/699111222/);
    await person.send('persona');
    await person.send('¿hay alguien?');
    await desk.until(() => desk.words(head).includes('¿hay alguien?'));
    expect(desk.heads()).toHaveLength(1);
  });

  it('of the private lane tells staff only that there is a new private case, and promises nothing that they cannot keep', async () => {
    const person = desk.hotline.person();
    for (const text of ['hola', '1', 'menu', '9']) await person.send(text);
    await person.send('1');
    person.expect(/no podemos decirle cuándo/);
    expect(person.heard().join()).not.toMatch(/minutos/);
    const head = await desk.thread(1);
    await person.send('me pasó en la finca');
    await desk.hotline.settle();
    expect(desk.words(head)).toContain('New private case');
    expect(desk.words(head)).not.toMatch(/Topic|Language|finca|SAF|case_claim/);
    await desk.press('U1', 'case_claim', head);
    await desk.until(() => desk.slack.whispers.length === 1);
    expect(desk.slack.whispers[0]?.text).toMatch(/private/);
    expect(await ownerOf(person)).toBe('flow');
  });

  it('brings what the person wrote before its turn came', async () => {
    const person = desk.hotline.person();
    await person.send('hola');
    await person.send('1');
    const { receive } = desk.hotline.app.service.context;
    const message = (text: string) => ({
      channel: 'test',
      externalId: text,
      from: [person.address],
      text,
      media: [],
      opened: false,
      receivedAt: desk.hotline.now(),
    });
    await Promise.all(['persona', 'mi hijo tiene fiebre', 'vivo en Quito'].map((text) => receive(message(text))));
    const head = await desk.thread(1);
    await desk.until(() => desk.words(head).includes('vivo en Quito'));
    expect(desk.words(head)).toContain('mi hijo tiene fiebre');
  });
});

describe('a caseworker who claims', () => {
  it('owns the conversation: what the person writes stands in the thread, and the flow says nothing', async () => {
    const person = await askForPerson(desk);
    const head = await desk.thread(1);
    await desk.press('U1', 'case_claim', head);
    await desk.until(() => desk.words(head).includes('Claimed by <@U1>'));
    expect(desk.words(head)).not.toContain('case_claim');
    expect(await conversationOf(person)).toMatchObject({ owner: 'staff', assignee: 'slack:U1' });
    for (const text of ['menu', '1', 'tengo una pregunta']) expect(await person.send(text)).toEqual([]);
    await desk.until(() => desk.words(head).includes('tengo una pregunta'));
    expect(await person.send('socorro, mi marido me quiere matar')).toEqual([expect.stringMatching(/peligro/i)]);
    await desk.until(() => desk.words(head).includes('quiere matar'));
    expect(await person.send('', { media: true })).toEqual([expect.stringMatching(/archivo/)]);
    await person.send('estado');
    person.expect(/número de su queja/);
    await person.send('stop');
    person.expect(/No le enviamos nada más/);
    expect(await ownerOf(person)).toBe('stopped');
  });

  it('second is told who has the case', async () => {
    await askForPerson(desk);
    const head = await desk.thread(1);
    await Promise.all([desk.press('U1', 'case_claim', head), desk.press('U2', 'case_claim', head)]);
    await desk.until(() => desk.slack.whispers.length === 1);
    const loser = desk.slack.whispers[0]?.user;
    expect(desk.slack.whispers[0]?.text).toBe(`This case is with <@${loser === 'U1' ? 'U2' : 'U1'}>.`);
    await desk.press('U1', 'case_claim', head);
    await desk.press('U2', 'case_claim', head);
    await desk.until(() => desk.slack.whispers.length === 2);
    expect(desk.slack.whispers[1]?.user).toBe(loser);
  });

  it('is told when the person has stopped the line', async () => {
    const person = await askForPerson(desk);
    const head = await desk.thread(1);
    await person.send('stop');
    await desk.press('U1', 'case_claim', head);
    await desk.until(() => desk.slack.whispers.length === 1);
    expect(desk.slack.whispers[0]?.text).toMatch(/stopped the line/);
  });
});

describe('what staff write', () => {
  it('stays internal until they send it, and then reaches the person once, however often they press', async () => {
    const person = await askForPerson(desk);
    const head = await desk.thread(1);
    await desk.press('U1', 'case_claim', head);
    const typed = await desk.type('U1', head, 'Puede ir mañana a las nueve');
    await desk.hotline.settle();
    expect(person.heard().join()).not.toContain('nueve');
    await desk.send('U1', typed, 5);
    await desk.hotline.settle();
    expect(desk.hotline.sent.filter((line) => line.message.text === 'Puede ir mañana a las nueve')).toHaveLength(1);
    await desk.until(() => desk.words(head).includes('Sent to the person by <@U1>'));
  });

  it('is not sent again by a press after a restart', async () => {
    const person = await askForPerson(desk);
    const head = await desk.thread(1);
    const typed = await desk.type('U1', head, 'hola María');
    const { slack, hotline } = desk;
    await desk.send('U1', typed);
    await hotline.settle();
    person.expect('hola María');
    await hotline.app.close();
    const again = await openDesk({ slack, dataDir: hotline.folder });
    await again.send('U1', typed, 3);
    await again.hotline.settle();
    expect(again.hotline.sent).toEqual([]);
    await again.close();
    desk = await openDesk({ slack });
  });

  it('takes the conversation over, also from a colleague', async () => {
    const person = await askForPerson(desk);
    const head = await desk.thread(1);
    for (const user of ['U1', 'U2']) await desk.send(user, await desk.type(user, head, `soy ${user}`));
    await desk.hotline.settle();
    expect(await conversationOf(person)).toMatchObject({ owner: 'staff', assignee: 'slack:U2' });
    await desk.until(() => desk.words(head).includes('Claimed by <@U2>'));
  });
});

describe('closing', () => {
  it('says so to the person; soon after it the person is with people again, later with the flow', async () => {
    const person = await askForPerson(desk);
    const head = await desk.thread(1);
    await desk.press('U1', 'case_claim', head);
    await desk.fillIn('U1', 'case_close', head, { outcome: { chosen: 'answered' } });
    await desk.until(() => desk.words(head).includes('Closed by <@U1>'));
    await desk.hotline.settle();
    person.expect(/Gracias por escribir/);
    desk.hotline.pass(HOUR);
    expect(await person.send('una cosa más')).toEqual([]);
    await desk.until(() => desk.words(head).includes('una cosa más') && desk.words(head).includes('case_claim'));
    expect(await ownerOf(person)).toBe('queue');
    await desk.press('U2', 'case_claim', head);
    await desk.until(() => desk.words(head).includes('Claimed by <@U2>'));
    await desk.fillIn('U2', 'case_close', head, { outcome: { chosen: 'answered' } });
    await desk.until(() => desk.words(head).includes('Closed by <@U2>'));
    desk.hotline.pass(5 * HOUR);
    expect((await person.send('menu')).length).toBeGreaterThan(0);
    expect(await ownerOf(person)).toBe('flow');
    expect(desk.heads()).toHaveLength(1);
  });

  it('leaves nobody waiting overnight: after hours the flow answers', async () => {
    const person = await askForPerson(desk);
    desk.hotline.pass(6 * HOUR + HOUR / 2);
    await desk.fillIn('U1', 'case_close', await desk.thread(1), { outcome: { chosen: 'answered' } });
    await desk.until(() => desk.words(desk.heads()[0] as never).includes('Closed by'));
    desk.hotline.pass(HOUR);
    expect((await person.send('menu')).length).toBeGreaterThan(0);
  });

  it('happens by itself when the person leaves the line', async () => {
    const person = await askForPerson(desk);
    const head = await desk.thread(1);
    await person.send('atrás');
    person.expect(/Ya no está en la lista/);
    await desk.until(() => desk.words(head).includes('Closed'));
    expect((await person.send('menu')).length).toBeGreaterThan(0);
  });
});

describe('out of hours', () => {
  it('a request is a ticket: the opening is told, the flow goes on answering, staff take it in the morning', async () => {
    desk.hotline.pass(10 * HOUR);
    const person = await askForPerson(desk);
    person.expect(/Ahora no hay nadie/);
    const head = await desk.thread(1);
    await person.send('no');
    expect((await person.send('menu')).join()).toMatch(/Salud/);
    expect(await ownerOf(person)).toBe('flow');
    desk.hotline.pass(14 * HOUR);
    await desk.press('U1', 'case_claim', head);
    await desk.until(() => desk.words(head).includes('Claimed by'));
    expect(await person.send('buenos días')).toEqual([]);
    await desk.until(() => desk.words(head).includes('buenos días'));
  });

  it('what is said in the private lane meanwhile never stands in the thread', async () => {
    desk.hotline.pass(10 * HOUR);
    const person = await askForPerson(desk);
    const head = await desk.thread(1);
    for (const text of ['no', 'menu', '9']) await person.send(text);
    await person.send('me hizo daño mi primo');
    await desk.press('U1', 'case_claim', head);
    await desk.until(() => desk.slack.whispers.length === 1);
    expect(desk.slack.whispers[0]?.text).toMatch(/private part/);
    desk.hotline.pass(26 * HOUR);
    await desk.press('U1', 'case_claim', head);
    await desk.until(() => desk.words(head).includes('Claimed by'));
    await person.send('gracias por llamar');
    await desk.until(() => desk.words(head).includes('gracias por llamar'));
    expect(desk.words(head)).not.toMatch(/primo/);
  });
});

describe('DELETE', () => {
  it('removes what we posted in the thread', async () => {
    const person = await askForPerson(desk);
    const head = await desk.thread(1);
    await desk.press('U1', 'case_claim', head);
    await person.send('mi secreto');
    await desk.until(() => desk.words(head).includes('mi secreto'));
    desk.slack.type('U1', head.ts, 'nota de una colega');
    await person.send('borrar');
    await person.send('1');
    person.expect(/Borramos sus mensajes/);
    await desk.until(() => desk.slack.posts.every((post) => post.bot_id === undefined));
    expect(desk.slack.posts.map((post) => post.text)).toEqual(['nota de una colega']);
  });

  it('while Slack is down leaves nothing to be posted when it is back', async () => {
    const down = Array.from({ length: 3 }, () => ({ kind: 'status' as const, status: 503 }));
    const person = await askForPerson(desk);
    const head = await desk.thread(1);
    desk.slack.troubles.push(...down);
    await person.send('mi secreto');
    await person.send('otro secreto');
    await desk.until(() => desk.slack.troubles.length < 3);
    await person.send('borrar');
    await person.send('1');
    await desk.until(() => desk.slack.troubles.length === 0 && desk.slack.posts.length === 0);
    expect(desk.words(head)).not.toContain('secreto');
  });
});

describe('nobody at all', () => {
  it('is told to the person without any waiting time, and the wish is kept as a case', async () => {
    const alone = await openHotline();
    const person = alone.person();
    for (const text of ['hola', '1', 'persona']) await person.send(text);
    person.expect(/no podemos decirle cuándo/);
    expect(person.heard().join()).not.toMatch(/minutos/);
    const record = await alone.app.store.read(async (reader) =>
      findOpenCase(reader, (await findConversation(reader, 'test', person.address))?.id ?? ''),
    );
    expect(record).toMatchObject({ status: 'waiting', reason: 'asked' });
    expect((await person.send('menu')).length).toBeGreaterThan(0);
    await alone.close();
  });
});

describe('a message of staff that cannot be delivered', () => {
  it('is told to them in the thread', async () => {
    await desk.close();
    desk = await openDesk({
      onSend: (line) =>
        line.message.text === 'no llega' ? { kind: 'failed', retryable: false, code: '63016' } : { kind: 'sent', providerRef: null },
    });
    await askForPerson(desk);
    const head = await desk.thread(1);
    await desk.send('U1', await desk.type('U1', head, 'no llega'));
    await desk.until(() => desk.words(head).includes('not delivered (63016)'));
  });
});

it('keeps the numbers, and words, of people out of the logs', async () => {
  const person = await askForPerson(desk, desk.hotline.person({ kind: 'phone', value: '+34699333444' }));
  const head = await desk.thread(1);
  await desk.press('U1', 'case_claim', head);
  await person.send('canario azul');
  await desk.send('U1', await desk.type('U1', head, 'jaula abierta'));
  await desk.until(() => desk.words(head).includes('canario azul'));
  expect(desk.hotline.logs.join('\n')).not.toMatch(/699333444|canario|jaula/);
  expect(
    await desk.hotline.app.store.read(async (reader) =>
      latestCase(reader, (await findConversation(reader, 'test', person.address))?.id ?? ''),
    ),
  ).toMatchObject({ status: 'claimed' });
});
