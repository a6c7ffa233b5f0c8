// What a handler of an operation is, and what handlers are given. One file an area beside this one; router.ts calls them
// after it has settled who calls, whether they may, and what they sent. A handler knows nothing of routes and headers.
import type { AnswerOf, Operation, ParsedCallOf } from '../../api/operation.ts';
import type { OperationName, Operations } from '../../api/operations.ts';
import type { Actor } from '../../domain/staff.ts';
import type { ContentActions } from '../../runtime/content/content-actions.ts';
import type { ComplaintActions } from '../../runtime/desk/complaints.ts';
import type { DeskActions } from '../../runtime/desk/desk.ts';
import type { ReferralActions } from '../../runtime/desk/referrals.ts';
import type { Services } from '../../runtime/services.ts';
import type { Store } from '../../store/store.ts';
import type { Caller, StaffAuth } from '../auth/staff-auth.ts';

/** What this service could switch on, in the order of the start page; made by app.ts. */
export interface Installed {
  modules: readonly InstalledModule[];
  /** Lines of one channel that may wait before its ordinary messages do. */
  outboxLimit: number;
}

export interface InstalledModule {
  id: string;
  title: string;
  reaches: 'people' | 'staff';
  /** Names of settings that it lacks; on where there are none. */
  missing: readonly string[];
  /** Names of the channels that it opened. */
  channels: readonly string[];
}

/** What handlers work with; made once by app.ts. */
export interface ApiParts {
  store: Store;
  services: Services;
  desk: DeskActions;
  referrals: ReferralActions;
  complaints: ComplaintActions;
  content: ContentActions;
  auth: StaffAuth;
  live: Live;
  installed: Installed;
  now: () => number;
  /** Where others reach the service, without a slash at the end. */
  publicUrl: string;
}

/** Streams, and who is at which case; see live/live.ts. */
export interface Live {
  /** A stream for whoever asked; `cursor` as the stream's ids. */
  open(actor: Actor, request: Request, cursor: string | null): Response;
  presence: { tell(caseId: string, staffId: string, state: 'looking' | 'typing' | 'gone'): void };
  close(): Promise<void>;
}

/** One call: parsed input, and who calls. Of a public operation nobody may be known. */
export type ApiCall<T extends Operation> = ParsedCallOf<T> & {
  actor: T['permission'] extends 'public' ? Actor | null : Actor;
  /** The session or token behind it. */
  caller: T['permission'] extends 'public' ? Caller | null : Caller;
  request: Request;
  /** Headers that go with the answer, such as `set-cookie`. */
  headers: Headers;
};

/**
 * Answers an operation: the body of the 200, nothing for a 204, or a whole Response where it is no JSON.
 * Faults are thrown (see refusal.ts): `store.not_found` also for what is not this actor's to see.
 */
export type Handler<T extends Operation> = (call: ApiCall<T>, parts: ApiParts) => Promise<AnswerOf<T> | Response>;

/** A handler for every operation. */
export type Handlers = { readonly [N in OperationName]: Handler<Operations[N]> };
