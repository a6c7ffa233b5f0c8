// What staff write arrives once and in order, over lost answers, ended sessions and reloads.
import { describe, expect, it } from 'vitest';
import { createOutbox, type Outgoing, type Tried } from '../../src/console/cases/outbox.ts';

const CLOSED = { status: 409, code: 'desk.closed', message: 'The case is closed.' };
type New = Omit<Outgoing, 'state' | 'fault'>;
const words = (id: string, change: Partial<New> = {}): New => ({
  id,
  caseId: 'a',
  kind: 'reply',
  text: id,
  how: 'now',
  template: null,
  mentions: [],
  at: 0,
  ...change,
});

/** A server that takes each id once, and answers as it is told. */
function openLine(answers: (Tried | 'lost answer')[]) {
  const taken: string[] = [];
  const tries: string[] = [];
  const waiting: (() => void)[] = [];
  return {
    taken,
    tries,
    /** Lets every pause end. */
    resume: () => waiting.splice(0).forEach((run) => run()),
    options: {
      async send(one: Outgoing): Promise<Tried> {
        tries.push(one.id);
        const answer = answers.shift() ?? { kind: 'sent' };
        const arrives = answer === 'lost answer' || answer.kind === 'sent';
        if (arrives && !taken.includes(one.id)) taken.push(one.id);
        await Promise.resolve();
        if (answer === 'lost answer') throw new TypeError('network');
        return answer;
      },
      after(_ms: number, run: () => void) {
        waiting.push(run);
        return () => void waiting.splice(waiting.indexOf(run), 1);
      },
    },
  };
}
const calm = (): Promise<void> => new Promise((done) => setTimeout(done, 0));

describe('the outbox', () => {
  it('tries again with the same id when an answer was lost, and nothing is doubled or overtaken', async () => {
    const line = openLine(['lost answer', { kind: 'later' }]);
    const outbox = createOutbox(line.options);
    outbox.add(words('1'));
    outbox.add(words('2'));
    await calm();
    expect(outbox.list().map(({ state }) => state)).toEqual(['waiting', 'sending']);
    line.resume();
    await calm();
    line.resume();
    await calm();
    expect(line.tries).toEqual(['1', '1', '1', '2']);
    expect(line.taken).toEqual(['1', '2']);
    expect(outbox.list().map(({ state }) => state)).toEqual(['sent', 'sent']);
  });

  it('does not let one case wait for another', async () => {
    const line = openLine([{ kind: 'later' }]);
    const outbox = createOutbox(line.options);
    outbox.add(words('1'));
    outbox.add(words('2', { caseId: 'b' }));
    await calm();
    expect(line.taken).toEqual(['2']);
  });

  it('waits while nobody is signed in, and goes on when somebody is', async () => {
    const line = openLine([{ kind: 'signed_out' }]);
    const outbox = createOutbox(line.options);
    outbox.add(words('1'));
    await calm();
    expect(outbox.list()[0]?.state).toBe('waiting');
    outbox.wake();
    await calm();
    expect(line.taken).toEqual(['1']);
  });

  it('keeps what was refused, with why, and lets the next one go', async () => {
    const line = openLine([{ kind: 'refused', fault: CLOSED }]);
    const outbox = createOutbox(line.options);
    outbox.add(words('1'));
    outbox.add(words('2'));
    await calm();
    expect(outbox.list()[0]).toMatchObject({ state: 'refused', fault: CLOSED });
    expect(line.taken).toEqual(['2']);
    outbox.retry('1');
    await calm();
    expect(line.taken).toEqual(['2', '1']);
    outbox.arrived(new Set(['1', '2']));
    expect(outbox.list()).toEqual([]);
  });

  it('adds the same id once, and drops what is not under way', async () => {
    const line = openLine([{ kind: 'refused', fault: CLOSED }]);
    const outbox = createOutbox(line.options);
    outbox.add(words('1'));
    outbox.add(words('1'));
    outbox.drop('1');
    expect(outbox.list()).toHaveLength(1);
    await calm();
    outbox.drop('1');
    expect(outbox.list()).toEqual([]);
    expect(line.tries).toEqual(['1']);
  });

  it('goes on after a reload with what was under way, and leaves what was refused until somebody says again', async () => {
    const line = openLine([]);
    const outbox = createOutbox(line.options);
    outbox.restore([
      { ...words('1'), state: 'sending', fault: null },
      { ...words('2'), state: 'refused', fault: CLOSED },
    ]);
    outbox.wake();
    await calm();
    expect(line.tries).toEqual(['1']);
    expect(outbox.list()).toMatchObject([{ state: 'sent' }, { state: 'refused', fault: CLOSED }]);
    outbox.retry('2');
    await calm();
    expect(line.taken).toEqual(['1', '2']);
  });

  it('sends what a reload brought back before what was written since', async () => {
    const line = openLine([{ kind: 'later' }]);
    const outbox = createOutbox(line.options);
    outbox.add(words('2'));
    outbox.restore([{ ...words('1'), state: 'waiting', fault: null }]);
    await calm();
    line.resume();
    await calm();
    expect(line.tries).toEqual(['2', '1', '2']);
  });
});
