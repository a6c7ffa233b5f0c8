// Who may speak: the table of owners, over every owner and every order of events.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Owner } from '../../src/domain/conversation.ts';
import { nextOwner, type OwnershipEvent } from '../../src/desk/ownership.ts';
import { routeInbound } from '../../src/desk/route.ts';

const owners: Owner[] = ['flow', 'queue', 'staff', 'closed', 'stopped'];
const anyEvent: fc.Arbitrary<OwnershipEvent> = fc.oneof(
  fc.record({ type: fc.constant('handoff' as const), open: fc.boolean(), staffed: fc.boolean() }),
  fc.record({
    type: fc.constant('person_wrote' as const),
    hoursSinceClosed: fc.double({ min: 0, max: 100, noNaN: true }),
    open: fc.boolean(),
    same: fc.boolean(),
  }),
  fc.record({ type: fc.constant('transfer' as const), to: fc.constantFrom('staff' as const, 'desk' as const) }),
  fc.constantFrom<OwnershipEvent>(
    { type: 'claim' },
    { type: 'staff_message' },
    { type: 'close' },
    { type: 'menu' },
    { type: 'left_queue' },
    { type: 'opening' },
    { type: 'assign' },
    { type: 'release' },
    { type: 'shift_ended' },
    { type: 'reopen_ended' },
    { type: 'escalate' },
    { type: 'shut' },
    { type: 'no_reply' },
    { type: 'stop' },
    { type: 'erase' },
    { type: 'start' },
  ),
);

describe('ownership', () => {
  it('hands over to the queue only when people are on duty', () => {
    expect(nextOwner('flow', { type: 'handoff', open: true, staffed: true })).toEqual({ owner: 'queue', changed: true });
    expect(nextOwner('flow', { type: 'handoff', open: false, staffed: true })).toEqual({ owner: 'flow', changed: false });
    expect(nextOwner('flow', { type: 'handoff', open: true, staffed: false })).toEqual({ owner: 'flow', changed: false });
  });

  it('follows the table', () => {
    const table: [Owner, OwnershipEvent, Owner][] = [
      ['flow', { type: 'opening' }, 'queue'],
      ['queue', { type: 'claim' }, 'staff'],
      ['queue', { type: 'assign' }, 'staff'],
      ['queue', { type: 'staff_message' }, 'staff'],
      ['queue', { type: 'escalate' }, 'queue'],
      ['queue', { type: 'menu' }, 'flow'],
      ['queue', { type: 'left_queue' }, 'flow'],
      ['queue', { type: 'shut' }, 'flow'],
      ['staff', { type: 'no_reply' }, 'queue'],
      ['staff', { type: 'shift_ended' }, 'queue'],
      ['staff', { type: 'release' }, 'queue'],
      ['staff', { type: 'transfer', to: 'desk' }, 'queue'],
      ['staff', { type: 'transfer', to: 'staff' }, 'staff'],
      ['flow', { type: 'transfer', to: 'desk' }, 'flow'],
      ['staff', { type: 'menu' }, 'staff'],
      ['staff', { type: 'close' }, 'closed'],
      ['closed', { type: 'person_wrote', hoursSinceClosed: 1, open: true, same: true }, 'staff'],
      ['closed', { type: 'person_wrote', hoursSinceClosed: 1, open: true, same: false }, 'queue'],
      ['closed', { type: 'person_wrote', hoursSinceClosed: 5, open: true, same: true }, 'flow'],
      ['closed', { type: 'reopen_ended' }, 'flow'],
      ['closed', { type: 'menu' }, 'flow'],
      ['staff', { type: 'stop' }, 'stopped'],
      ['queue', { type: 'erase' }, 'stopped'],
      ['stopped', { type: 'start' }, 'flow'],
    ];
    for (const [from, event, owner] of table) expect(nextOwner(from, event), `${from} ${event.type}`).toMatchObject({ owner });
  });

  it('gives by itself only what waits in the line', () => {
    for (const owner of owners.filter((one) => one !== 'queue')) expect(nextOwner(owner, { type: 'assign' })).toHaveProperty('refused');
  });

  it('lets staff take over from anyone but a person who has stopped', () => {
    for (const owner of owners) {
      const change = nextOwner(owner, { type: 'staff_message' });
      if (owner === 'stopped') expect(change).toHaveProperty('refused');
      else expect(change).toMatchObject({ owner: 'staff' });
    }
  });

  it('stays stopped until START, whatever happens', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 30 }), (events) => {
        let owner: Owner = 'stopped';
        for (const event of events) {
          const change = nextOwner(owner, event);
          if (!('refused' in change)) owner = change.owner;
          if (event.type === 'start') return;
          expect(owner).toBe('stopped');
        }
      }),
    );
  });

  it('never gives a conversation that people own back to the flow unless they close it, the person asks, or the desk shuts', () => {
    fc.assert(
      fc.property(fc.constantFrom<Owner>('queue', 'staff'), anyEvent, (owner, event) => {
        const change = nextOwner(owner, event);
        if ('refused' in change || change.owner !== 'flow') return;
        expect(['menu', 'left_queue', 'shut']).toContain(event.type);
        expect(owner).toBe('queue');
      }),
    );
  });

  it('routes what a person writes soon after closing back to people, later to the flow', () => {
    expect(routeInbound('closed', { hoursSinceClosed: 1, open: true })).toEqual({ to: 'staff', owner: 'queue' });
    expect(routeInbound('closed', { hoursSinceClosed: 5, open: true })).toEqual({ to: 'flow', owner: 'flow' });
    expect(routeInbound('closed', { hoursSinceClosed: 1, open: false })).toEqual({ to: 'flow', owner: 'flow' });
    expect(routeInbound('staff', { hoursSinceClosed: 0, open: true })).toEqual({ to: 'staff', owner: 'staff' });
    expect(routeInbound('flow', { hoursSinceClosed: 0, open: true })).toEqual({ to: 'flow', owner: 'flow' });
  });
});
