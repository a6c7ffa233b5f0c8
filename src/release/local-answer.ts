// Which version of an answer a person gets: the most local one that is not overdue. Called by the engine through the release.
// An answer past its review date is not given; a more general version that is still in date may be.
import type { Answer } from '../domain/content.ts';
import { contains, depth, EVERYWHERE } from './locality-tree.ts';

/** Finds versions of the answers of one release. */
export interface AnswerVersions {
  /**
   * The most local version of an entry for a person's locality, in date on the local day `today`; null when there is none.
   * Where the locality is not known, the general version; a local entry that was asked for by its own id is given as it is.
   */
  pick(entry: string, locality: string | null, today: string): Answer | null;
}

/** Indexes answers by the entry that they are a version of. */
export function createAnswerVersions(answers: Answer[]): AnswerVersions {
  const versions = new Map<string, Answer[]>();
  for (const answer of answers) {
    for (const entry of new Set([answer.id, answer.replaces ?? answer.id])) {
      versions.set(entry, [...(versions.get(entry) ?? []), answer]);
    }
  }
  for (const list of versions.values()) list.sort((a, b) => depth(b.locality) - depth(a.locality) || (a.id < b.id ? -1 : 1));
  return {
    pick(entry, locality, today) {
      const current = (versions.get(entry) ?? []).filter((answer) => !isOverdue(answer, today));
      if (locality !== null) return current.find((answer) => contains(answer.locality, locality)) ?? null;
      return current.find((answer) => answer.locality === EVERYWHERE) ?? current.find((answer) => answer.id === entry) ?? null;
    },
  };
}

/** Whether an answer's review date has passed; it counts through that day. */
export function isOverdue(answer: Answer, today: string): boolean {
  return answer.review_by < today;
}
