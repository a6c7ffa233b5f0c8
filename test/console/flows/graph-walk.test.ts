// Keys lead along the ways of a drawn flow, sideways to neighbours, and to both ends.
import { describe, expect, it } from 'vitest';
import { nextOnWalk, type WalkKey } from '../../../src/console/content/flows/graph-walk.ts';

const node = (id: string, x: number, y: number) => ({ id, position: { x, y }, width: 100, height: 50 });
const nodes = [node('a', 100, 0), node('b', 0, 100), node('c', 200, 100), node('d', 100, 200)];
const way = (source: string, target: string) => ({ source, target });
const ways = [way('a', 'b'), way('a', 'c'), way('b', 'd'), way('c', 'd'), way('d', 'end'), way('d', 'd')];
const go = (from: string, key: WalkKey) => nextOnWalk(nodes, ways, from, key);

describe('walking', () => {
  it('follows ways down and up', () => {
    expect(go('a', 'ArrowDown')).toBe('b');
    expect(go('c', 'ArrowDown')).toBe('d');
    expect(go('c', 'ArrowUp')).toBe('a');
    expect(go('d', 'ArrowDown')).toBeNull();
    expect(go('a', 'ArrowUp')).toBeNull();
  });

  it('goes to neighbours on the same height, as they are seen', () => {
    expect(go('b', 'ArrowRight')).toBe('c');
    expect(go('c', 'ArrowLeft')).toBe('b');
    expect(go('c', 'ArrowRight')).toBeNull();
  });

  it('goes to the first and the last step', () => {
    expect(go('c', 'Home')).toBe('a');
    expect(go('a', 'End')).toBe('d');
    expect(go('nobody', 'Home')).toBeNull();
  });
});
