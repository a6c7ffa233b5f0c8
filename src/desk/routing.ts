// Who is offered a case, and in which order cases are dealt with. Pure; runtime/desk reads what it needs and carries it out.
// Language first, then private-lane training, topic, organisation, locality, the gender that was asked for; of those who are
// left whoever has least, within what they can take. Longest waiting first.
import type { Priority } from '../domain/conversation.ts';
import { permits } from '../domain/role.ts';
import { OWN_ORGANISATION, type DeskRecord, type Gender } from '../domain/staff.ts';
import type { OnDuty } from './shifts.ts';

/** What routing knows of a case. */
export interface RoutedCase {
  deskId: string | null;
  topic: string | null;
  locality: string | null;
  /** What the person speaks: what they write in, else what the hotline writes to them in. */
  language: string | null;
  /** The language that the hotline writes to them in, where that is another one. */
  fallback: string | null;
  private: boolean;
  genderWanted: Gender | null;
  /** 0 own desk, 1 wider skills, 2 duty officer. */
  escalation: number;
}

/** One who could take a case. */
export interface Colleague {
  member: OnDuty;
  onShift: boolean;
  /** Cases that they have. */
  load: number;
}

export type Match =
  /** Whoever fits best. `interpreter`: they do not have the language; this one does, or null when nobody on shift has. */
  | { kind: 'offer'; staffId: string; interpreter: 'not_needed' | { staffId: string | null } }
  /** Nobody on shift can take it now. */
  | { kind: 'nobody' };

/** The main part of a tag: who speaks `es` can answer `es-419`. */
const base = (tag: string): string => tag.toLowerCase().split('-')[0] ?? '';
const speaks = ({ languages }: Pick<OnDuty, 'languages'>, tag: string | null): boolean =>
  tag === null || languages.some((own) => base(own) === base(tag));

/** Whether somebody may take a case of this kind at all: they work on cases, at this desk, and may read it. */
export function mayTake(member: OnDuty, one: Pick<RoutedCase, 'deskId' | 'private'>): boolean {
  if (!member.active || !permits(member.roles, 'case.act')) return false;
  if (one.private && !permits(member.roles, 'case.read_private')) return false;
  return one.deskId === null ? member.organisationId === OWN_ORGANISATION : member.deskIds.includes(one.deskId);
}

/** Whether somebody may take a case that comes to a desk of theirs. */
export function mayTakeAtTheirs(member: OnDuty, isPrivate: boolean): boolean {
  return mayTake(member, { deskId: member.deskIds[0] ?? null, private: isPrivate });
}

/** Whether nobody of these has the language, so that an interpreter or a time to call back is needed. */
export function lacksLanguage(colleagues: readonly Colleague[], one: RoutedCase): boolean {
  return !colleagues.some(({ member, onShift }) => onShift && mayTake(member, one) && speaks(member, one.language));
}

/** Interpreters who have the language of a case, those on shift first. */
export function interpretersFor(colleagues: readonly Colleague[], language: string | null): Colleague[] {
  return colleagues
    .filter(({ member }) => member.active && permits(member.roles, 'case.interpret') && speaks(member, language))
    .sort((a, b) => Number(b.onShift) - Number(a.onShift) || a.load - b.load);
}

/**
 * Whom to offer a case.
 * @param colleagues everybody of the staff, with what they have and whether they are on shift
 */
export function matchCase(colleagues: readonly Colleague[], one: RoutedCase): Match {
  const free = colleagues.filter(
    ({ member, onShift, load }) => onShift && load < member.capacity && mayTake(member, one) && reaches(member, one),
  );
  const best = free
    .map((colleague) => ({ colleague, rank: rankOf(colleague.member, one) }))
    .sort((a, b) => compareRanks(b.rank, a.rank) || a.colleague.load - b.colleague.load || compareIds(a.colleague, b.colleague))[0];
  if (!best) return { kind: 'nobody' };
  const { member } = best.colleague;
  if (speaks(member, one.language)) return { kind: 'offer', staffId: member.id, interpreter: 'not_needed' };
  const interpreter = interpretersFor(colleagues, one.language).find(({ onShift, member: { id } }) => onShift && id !== member.id);
  return { kind: 'offer', staffId: member.id, interpreter: { staffId: interpreter?.member.id ?? null } };
}

/** A woman who was asked for is waited for; once the case was passed on, anybody is better than nobody. */
function reaches(member: OnDuty, { genderWanted, escalation }: RoutedCase): boolean {
  return genderWanted === null || escalation > 0 || member.gender === genderWanted;
}

/** In order of weight. The duty officer comes first once a case was passed on to them. */
function rankOf(member: OnDuty, one: RoutedCase): boolean[] {
  return [
    one.escalation >= 2 && permits(member.roles, 'case.assign'),
    speaks(member, one.language),
    speaks(member, one.fallback ?? one.language),
    member.gender === one.genderWanted && one.genderWanted !== null,
    // Those who are trained for the private lane are kept free for it where others can do it.
    one.private === permits(member.roles, 'case.read_private'),
    topicFits(member.topics, one.topic),
  ];
}

const topicFits = (topics: readonly string[], topic: string | null): boolean =>
  topic !== null && topics.includes(topic.split('.')[0] ?? topic);

function compareRanks(one: readonly boolean[], other: readonly boolean[]): number {
  const differing = one.findIndex((value, index) => value !== other[index]);
  return differing === -1 ? 0 : Number(one[differing]) - Number(other[differing]);
}

const compareIds = (one: Colleague, other: Colleague): number => (one.member.id < other.member.id ? -1 : 1);

/** Cases in the order in which they are dealt with: by priority, then whoever has waited longest. */
export function inOrder<T extends { priority: Priority; waitingSince: number | null; openedAt: number }>(cases: readonly T[]): T[] {
  const rank = { emergency: 0, urgent: 1, normal: 2 } as const;
  const since = (one: T): number => one.waitingSince ?? one.openedAt;
  return cases.toSorted((a, b) => rank[a.priority] - rank[b.priority] || since(a) - since(b));
}

/**
 * The desk that a case comes to: one for its topic before one for its place before one that takes all.
 * @param staffed whether somebody works at a desk who may take the case; a desk of nobody is passed over where another fits
 */
export function chooseDesk(
  desks: readonly DeskRecord[],
  { topic, locality }: { topic: string | null; locality: string | null },
  staffed: (desk: DeskRecord) => boolean,
): DeskRecord | null {
  const scored = desks.flatMap((desk) => {
    const byTopic = desk.topics.length > 0;
    const byPlace = desk.localities.length > 0;
    const placeFits = locality !== null && desk.localities.some((code) => locality === code || locality.startsWith(`${code}-`));
    if ((byTopic && !topicFits(desk.topics, topic)) || (byPlace && !placeFits)) return [];
    return [{ desk, score: (staffed(desk) ? 4 : 0) + (byTopic ? 2 : 0) + (byPlace ? 1 : 0) }];
  });
  return scored.sort((a, b) => b.score - a.score)[0]?.desk ?? desks[0] ?? null;
}
