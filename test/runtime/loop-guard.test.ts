// A conversation between two machines ends within a few rounds; a person in a menu is never taken for one.
import { describe, expect, it } from 'vitest';
import { createLoopGuard } from '../../src/runtime/loop-guard.ts';

const LIMIT = 6;
const play = (texts: string[], understood: (index: number) => boolean = () => true) => {
  const guard = createLoopGuard();
  return texts.map((text, index) => guard.note('c', text, understood(index), index * 1000, LIMIT));
};

describe('loop guard', () => {
  it('stops an autoresponder that always says the same, with one notice', () => {
    const verdicts = play(Array.from({ length: 12 }, () => 'I am out of the office until Monday.'));
    expect(verdicts.filter((verdict) => verdict === 'last')).toHaveLength(1);
    expect(verdicts.indexOf('last')).toBeLessThan(10);
    expect(verdicts.slice(verdicts.indexOf('last') + 1).every((verdict) => verdict === 'silent')).toBe(true);
  });

  it('stops one that adds the time of day', () => {
    const verdicts = play(Array.from({ length: 12 }, (_, index) => `Thank you for your message. We are closed. It is 10:0${index % 10}.`));
    expect(verdicts).toContain('last');
    expect(verdicts.at(-1)).toBe('silent');
  });

  it('stops whatever is never understood', () => {
    expect(
      play(
        Array.from({ length: 10 }, (_, index) => `zq${index} xv${index * 7}`),
        () => false,
      ),
    ).toContain('last');
  });

  it('lets a person choose 1 again and again', () => {
    expect(play(Array.from({ length: 30 }, () => '1')).every((verdict) => verdict === 'answer')).toBe(true);
  });

  it('listens again when something different is understood', () => {
    const guard = createLoopGuard();
    for (let round = 0; round < 10; round++) guard.note('c', 'we are closed today sorry', false, round, LIMIT);
    expect(guard.note('c', 'quiero hablar con una persona', true, 20, LIMIT)).toBe('answer');
  });

  it('keeps one contact apart from another', () => {
    const guard = createLoopGuard();
    for (let round = 0; round < 10; round++) guard.note('a', 'we are closed today sorry', false, round, LIMIT);
    expect(guard.note('b', 'we are closed today sorry', false, 11, LIMIT)).toBe('answer');
  });

  it('counts a message once, however often its turn is tried', () => {
    const guard = createLoopGuard();
    for (let attempt = 0; attempt < 20; attempt++)
      expect(guard.note('c', 'we are closed today sorry', false, attempt, LIMIT, 'm1')).toBe('answer');
  });

  it('forgets whoever was erased', () => {
    const guard = createLoopGuard();
    for (let round = 0; round < 10; round++) guard.note('c', 'we are closed today sorry', false, round, LIMIT);
    guard.forget('c');
    expect(guard.note('c', 'we are closed today sorry', false, 11, LIMIT)).toBe('answer');
  });
});
