// Folds what follows from a change into it: a changed text is no longer reviewed, and its translations are outdated. Told beside the change,
// not as changes of their own. What somebody signed stays a change of its own. Used by the list of changes and the count on its tab. Pure.
import type { DifferenceView, TextState } from '../../../api/content-shapes.ts';
import { addressOf, partsOf } from '../../../release/entry.ts';
import { stemOf } from '../../../release/diff.ts';

export interface ToldDifference {
  difference: DifferenceView;
  /** How far a review says that the text is now. */
  state: TextState | null;
  /** Languages whose translations count as outdated because of it. */
  outdated: string[];
}

const STATES: readonly TextState[] = ['drafted', 'machine-drafted', 'reviewed', 'stale'];

export function foldReviews(differences: readonly DifferenceView[]): ToldDifference[] {
  const told = new Map<string, ToldDifference>();
  const byKey = new Map<string, ToldDifference[]>();
  for (const difference of differences) {
    const one: ToldDifference = { difference, state: null, outdated: [] };
    told.set(difference.address, one);
    if (difference.kind !== 'text') continue;
    const key = `${stemOf(difference.address)}:${partsOf(difference.address).key}`;
    byKey.set(key, [...(byKey.get(key) ?? []), one]);
  }
  for (const review of differences) {
    if (review.kind !== 'review') continue;
    const state = stateAfter(review);
    const key = partsOf(review.address).key.replace('texts/', '');
    const own = told.get(textOf(review));
    const [cause] = byKey.get(key) ?? [];
    if (own !== undefined && state !== 'reviewed') told.delete(review.address);
    else if (state === 'stale' && cause !== undefined) {
      cause.outdated.push(review.language ?? '');
      told.delete(review.address);
    } else told.set(review.address, { difference: review, state, outdated: [] });
  }
  return [...told.values()];
}

/** The state that a review gives; null where it takes one away. */
function stateAfter({ fields }: DifferenceView): TextState | null {
  for (const { path, after } of fields) {
    const state = path === 'state' ? after : path === '' && isRecord(after) ? after['state'] : undefined;
    const known = STATES.find((one) => one === state);
    if (known !== undefined) return known;
  }
  return null;
}

/** The text that a review is about. */
function textOf({ address }: DifferenceView): string {
  const { file, key } = partsOf(address);
  const [namespace = '', ...name] = key.replace('texts/', '').split(':');
  return addressOf(file.replace('review.json', `${namespace}.json`), name.join(':'));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
