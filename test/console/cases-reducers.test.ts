// What the console keeps of cases, without a browser: the inbox as it changes, the conversation, drafts, what is unread, what rings.
import { describe, expect, it } from 'vitest';
import type { CaseItem, TimelineItem } from '../../src/api/case-operations.ts';
import { begunAt, complete, matching, mentionsIn } from '../../src/console/cases/completing.ts';
import { createDrafts } from '../../src/console/cases/drafts.ts';
import { emptyInbox, reduceInbox, type Inbox, type InboxEvent } from '../../src/console/cases/inbox.ts';
import type { Outgoing } from '../../src/console/cases/outbox.ts';
import { belongs, compareCases, type View } from '../../src/console/cases/queue.ts';
import { ringFor } from '../../src/console/cases/ringing.ts';
import { openSealedMemory, type Place } from '../../src/console/cases/sealed-memory.ts';
import { lastSequence, layOut, mergeTimeline, stillOutgoing } from '../../src/console/cases/timeline.ts';
import { lookedAt, unreadOf } from '../../src/console/cases/unread.ts';
import { waysToWrite, windowLeft } from '../../src/console/cases/window-left.ts';

const NOW = Date.parse('2026-11-23T10:00:00Z');
const HOUR = 3_600_000;
const WAITING: View = { queue: 'waiting', language: null, deskId: null };
const looker = { meId: 'ana', now: NOW };

function item(id: string, change: Partial<CaseItem> = {}): CaseItem {
  return {
    id,
    alias: id,
    status: 'waiting',
    ticket: false,
    priority: 'normal',
    private: false,
    topic: 'HEA',
    language: 'es',
    channel: 'web',
    deskId: 'main',
    assignee: null,
    genderWanted: null,
    interpreter: null,
    callbackAt: null,
    openedAt: NOW - HOUR,
    waitingSince: NOW - HOUR,
    dueAt: NOW + HOUR,
    closedAt: null,
    lastSequence: 3,
    unanswered: 1,
    version: 1,
    ...change,
  };
}
const claimedBy = (id: string, staff: string, change: Partial<CaseItem> = {}): CaseItem =>
  item(id, { status: 'claimed', assignee: { id: staff, alias: staff }, version: 2, ...change });

const counts = { mine: 0, waiting: 0, tickets: 0, claimed: 0, overdue: 0, private: 0 };
const page = (cases: CaseItem[], next: string | null = null) => ({ cases, next, counts, cursor: '0.1' });
const play = (inbox: Inbox, ...events: InboxEvent[]): Inbox => events.reduce(reduceInbox, inbox);
const opened = (cases: CaseItem[], next: string | null = null): Inbox =>
  play(emptyInbox(WAITING), { type: 'loaded', view: WAITING, page: page(cases, next), looker, held: false });
const changed = (cases: CaseItem[], held: boolean, removed: string[] = []): InboxEvent => ({
  type: 'changed',
  cases,
  removed,
  looker,
  held,
});
const ids = (inbox: Inbox): string[] => inbox.rows.map(({ item: { id }, left }) => (left ? `(${id})` : id));

describe('queues', () => {
  it('put each case where the server puts it', () => {
    const in_ = (one: CaseItem, queue: View['queue']): boolean => belongs(one, { ...WAITING, queue }, looker);
    expect(in_(item('a'), 'waiting')).toBe(true);
    expect(in_(item('a', { ticket: true }), 'waiting')).toBe(false);
    expect(in_(item('a', { ticket: true }), 'tickets')).toBe(true);
    expect(in_(claimedBy('a', 'ana'), 'mine')).toBe(true);
    expect(in_(claimedBy('a', 'ben'), 'mine')).toBe(false);
    expect(in_(claimedBy('a', 'ben'), 'claimed')).toBe(true);
    expect(in_(item('a', { dueAt: NOW }), 'overdue')).toBe(true);
    expect(in_(item('a', { private: true }), 'private')).toBe(true);
    expect(in_(item('a', { status: 'closed' }), 'closed')).toBe(true);
    expect(belongs(item('a', { language: 'ar' }), { ...WAITING, language: 'es' }, looker)).toBe(false);
    expect(belongs(item('a', { deskId: 'partner' }), { ...WAITING, deskId: 'main' }, looker)).toBe(false);
  });

  it('put the most urgent first, then whoever has waited longest', () => {
    const list = [
      item('new', { waitingSince: NOW - 1 }),
      item('answered', { waitingSince: null }),
      item('old', { waitingSince: NOW - 9 * HOUR }),
      item('urgent', { priority: 'urgent', waitingSince: NOW }),
    ];
    expect(list.sort(compareCases).map(({ id }) => id)).toEqual(['urgent', 'old', 'new', 'answered']);
  });
});

describe('the inbox', () => {
  const a = item('a', { waitingSince: NOW - 3 * HOUR });
  const b = item('b', { waitingSince: NOW - 2 * HOUR });

  it('takes in what comes and lets go what leaves, in order', () => {
    const inbox = play(opened([a, b]), changed([item('c', { priority: 'emergency' }), { ...a, status: 'closed', version: 2 }], false));
    expect(ids(inbox)).toEqual(['c', 'b']);
  });

  it('moves nothing while it is held: what left stays marked, what came is counted', () => {
    const held = play(opened([a, b]), changed([item('c', { priority: 'emergency' }), claimedBy('a', 'ben')], true));
    expect(ids(held)).toEqual(['(a)', 'b']);
    expect(held.rows[0]?.item.assignee?.alias).toBe('ben');
    expect(held.coming.map(({ id }) => id)).toEqual(['c']);
    expect(ids(play(held, { type: 'settled' }))).toEqual(['c', 'b']);
  });

  it('changes a case in place while held, without giving it another place', () => {
    const held = play(opened([a, b]), changed([{ ...b, priority: 'emergency', unanswered: 4, version: 2 }], true));
    expect(ids(held)).toEqual(['a', 'b']);
    expect(held.rows[1]?.item.unanswered).toBe(4);
  });

  it('takes a case back that returns while held', () => {
    const held = play(opened([a]), changed([claimedBy('a', 'ben')], true), changed([{ ...a, version: 3 }], true));
    expect(ids(held)).toEqual(['a']);
  });

  it('never replaces what is newer by what is older', () => {
    const inbox = play(opened([a]), changed([{ ...a, unanswered: 5, version: 7 }], false), changed([{ ...a, version: 6 }], false));
    expect(inbox.rows[0]?.item.unanswered).toBe(5);
  });

  it('drops what somebody may not see any more', () => {
    expect(ids(play(opened([a, b]), changed([], false, ['a'])))).toEqual(['b']);
  });

  it('leaves to later pages what belongs there, and adds them without doubles', () => {
    const inbox = play(opened([a], 'more'), changed([item('late', { waitingSince: NOW })], false));
    expect(ids(inbox)).toEqual(['a']);
    expect(ids(play(inbox, { type: 'loaded_more', view: WAITING, page: page([a, b]) }))).toEqual(['a', 'b']);
  });

  it('after a lost line, a first page read anew shows what changed meanwhile', () => {
    const inbox = play(opened([a, b]), {
      type: 'loaded',
      view: WAITING,
      page: page([{ ...b, version: 5 }, item('c')]),
      looker,
      held: false,
    });
    expect(ids(inbox)).toEqual(['b', 'c']);
  });

  it('passes over a page of another queue', () => {
    const mine: View = { ...WAITING, queue: 'mine' };
    const inbox = play(
      opened([a]),
      { type: 'opened', view: mine },
      { type: 'loaded', view: WAITING, page: page([a]), looker, held: false },
    );
    expect(inbox).toMatchObject({ view: mine, state: 'loading', rows: [] });
  });
});

const message = (sequence: number, change: Partial<Extract<TimelineItem, { type: 'message' }>> = {}): TimelineItem => ({
  type: 'message',
  key: `m${sequence}`,
  id: `m${sequence}`,
  sequence,
  from: 'person',
  by: null,
  text: `text ${sequence}`,
  language: 'es',
  direction: 'ltr',
  status: null,
  fault: null,
  media: [],
  at: NOW + sequence * 1000,
  ...change,
});
const outgoing = (id: string, change: Partial<Outgoing> = {}): Outgoing => ({
  id,
  caseId: 'a',
  kind: 'reply',
  text: 'hola',
  how: 'now',
  template: null,
  mentions: [],
  at: NOW + HOUR,
  state: 'sending',
  fault: null,
  ...change,
});
const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

describe('a conversation', () => {
  it('is the same in whichever order and however often its parts come', () => {
    const parts = [message(1), message(2), message(3)];
    const once = mergeTimeline([], parts);
    expect(mergeTimeline(mergeTimeline([], [parts[2] as TimelineItem]), [message(2), message(1), message(3)])).toEqual(once);
    expect(lastSequence(once)).toBe(3);
  });

  it('keeps the order of messages of one moment, and drops a kept reply once it has gone out', () => {
    const kept = message(0, { key: 'kept:x', id: 'x', from: 'staff', status: 'held' });
    const both = [message(2, { at: NOW, key: 'a' }), message(1, { at: NOW, key: 'b' })];
    expect(mergeTimeline([kept], both).map(({ key }) => key)).toEqual(['b', 'a']);
    expect(mergeTimeline([], [kept, ...both])).toContain(kept);
  });

  it('moves delivery states forward only', () => {
    const read = message(1, { from: 'staff', status: 'read' });
    expect(mergeTimeline([read], [message(1, { from: 'staff', status: 'sent' })])[0]).toMatchObject({ status: 'read' });
    expect(mergeTimeline([message(1, { from: 'staff', status: 'queued' })], [read])[0]).toMatchObject({ status: 'read' });
  });

  it('shows what is on its way until it comes back under the same id', () => {
    const one = outgoing('x1');
    expect(stillOutgoing([one], [message(1)])).toEqual([one]);
    expect(stillOutgoing([one], [message(1), message(2, { id: 'x1', from: 'staff' })])).toEqual([]);
  });

  it('has a separator before each day and joins what one voice says at once', () => {
    const lines = layOut(
      [message(1), message(2), message(3, { from: 'staff', at: NOW + 26 * HOUR })],
      [outgoing('x', { at: NOW + 27 * HOUR })],
      day,
    );
    expect(lines.map((line) => (line.type === 'item' ? `${line.item.key}${line.continues ? '+' : ''}` : line.type))).toEqual([
      'day',
      'm1',
      'm2+',
      'day',
      'm3',
      'outgoing',
    ]);
  });
});

describe('drafts', () => {
  it('are kept by case and mode, and what is written since a reload wins', () => {
    const drafts = createDrafts();
    drafts.set('a', 'reply', 'hola');
    drafts.set('a', 'note', 'hm');
    drafts.restore({ 'a reply': 'old', 'b reply': 'kept' });
    expect([drafts.get('a', 'reply'), drafts.get('a', 'note'), drafts.get('b', 'reply'), drafts.get('b', 'note')]).toEqual([
      'hola',
      'hm',
      'kept',
      '',
    ]);
    drafts.set('a', 'reply', '');
    expect([drafts.has('a'), drafts.has('b'), drafts.has('c')]).toEqual([true, true, false]);
  });

  it('lie in the tab as cipher text that only the same staff member opens', async () => {
    const kept = new Map<string, string>();
    const place: Place = {
      getItem: (name) => kept.get(name) ?? null,
      setItem: (name, value) => void kept.set(name, value),
      removeItem: (name) => void kept.delete(name),
    };
    const key = (byte: number): string => Buffer.alloc(32, byte).toString('base64');
    const mine = await openSealedMemory(key(1), place);
    await mine.write({ drafts: { 'a reply': 'mi secreto' } });
    expect([...kept.values()].join()).not.toContain('secreto');
    expect(Buffer.from([...kept.values()].join(), 'base64').toString('latin1')).not.toContain('secreto');
    expect(await (await openSealedMemory(key(1), place)).read()).toEqual({ drafts: { 'a reply': 'mi secreto' } });
    expect(await (await openSealedMemory(key(2), place)).read()).toBeNull();
    expect(kept.size).toBe(0);
  });
});

describe('what is unread', () => {
  it('are messages of the person that nobody answered and that were not on the screen', () => {
    const one = item('a', { lastSequence: 10, unanswered: 3 });
    expect(unreadOf(one, {})).toBe(3);
    expect(unreadOf(one, { a: 9 })).toBe(1);
    expect(unreadOf(one, lookedAt({ a: 9 }, 'a', 10))).toBe(0);
    expect(lookedAt({ a: 9 }, 'a', 4)).toEqual({ a: 9 });
    expect(unreadOf({ ...one, status: 'closed' }, {})).toBe(0);
  });
});

describe('ringing', () => {
  it('calls when somebody begins to wait, once, and says a language at most', () => {
    expect(ringFor(undefined, item('a', { language: 'ar', waitingSince: NOW }), 'ana', NOW)).toEqual({
      caseId: 'a',
      kind: 'waiting',
      language: 'ar',
    });
    expect(ringFor(item('a'), item('a', { unanswered: 2 }), 'ana', NOW)).toBeNull();
    expect(ringFor(undefined, item('a', { private: true, waitingSince: NOW }), 'ana', NOW)).toMatchObject({ language: null });
    expect(ringFor(undefined, item('a', { ticket: true, waitingSince: NOW }), 'ana', NOW)).toBeNull();
    expect(ringFor(undefined, item('a'), 'ana', NOW)).toBeNull();
  });
  it('calls for what comes in an own case, and for a case that is given to one, never for those of colleagues', () => {
    expect(ringFor(claimedBy('a', 'ana', { unanswered: 0 }), claimedBy('a', 'ana'), 'ana', NOW)).toMatchObject({ kind: 'wrote' });
    expect(ringFor(claimedBy('a', 'ben'), claimedBy('a', 'ana'), 'ana', NOW)).toMatchObject({ kind: 'given' });
    expect(ringFor(claimedBy('a', 'ben', { unanswered: 0 }), claimedBy('a', 'ben'), 'ana', NOW)).toBeNull();
  });
});

describe('the window in which one may write', () => {
  const reach = { state: 'open' as const, windowEndsAt: NOW + HOUR, templates: [], smsAgreed: false };
  it('has an end that is announced and is then shut', () => {
    expect(windowLeft(reach, NOW)).toEqual({ ms: HOUR, tone: 'soon' });
    expect(windowLeft({ ...reach, windowEndsAt: NOW + 5 * HOUR }, NOW).tone).toBe('open');
    expect(windowLeft({ ...reach, windowEndsAt: null }, NOW).tone).toBe('none');
    expect(waysToWrite(reach, NOW)).toEqual(['now']);
    expect(waysToWrite(reach, NOW + 2 * HOUR)).toEqual(['when_they_write']);
  });
  it('leaves templates, SMS where agreed, and waiting beyond it; nothing to whoever stopped the line', () => {
    const shut = { ...reach, state: 'template' as const, templates: [{ id: 't', language: 'es', text: 'Hola' }], smsAgreed: true };
    expect(waysToWrite(shut, NOW)).toEqual(['template', 'sms', 'when_they_write']);
    expect(waysToWrite({ ...shut, state: 'stopped' }, NOW)).toEqual([]);
  });
});

describe('completing', () => {
  it('sees a shortcut or a mention before the caret, not an address or a fraction', () => {
    expect(begunAt('hola /hor', 9)).toEqual({ sign: '/', word: 'hor', start: 5 });
    expect(begunAt('@', 1)).toEqual({ sign: '@', word: '', start: 0 });
    expect(begunAt('1/2', 3)).toBeNull();
    expect(begunAt('ana@ex', 6)).toBeNull();
  });
  it('puts the whole in, with a space after it', () => {
    expect(complete('hola /hor, sí', 9, { sign: '/', word: 'hor', start: 5 }, 'Abrimos a las 9.')).toEqual({
      text: 'hola Abrimos a las 9. , sí',
      caret: 22,
    });
  });
  it('finds by beginning first, without minding accents', () => {
    expect(matching(['horario', 'ahora', 'Hóra'], 'hora', (one) => one)).toEqual(['horario', 'Hóra', 'ahora']);
    expect(
      mentionsIn('Puedes, @Iñigo?', [
        { id: '1', alias: 'Iñigo' },
        { id: '2', alias: 'Ana' },
      ]),
    ).toEqual(['1']);
  });
});
