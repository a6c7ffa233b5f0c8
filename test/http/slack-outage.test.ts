// Slack is away, the service is started anew, or serves HTTP only: cases reach staff all the same, once, and people notice nothing.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askForPerson, openDesk, startDeskSlack, type Desk } from '../support/desk.ts';
import { makePlace, type Place } from '../support/places.ts';
import type { FakeSlack, SlackTrouble } from '../support/slack-server.ts';

const down = (calls: number): SlackTrouble[] => Array.from({ length: calls }, () => ({ kind: 'status', status: 503 }));

let slack: FakeSlack;
let place: Place;
let open: Desk[];
beforeEach(async () => {
  slack = await startDeskSlack();
  open = [];
});
afterEach(async () => {
  for (const desk of open) await desk.close();
  await slack.close();
  await place.drop();
});

async function openAt(options: Parameters<typeof openDesk>[0] = {}): Promise<Desk> {
  const desk = await openDesk({ slack, place, ...options });
  open.push(desk);
  return desk;
}

async function close(desk: Desk): Promise<void> {
  open = open.filter((one) => one !== desk);
  await desk.close();
}

describe('an outage of Slack', () => {
  beforeEach(async () => {
    place = await makePlace('sqlite');
  });

  it('holds up no answer, and loses no case and no message', async () => {
    const desk = await openAt();
    slack.troubles.push(...down(6));
    const people = [];
    for (let count = 0; count < 3; count++) {
      const person = await askForPerson(desk);
      person.expect(/20 minutos/);
      await person.send(`soy la persona ${count}`);
      people.push(person);
    }
    const other = desk.hotline.person();
    expect((await other.send('hola')).length).toBe(1);
    await desk.thread(3);
    await desk.until(() =>
      [0, 1, 2].every((count) => slack.posts.some((post) => JSON.stringify(post.blocks).includes(`soy la persona ${count}`))),
    );
    expect(desk.heads()).toHaveLength(3);
  });

  it('does not keep the service from ending', async () => {
    const desk = await openAt();
    slack.troubles.push(...down(1000));
    await askForPerson(desk);
    await desk.until(() => slack.calls.includes('chat.postMessage'));
    await close(desk);
    expect(desk.heads()).toEqual([]);
  });
});

describe('a restart', () => {
  beforeEach(async () => {
    place = await makePlace('sqlite');
  });

  it('between request and announcement loses nothing', async () => {
    const first = await openAt();
    slack.troubles.push(...down(1000));
    const person = await askForPerson(first);
    await person.send('tengo fiebre');
    await close(first);
    slack.troubles.length = 0;
    const second = await openAt();
    const head = await second.thread(1);
    await second.until(() => second.words(head).includes('tengo fiebre'));
    expect(second.heads()).toHaveLength(1);
  });

  it('right after a post whose answer never came doubles nothing', async () => {
    const first = await openAt();
    slack.troubles.push({ kind: 'cut', taken: true }, ...down(1000));
    const person = await askForPerson(first);
    await first.until(() => slack.posts.length === 1);
    await person.send('tengo fiebre');
    await close(first);
    slack.troubles.length = 0;
    const second = await openAt();
    await second.until(() => second.words(second.heads()[0] as never).includes('tengo fiebre'));
    expect(second.heads()).toHaveLength(1);
    // A message that was taken, and noted by nobody.
    slack.troubles.push({ kind: 'cut', taken: true }, ...down(1000));
    await second.hotline.person(person.address).send('y dolor');
    await second.until(() => slack.posts.some((post) => JSON.stringify(post.blocks).includes('y dolor')));
    await close(second);
    slack.troubles.length = 0;
    const third = await openAt();
    await third.hotline.person(person.address).send('desde ayer');
    await third.until(() => third.words(third.heads()[0] as never).includes('desde ayer'));
    expect(slack.posts.filter((post) => JSON.stringify(post.blocks).includes('y dolor'))).toHaveLength(1);
  });

  it('shows in the thread what was done while Slack was away', async () => {
    const first = await openAt();
    await askForPerson(first);
    const head = await first.thread(1);
    slack.troubles.push(...down(1000));
    await first.press('U1', 'case_claim', head);
    await first.until(() => slack.troubles.length < 1000);
    await close(first);
    slack.troubles.length = 0;
    const second = await openAt();
    await second.until(() => second.words(head).includes('Claimed by <@U1>'));
  });
});

describe('several nodes on one PostgreSQL', () => {
  beforeEach(async () => {
    place = await makePlace('postgres');
  });

  it('answer a button on a node that only serves HTTP', async () => {
    const web = await openAt({ environment: { NODE_ROLE: 'web' } });
    const worker = await openAt({ environment: { NODE_ROLE: 'worker' } });
    const person = await askForPerson(worker);
    const head = await web.thread(1);
    await web.press('U1', 'case_claim', head);
    await web.until(() => web.words(head).includes('Claimed by <@U1>'));
    await web.send('U1', await web.type('U1', head, 'hola María'), 3);
    await web.until(() => person.heard().includes('hola María'));
    expect(worker.hotline.sent.filter((line) => line.message.text === 'hola María')).toHaveLength(1);
  });

  it('open one thread a case and relay each message once', async () => {
    const nodes = [await openAt(), await openAt()];
    const people = await Promise.all(nodes.flatMap((node) => [0, 1, 2].map(() => askForPerson(node))));
    await Promise.all(people.map((person, index) => person.send(`soy la persona ${index}`)));
    const told = (index: number): number =>
      slack.posts.filter((post) => JSON.stringify(post.blocks).includes(`soy la persona ${index}`)).length;
    await nodes[0]?.until(() => people.every((_, index) => told(index) > 0));
    expect(nodes[0]?.heads()).toHaveLength(6);
    expect(people.map((_, index) => told(index))).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('go on telling staff when the node that did so is gone', async () => {
    const first = await openAt();
    const second = await openAt();
    await askForPerson(first);
    await first.thread(1);
    await close(first);
    await askForPerson(second);
    await second.thread(2);
  });
});
