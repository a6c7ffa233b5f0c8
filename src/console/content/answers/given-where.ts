// Which version of an answer people get, place by place: a tree that names only the places where something differs. Used by the detail of
// an answer and by the view of one place. Pure; the day is handed in.
import type { Answer } from '../../../domain/content.ts';
import { createAnswerVersions } from '../../../release/local-answer.ts';
import { contains, depth, EVERYWHERE } from '../../../release/locality-tree.ts';

export interface GivenIn {
  locality: string;
  /** What is given there; null where nothing is, because there is none or it is overdue. */
  given: Answer | null;
  /** The version that was written for this place; null where there is none. */
  own: Answer | null;
  inside: GivenIn[];
}

/** The entry that a version belongs to: the one that it replaces, or itself. */
export function generalId(answer: Answer): string {
  return answer.replaces ?? answer.id;
}

/** All versions of an entry, the general one first. */
export function versionsOf(entry: string, answers: readonly Answer[]): Answer[] {
  return answers.filter((answer) => generalId(answer) === entry).sort((a, b) => depth(a.locality) - depth(b.locality));
}

/** Everywhere, and inside it each place that has a version of its own. */
export function givenWhere(entry: string, answers: readonly Answer[], today: string): GivenIn {
  const versions = versionsOf(entry, answers);
  const picks = createAnswerVersions(versions);
  const places = [...new Set([EVERYWHERE, ...versions.map(({ locality }) => locality)])];
  const parentOf = (place: string): string | null =>
    places.filter((other) => other !== place && contains(other, place)).sort((a, b) => depth(b) - depth(a))[0] ?? null;
  const node = (locality: string): GivenIn => ({
    locality,
    given: picks.pick(entry, locality, today),
    own: versions.find((version) => version.locality === locality) ?? null,
    inside: places.filter((place) => parentOf(place) === locality).map(node),
  });
  return node(EVERYWHERE);
}

export interface GivenHere {
  /** Id of the entry that flows and the search name. */
  entry: string;
  given: Answer | null;
  /** What would be given if it were not overdue; null where there is nothing for this place at all. */
  late: Answer | null;
}

/** What somebody in a place gets of every entry. Entries that are meant for other places only are left out. */
export function givenHere(locality: string, answers: readonly Answer[], today: string): GivenHere[] {
  const picks = createAnswerVersions([...answers]);
  return [...new Set(answers.map(generalId))].flatMap((entry) => {
    const given = picks.pick(entry, locality, today);
    const here = picks.pick(entry, locality, '0000-00-00');
    return here === null ? [] : [{ entry, given, late: here.id === given?.id ? null : here }];
  });
}
