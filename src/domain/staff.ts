// Who works at the desk: people with roles, languages and hours, and whoever acts in a request. Used by desk, store, runtime, http, console.
// Staff are known to those who write by an alias only; their e-mail address stands sealed in the store.
import type { Role, StaffPermission } from './role.ts';

/** Id of the organisation that runs the hotline. It is there as soon as anybody was invited. */
export const OWN_ORGANISATION = 'own';

export type Gender = 'woman' | 'man';

/** One person of the staff, as routing needs them. */
export interface StaffMember {
  id: string;
  /** What colleagues and the people who write see. */
  alias: string;
  organisationId: string;
  /** Desks whose cases they see. */
  deskIds: string[];
  roles: Role[];
  /** BCP 47 tags in which they can answer. */
  languages: string[];
  /** First-level topic codes that they are good at; empty for any. */
  topics: string[];
  /** Only where they said so, for people who ask for a woman or a man. */
  gender: Gender | null;
  /** Cases that they can have at the same time. */
  capacity: number;
  /** Member id in Slack, where they use it. */
  slackUser: string | null;
  active: boolean;
}

/** A shift that comes back every week, in the time zone of its desk. */
export interface Shift {
  id: string;
  staffId: string;
  deskId: string;
  byday: Weekday[];
  /** `HH:MM`; an end that is not after the start is on the next day. */
  startsAt: string;
  endsAt: string;
  /** Local dates `YYYY-MM-DD`, both included; null for open. */
  validFrom: string | null;
  validTo: string | null;
}

export type Weekday = 'MO' | 'TU' | 'WE' | 'TH' | 'FR' | 'SA' | 'SU';

/** A desk: people who share a queue, hours and a time zone. A partner's desk belongs to the partner's organisation. */
export interface DeskRecord {
  id: string;
  name: string;
  organisationId: string;
  timezone: string;
  hours: { byday: Weekday[]; opensAt: string; closesAt: string }[];
  /** Local dates on which it is shut. */
  holidays: string[];
  /** Waiting time that people are promised in hours. */
  minutesToAnswer: number;
  /** First-level topic codes that come here first; empty for a desk that takes all. */
  topics: string[];
  /** Locality codes that come here first; empty for all. */
  localities: string[];
  /** Cases are given to whoever fits best; else they are offered to them. */
  autoAssign: boolean;
}

/** Whoever acts: a person of the staff by a session or in Slack, or a partner's program with a token. */
export interface Actor {
  /** Staff id; `token:<id>` for a program; `slack:<member>` for a Slack member without an account. */
  id: string;
  alias: string;
  organisationId: string;
  deskIds: readonly string[];
  roles: readonly Role[];
  /** Of the roles, or of a token's scopes where a program calls. */
  permissions: ReadonlySet<StaffPermission>;
  via: 'session' | 'token' | 'slack';
}
