// The widget's model of a conversation, without a page: whatever order news come in, nothing is shown twice or lost.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Activity, ActivitySet } from '../../src/api/direct-line.ts';
import { chosenUnder, createThread } from '../../src/widget/thread.ts';

type Part = { from?: 'person' | 'service' | 'staff'; clientId?: string; choices?: string[] };

function activity(sequence: number, text: string, { from = 'service', clientId, choices = [] }: Part = {}): Activity {
  const actions = choices.map(
    (label) => ({ type: 'messageBack', title: label, text: label, displayText: label, value: { choice: `id-${label}` } }) as const,
  );
  return {
    type: 'message',
    id: `c|${String(sequence).padStart(7, '0')}`,
    timestamp: '2026-11-23T10:00:00Z',
    channelId: 'directline',
    conversation: { id: 'c' },
    from: { id: 'x', role: from === 'person' ? 'user' : 'bot' },
    text,
    textFormat: 'plain',
    suggestedActions: { actions },
    channelData: { lineId: String(sequence), from, direction: 'ltr', ...(clientId === undefined ? {} : { clientActivityID: clientId }) },
  };
}
const set = (...activities: Activity[]): ActivitySet => ({ activities, watermark: String(activities.length) });
const texts = (thread: ReturnType<typeof createThread>): string[] => thread.lines().map((line) => line.text);

describe('a thread', () => {
  it('puts an own message in its place when the service tells where that is', () => {
    const thread = createThread();
    thread.take(set(activity(1, 'hola')));
    thread.addOwn({ clientId: 'a', text: 'uno' });
    thread.addOwn({ clientId: 'b', text: 'dos' });
    expect(thread.take(set(activity(3, 'respuesta'), activity(2, 'uno', { from: 'person', clientId: 'a' })))).toHaveLength(1);
    expect(texts(thread)).toEqual(['hola', 'uno', 'respuesta', 'dos']);
    expect(thread.lines().map((line) => line.state)).toEqual([null, 'sent', null, 'waiting']);
  });

  it('shows that a file was sent, where there are no words', () => {
    const thread = createThread();
    thread.take(set({ ...activity(1, '', { from: 'person' }), attachments: [{ contentType: 'image/jpeg' }] }));
    expect(thread.lines()).toMatchObject([{ text: '', file: 'picture' }]);
  });

  it('puts a file that is not taken before what is said about it', () => {
    const thread = createThread();
    thread.take(set(activity(1, 'hola')));
    thread.addOwn({ clientId: 'a', text: '' }, 'voice');
    thread.take(set(activity(2, 'No guardamos audios.')));
    thread.setState('a', 'refused');
    expect(texts(thread)).toEqual(['hola', '', 'No guardamos audios.']);
    expect(thread.lines()[1]).toMatchObject({ file: 'voice', state: 'refused' });
  });

  it('never takes a sent message for unsent again', () => {
    const thread = createThread();
    thread.addOwn({ clientId: 'a', text: 'uno' });
    thread.take(set(activity(1, 'uno', { from: 'person', clientId: 'a' })));
    thread.setState('a', 'failed');
    thread.addOwn({ clientId: 'a', text: 'uno' });
    expect(thread.lines()).toMatchObject([{ text: 'uno', state: 'sent' }]);
  });

  it('starts anew after a reset, but for what is still on its way', () => {
    const thread = createThread();
    thread.take(set(activity(1, 'viejo'), activity(2, 'viejo también')));
    thread.addOwn({ clientId: 'a', text: 'nuevo' });
    thread.take({ activities: [activity(3, 'Borrado.')], watermark: '3', reset: true });
    expect(texts(thread)).toEqual(['Borrado.', 'nuevo']);
    thread.take(set(activity(4, 'nuevo', { from: 'person', clientId: 'a' })));
    expect(texts(thread)).toEqual(['Borrado.', 'nuevo']);
  });

  it('keeps nothing that was sent and erased before the service told of it', () => {
    const thread = createThread();
    for (const clientId of ['told late', 'sent', 'sending', 'waiting']) thread.addOwn({ clientId, text: clientId });
    thread.setState('sent', 'sent');
    thread.setState('sending', 'sending');
    thread.setState('told late', 'sending');
    thread.take({ activities: [activity(9, 'Borrado.')], watermark: '9', reset: true });
    thread.setState('sending', 'sent');
    thread.take(set(activity(10, 'told late', { from: 'person', clientId: 'told late' })));
    thread.setState('told late', 'sent');
    expect(texts(thread)).toEqual(['Borrado.', 'told late', 'waiting']);
  });

  it('shows every line once and in order, however frames are cut, repeated and mixed', () => {
    const frames = fc.array(fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 8 })), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(frames, (cuts) => {
        const thread = createThread();
        for (const clientId of ['5', '9', '17']) thread.addOwn({ clientId, text: `t${clientId}` });
        const line = (n: number): Activity =>
          activity(n, `t${n}`, ['5', '9', '17'].includes(String(n)) ? { from: 'person', clientId: String(n) } : {});
        const told = new Set<number>();
        for (const [from, count] of cuts) {
          const numbers = Array.from({ length: count }, (_, index) => from + index);
          numbers.forEach((n) => told.add(n));
          thread.take(set(...numbers.map(line)));
        }
        const pending = [5, 9, 17].filter((n) => !told.has(n));
        expect(texts(thread)).toEqual([...[...told].sort((a, b) => a - b), ...pending].map((n) => `t${n}`));
      }),
    );
  });
});

it('marks the choice that was taken, and none while the answer failed', () => {
  const thread = createThread();
  thread.take(set(activity(1, '¿Qué?', { choices: ['Salud', 'Escuela'] })));
  expect(chosenUnder(thread.lines(), 0)).toEqual({ used: false, chosen: null });
  thread.addOwn({ clientId: 'a', text: 'Escuela' });
  expect(chosenUnder(thread.lines(), 0)).toEqual({ used: true, chosen: 'id-Escuela' });
  thread.setState('a', 'failed');
  expect(chosenUnder(thread.lines(), 0)).toEqual({ used: false, chosen: null });
  thread.addOwn({ clientId: 'b', text: 'otra cosa' });
  expect(chosenUnder(thread.lines(), 0)).toEqual({ used: true, chosen: null });
});
