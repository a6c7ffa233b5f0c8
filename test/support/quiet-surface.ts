// A staff surface without any provider, for tests of what staff do: it keeps what it was told, and lets a test act as staff.
import { Hono } from 'hono';
import type { CaseNotice, CaseState, OpenStaffSurface, StaffHandlers, StaffSurfaceModule } from '../../src/channels/staff-surface.ts';

export interface QuietSurface {
  module: StaffSurfaceModule;
  /** What staff can do, once the hotline is open. */
  handlers(): StaffHandlers;
  announced: CaseNotice[];
  relayed: { threadRef: string; text: string }[];
  states: CaseState[];
  notes: string[];
  alerts: string[];
}

/** Makes a surface for one hotline. */
export function createQuietSurface(answersPrivate = false): QuietSurface {
  let handlers: StaffHandlers | null = null;
  const quiet: QuietSurface = {
    module: null as never,
    handlers: () => handlers as StaffHandlers,
    announced: [],
    relayed: [],
    states: [],
    notes: [],
    alerts: [],
  };
  const surface: OpenStaffSurface = {
    name: 'quiet',
    answersPrivate,
    membersOnly: false,
    admits: () => Promise.resolve({ ok: true }),
    refresh: () => {},
    channels: [],
    routes: new Hono(),
    connect: (answering) => void (handlers = answering),
    announce(notice) {
      quiet.announced.push(notice);
      return Promise.resolve(`quiet:${notice.caseId}`);
    },
    relay(threadRef, { text }) {
      quiet.relayed.push({ threadRef, text });
      return Promise.resolve(true);
    },
    showState(_, __, state) {
      quiet.states.push(state);
      return Promise.resolve(true);
    },
    note: (_, text) => void quiet.notes.push(text),
    alert: (text) => void quiet.alerts.push(text),
    eraseThread: () => Promise.resolve({ removed: 0, left: 0 }),
  };
  quiet.module = { id: 'quiet', title: 'Quiet', missingSettings: () => [], open: () => Promise.resolve(surface) };
  return quiet;
}
