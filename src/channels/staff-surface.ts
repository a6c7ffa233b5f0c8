// The contract of a staff surface: where caseworkers hear of cases and act on them, such as Slack. No person is reached by it.
// Opened by app.ts, told of cases by runtime/staff.ts. Knows nothing of flows or the store: what staff do goes to the handlers.
import type { Priority } from '../domain/conversation.ts';
import type { ChannelContext, ChannelModule, OpenChannel } from './channel.ts';

/** What staff may see of a case. Of a private one they see that there is one, and nothing else. */
export interface CaseNotice {
  caseId: string;
  /** A random name for the contact; never a number, a name, or anything derived from one. */
  alias: string;
  private: boolean;
  priority: Priority;
  topic: string | null;
  /** BCP 47 tag. */
  language: string | null;
  /** Channel that the person writes on. */
  channel: string;
  reason: string;
  /** The person asked to be written to first. */
  callback: boolean;
  /** The flow's answers and last question, in the person's words. */
  summary: string | null;
  openedAt: number;
  /** Where the case can be opened; null where there is no console. */
  link: string | null;
}

/** Who has the case. `by` is a staff id as the surface gave it, or a name from elsewhere. */
export type CaseState = { status: 'waiting' } | { status: 'claimed'; by: string } | { status: 'closed'; by: string | null };

/** A later message in a case, or something that happened to it, for its thread. `id` is stable, so that a repeated post can be recognised. */
export interface CaseMessage {
  id: string;
  /** `note`: private, of staff. `event`: the case changed hands or the like; it has no text. */
  from: 'person' | 'service' | 'staff' | 'note' | 'event';
  /** Who wrote or did it, as `CaseState.by`; absent for the person and the program. */
  by?: string | null;
  text: string;
  /** What happened, and to whom or what it led. */
  event?: { kind: string; to: string | null };
  /** Until when any text reaches the person (ms), where their channel has such an end. */
  windowEndsAt?: number | null;
}

/**
 * What became of something that staff asked for; `reason` is a sentence for them, `takenBy` the colleague who has the case.
 * `code` `window`: the channel takes no text just now, but there are other ways. `cancelled`: this message waited to be
 * sent and was taken back; only under another id can its words still go out.
 */
export type StaffOutcome = { ok: true } | { ok: false; reason: string; takenBy?: string; code?: string };

/** Ways to write beside sending at once. */
export type OtherWay = { how: 'template'; template: string } | { how: 'sms' } | { how: 'when_they_write' };

/** What can be chosen for a case: to whom it may go, and how its person can be written to. */
export interface CaseChoices {
  colleagues: { id: string; alias: string; onShift: boolean; load: number }[];
  desks: { id: string; name: string }[];
  /** End of the time in which any text is taken (ms), null where there is none, and whether it is open. */
  windowEndsAt: number | null;
  open: boolean;
  templates: { id: string; text: string }[];
  smsAgreed: boolean;
}

/** A case in somebody's list: no words of the person. Of a private one nothing but that it is there. */
export interface BoardCase {
  caseId: string;
  alias: string;
  private: boolean;
  priority: Priority;
  topic: string | null;
  language: string | null;
  /** Since when the person waits for people, ms. */
  waitingSince: number;
  link: string | null;
}

/** What somebody of the staff sees of the desk at a glance. */
export interface Board {
  mine: BoardCase[];
  /** Of the queue, most urgent and longest waiting first; not more than fit on a page. */
  waiting: BoardCase[];
  counts: { waiting: number; tickets: number; claimed: number; private: number };
  languages: { language: string; count: number }[];
  /** Since when the one who waits longest waits; null when nobody does. */
  oldestSince: number | null;
  /** On duty or not, and until when; null for somebody without an account, who has no shifts. */
  duty: { on: boolean; until: number | null } | null;
}

/** Asked right before a post leaves, which may be long after it was queued: false drops it. */
export type StillWanted = () => Promise<boolean>;

/** What staff can do. `staff` is an id such as `slack:U0123`: stable, and meaningless outside the surface. */
export interface StaffHandlers {
  /** The case of a thread; null when it is no case's thread. */
  caseOfThread(threadRef: string): Promise<{ caseId: string; private: boolean } | null>;
  claim(caseId: string, staff: string): Promise<StaffOutcome>;
  release(caseId: string, staff: string): Promise<StaffOutcome>;
  transfer(caseId: string, staff: string, to: { staffId: string } | { deskId: string }, note?: string): Promise<StaffOutcome>;
  close(caseId: string, staff: string, outcome?: string): Promise<StaffOutcome>;
  /** Sends a text to the person. `messageId` names the staff message it was taken from: the same one must never go out twice. */
  sendToPerson(caseId: string, text: string, staff: string, messageId: string, way?: OtherWay): Promise<StaffOutcome>;
  /** Keeps a thread message as a private note of the case. `mentions`: staff who are meant in particular. */
  note(caseId: string, text: string, staff: string, messageId: string, mentions: string[]): Promise<StaffOutcome>;
  /** What can be chosen for a case. */
  choices(caseId: string, staff: string): Promise<CaseChoices | Extract<StaffOutcome, { ok: false }>>;
  /** The desk at a glance. */
  board(staff: string): Promise<Board | Extract<StaffOutcome, { ok: false }>>;
  /** Puts somebody on or off duty for the rest of their day. */
  setDuty(staff: string, on: boolean): Promise<StaffOutcome>;
  /** Whether an event or a press comes for the first time, on whichever node and however long ago it came before. */
  isNew(id: string): Promise<boolean>;
  /** Notes that somebody looks at the home page; who has done so lately. */
  homeOpened(staff: string): Promise<void>;
  homes(): Promise<string[]>;
}

/**
 * A surface. Posts wait their turn and are repeated while the surface's provider is down, so a promise may take long;
 * none ever rejects. After a restart the caller asks again for what has not been resolved.
 */
export interface StaffSurface {
  readonly name: string;
  /** Private cases can be read and answered there. Where they cannot, staff see only that there is one. */
  readonly answersPrivate: boolean;
  /** Only people with an account of the staff may do anything there. */
  readonly membersOnly: boolean;
  /** Whether somebody without an account may act there: they are among those who see the desk's cases. */
  admits(staff: string): Promise<StaffOutcome>;
  /** Says who answers to what staff do. Until then they are told to try again. */
  connect(handlers: StaffHandlers): void;
  /** Opens a thread for a case that waits; its ref, or null when it was not posted. Asking twice opens one thread. */
  announce(notice: CaseNotice, wanted?: StillWanted): Promise<string | null>;
  /** Posts a message into a thread. True when it is there. Never for a private case. */
  relay(threadRef: string, message: CaseMessage, wanted?: StillWanted): Promise<boolean>;
  /** Shows who has the case now; buttons that mean nothing any more disappear. True when it is shown. */
  showState(threadRef: string, notice: CaseNotice, state: CaseState): Promise<boolean>;
  /** Writes a sentence of the program's own for staff into a thread. */
  note(threadRef: string, text: string): void;
  /** The desk has changed: pages that show it are made anew, now or soon. */
  refresh(): void;
  /** Tells all staff a sentence of the program's own, outside any thread. */
  alert(text: string): void;
  /** Removes our posts of a thread. `left`: posts of staff that only they can remove. Null when it could not be done now. */
  eraseThread(threadRef: string): Promise<{ removed: number; left: number } | null>;
}

/** An open surface: mounted like a channel, without any channel in it. */
export type OpenStaffSurface = OpenChannel & StaffSurface;

/** One staff surface: what it needs, and what it makes when it has it. */
export interface StaffSurfaceModule {
  readonly id: string;
  readonly title: string;
  /** Names of missing settings; empty when it can run. Throws AppError settings.invalid on a wrong value. */
  missingSettings(env: Record<string, string | undefined>): string[];
  /** As of a channel. */
  readonly settings?: ChannelModule['settings'];
  /** As of a channel. */
  check?: ChannelModule['check'];
  open(env: Record<string, string | undefined>, context: Pick<ChannelContext, 'now' | 'log' | 'count'>): Promise<OpenStaffSurface>;
}
