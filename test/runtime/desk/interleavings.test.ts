// Whatever people, staff, deadlines and rounds do at the same time: owner, case, assignment and deadlines always fit together.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeskOutcome } from '../../../src/runtime/desk/desk.ts';
import { newId } from '../../../src/util/ids.ts';
import type { Person } from '../../support/app.ts';
import { BACKENDS, makePlace, type Place } from '../../support/places.ts';
import { aDesk, aMember } from '../../support/staff-members.ts';
import { openStaffedHotline, signedIn, type StaffedHotline } from '../../support/staffed-hotline.ts';

const MINUTE = 60_000;
const HERE = { on: true, until: null };
const ana = aMember('ana', { duty: HERE, capacity: 100 });
const bea = aMember('bea', { duty: HERE, capacity: 100, roles: ['duty_officer'] });
const RUNS = { sqlite: 25, postgres: 6 } as const;
const SAYS = ['persona', 'menú', 'estado', 'atrás', 'STOP', 'START', 'necesito ayuda con la escuela', '¿hay alguien?'];

type Deed =
  | { kind: 'says'; text: string }
  | { kind: 'staff'; who: 'ana' | 'bea'; does: 'claim' | 'release' | 'reply' | 'close' | 'transfer' | 'desk' }
  | { kind: 'passes'; minutes: number };
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('says' as const), text: fc.constantFrom(...SAYS) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('staff' as const),
      who: fc.constantFrom('ana' as const, 'bea' as const),
      does: fc.constantFrom('claim', 'release', 'reply', 'close', 'transfer', 'desk'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('passes' as const), minutes: fc.constantFrom(20, 60, 300) }) },
);

describe.each(BACKENDS)('interleavings on %s', (backend) => {
  let place: Place;
  let desk: StaffedHotline;
  beforeAll(async () => {
    place = await makePlace(backend);
    desk = await openStaffedHotline({ place, desks: [aDesk(), aDesk({ id: 'lisbon', localities: ['PT'] })], staff: [ana, bea] });
  });
  afterAll(async () => {
    await desk.hotline.close();
    await place.drop();
  });

  it('leave every conversation with one owner, and nobody forgotten', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(deed, { maxLength: 5 }), { minLength: 2, maxLength: 4 }), async (waves) => {
        const person = await desk.asking();
        for (const wave of waves) {
          const passing = wave.filter((one) => one.kind === 'passes').reduce((sum, { minutes }) => sum + minutes, 0);
          await Promise.all([...wave.map((one) => perform(one, person)), ...(passing > 0 ? [] : [desk.settle()])]);
          if (passing > 0) await desk.pass(passing * MINUTE);
          await desk.settle();
        }
        await check(person);
      }),
      { numRuns: RUNS[backend] },
    );
  });

  async function perform(one: Deed, person: Person): Promise<unknown> {
    if (one.kind === 'passes') return;
    if (one.kind === 'says') {
      const { address } = person;
      const { text } = one;
      const now = desk.hotline.now();
      return desk.hotline.app.service.context.receive({
        channel: 'test',
        externalId: newId(),
        from: [address],
        text,
        media: [],
        opened: false,
        receivedAt: now,
      });
    }
    const { record } = await desk.look(person);
    const actor = signedIn(one.who === 'ana' ? ana : bea);
    const { desk: actions } = desk.hotline.app.service;
    const done: Record<typeof one.does, () => Promise<DeskOutcome>> = {
      claim: () => actions.claim(actor, record.id),
      release: () => actions.release(actor, record.id),
      reply: () => actions.reply(actor, record.id, { id: newId(), text: 'Hola.', how: 'now' }),
      close: () => actions.close(actor, record.id, { outcome: 'answered' }),
      transfer: () => actions.transfer(actor, record.id, { staffId: one.who === 'ana' ? 'bea' : 'ana' }),
      desk: () => actions.transfer(actor, record.id, { deskId: 'madrid' }),
    };
    return done[one.does]();
  }

  async function check(person: Person): Promise<void> {
    const { conversation, record } = await desk.look(person);
    const { owner, epoch, id } = conversation;
    const { assigned, timers, open } = await desk.hotline.app.store.read(async ({ db }) => ({
      assigned: await db
        .selectFrom('case_assignments')
        .select('staff_id')
        .where('case_id', '=', record.id)
        .where('until_at', 'is', null)
        .execute(),
      timers: await db.selectFrom('timers').select('token').where('conversation_id', '=', id).where('epoch', '=', epoch).execute(),
      open: await db.selectFrom('cases').select('id').where('conversation_id', '=', id).where('status', '<>', 'closed').execute(),
    }));
    expect(open.length).toBeLessThanOrEqual(1);
    expect(assigned.map(({ staff_id }) => staff_id)).toEqual(record.status === 'claimed' ? [record.assignee] : []);
    if (record.status === 'closed') expect(['flow', 'closed', 'stopped']).toContain(owner);
    if (owner === 'staff') {
      expect(record).toMatchObject({ status: 'claimed', assignee: conversation.assignee });
      if (record.waitingSince !== null) expect(timers).toContainEqual({ token: 2 });
    }
    if (owner === 'queue') {
      expect(record).toMatchObject({ status: 'waiting', assignee: null, queuedAt: expect.any(Number), waitingSince: expect.any(Number) });
      expect(timers).toContainEqual({ token: 1 });
    }
    const keepsPlace = owner === 'flow' && record.status === 'waiting' && record.queuedAt !== null;
    if (keepsPlace) expect(timers).toContainEqual({ token: 1 });
    if (owner !== 'staff') expect(conversation.assignee).toBeNull();
    if (owner === 'closed') expect(timers).toContainEqual({ token: 3 });
  }
});
