// People write while somebody takes their conversation over: whatever the flow had queued, none of its lines is handed to a
// sender once the take-over is committed.
import { openCase } from '../../../src/store/cases.ts';
import { lastSequence } from '../../../src/store/messages.ts';
import type { ClaimedLine } from '../../../src/store/records.ts';
import { newId } from '../../../src/util/ids.ts';
import { openHotline, type Person, type TestHotline } from '../../support/app.ts';
import { makePlace } from '../../support/places.ts';
import { publishUnlimited } from '../../support/publish-unlimited.ts';
import { createQuietSurface } from '../../support/quiet-surface.ts';
import { outcome, type Guarantee } from '../guarantee.ts';

/** People who race at the same time, and over how long their messages and take-overs are spread. */
const WAVE = 500;
const SPREAD_MS_EACH = 3;
/** Fifty lines at once take that long at most: more come in than go out, so that some wait when people take over. */
const SEND_MS = 150;
const HALF_A_DAY_MS = 12 * 3_600_000;

/** A line of the flow that was handed to a sender, and when that began. */
interface Claim {
  conversationId: string;
  began: number;
}

export const silentAfterTakeOver: Guarantee = {
  id: 'silent-after-take-over',
  says: 'the flow is silent after a take-over',
  wanted: '10,000 races, 0 flow lines claimed after the commit',
  stores: ['sqlite', 'postgres'],
  async run({ store, times, progress }) {
    const races = times(10_000, 200);
    const place = await makePlace(store);
    const staff = createQuietSurface();
    const takenOver = new Map<string, number>();
    // At this size the demonstration's daily ceiling would hold lines back.
    await publishUnlimited(place.environment);
    const hotline = await openHotline({
      place,
      // Its clock stands still, so that nothing that waits is ever counted anew.
      environment: { INBOX_LIMIT: '1000000' },
      surface: staff.module,
      // Slow enough for lines to wait.
      async onSend() {
        await new Promise((resolve) => setTimeout(resolve, Math.random() * SEND_MS));
        return { kind: 'sent', providerRef: null };
      },
    });
    const claims = watchClaims(hotline);
    // Nobody is on duty: who asks for a person has a ticket, and the flow goes on answering.
    hotline.pass(HALF_A_DAY_MS);
    for (let done = 0; done < races; done += WAVE) {
      const people = Array.from({ length: Math.min(WAVE, races - done) }, () => hotline.person());
      await race(people, done);
      progress(`${Math.min(done + WAVE, races)} races`);
    }

    async function race(people: Person[], wave: number): Promise<void> {
      await Promise.all(people.map((person) => write(hotline, person, 'hola')));
      await hotline.settle();
      const tickets = await openTickets(hotline, people);
      const spread = people.length * SPREAD_MS_EACH;
      await Promise.all(
        people.map(async (person, index) => {
          const { id, conversationId } = tickets[index] ?? { id: '', conversationId: '' };
          const writing = (async () => {
            for (const text of ['1', 'menu', 'repetir']) {
              await new Promise((resolve) => setTimeout(resolve, (Math.random() * spread) / 2));
              await write(hotline, person, text);
            }
          })();
          await new Promise((resolve) => setTimeout(resolve, Math.random() * spread));
          const { claim, sendToPerson } = staff.handlers();
          const taken = await (index % 2 === 0 ? claim(id, 'U1') : sendToPerson(id, 'soy Ana', 'U1', `${wave} ${index}`));
          takenOver.set(conversationId, performance.now());
          if (!taken.ok) throw new Error(`A take-over was refused: ${taken.reason}`);
          await writing;
        }),
      );
      await hotline.settle();
    }

    const late = claims.filter(({ conversationId, began }) => began > (takenOver.get(conversationId) ?? Number.POSITIVE_INFINITY)).length;
    const { length: cancelled } = await hotline.app.store.read(({ db }) =>
      db.selectFrom('messages').select('id').where('status', '=', 'cancelled').execute(),
    );
    await hotline.close();
    await place.drop();
    return outcome(
      late === 0 && takenOver.size === races && cancelled > 0,
      `${takenOver.size} races, ${claims.length} lines of the flow claimed before the commit and ${late} after it, ${cancelled} cancelled`,
    );
  },
};

const write = (hotline: TestHotline, { address }: Person, text: string): Promise<unknown> =>
  hotline.app.service.context.receive({
    channel: 'test',
    externalId: newId(),
    from: [address],
    text,
    media: [],
    opened: false,
    receivedAt: hotline.now(),
  });

/** Notes every line of the flow that any transaction hands out to be sent. */
function watchClaims(hotline: TestHotline): Claim[] {
  const claims: Claim[] = [];
  const { store } = hotline.app.service.services;
  const { transaction } = store;
  store.transaction = async (work) => {
    const began = performance.now();
    const result = await transaction(work);
    if (Array.isArray(result))
      for (const line of result as Partial<ClaimedLine>[])
        if (line.kind === 'flow' && line.to !== undefined && line.conversationId !== undefined)
          claims.push({ conversationId: line.conversationId, began });
    return result;
  };
  return claims;
}

/** A waiting case for each, in one commit: asking for a person takes turns that race with nothing. */
async function openTickets(hotline: TestHotline, people: Person[]): Promise<{ id: string; conversationId: string }[]> {
  const known = new Map(hotline.sent.map((line) => [line.to.value, line.conversationId]));
  return hotline.app.store.transaction(async (tx) => {
    const tickets: { id: string; conversationId: string }[] = [];
    for (const { address } of people) {
      const conversationId = known.get(address.value) ?? '';
      const { contact_id: contactId } = await tx.db
        .selectFrom('conversations')
        .select('contact_id')
        .where('id', '=', conversationId)
        .executeTakeFirstOrThrow();
      const id = newId();
      await openCase(tx, {
        id,
        conversationId,
        contactId,
        status: 'waiting',
        topic: null,
        language: 'es',
        priority: 'normal',
        reason: 'asked',
        private: false,
        assignee: null,
        callback: true,
        summary: null,
        openedAt: hotline.now(),
        claimedAt: null,
        closedAt: null,
        threadRef: `quiet:${id}`,
        relayedSequence: await lastSequence(tx, conversationId),
      });
      tickets.push({ id, conversationId });
    }
    return tickets;
  });
}
