// The state of the desk for one turn: whether people are there, when next, and the person's place in the line.
// Called by turn.ts, only when the engine asks for it: most turns do not.
import { asLocal, type Opening } from '../../desk/opening.ts';
import type { DeskState } from '../../engine/env.ts';
import type { Session } from '../../domain/session.ts';
import type { CaseRecord } from '../../store/records.ts';
import { placeInLine } from '../../store/waits.ts';
import type { Tx } from '../../store/store.ts';
import type { Services } from '../services.ts';
import { deskFor, loadRoster, openingOf } from './roster.ts';
import { waitMinutes } from './waiting-time.ts';

/** Stands for the desk until it is known that it matters. */
export const UNREAD_DESK: DeskState = { staffed: false, open: false, minutesToAnswer: 0, opensAt: null, queued: false };

/** Reads the state of the desk that the person's case is at, or would come to. */
export async function readDeskState(tx: Tx, openCase: CaseRecord | null, session: Session | null, services: Services): Promise<DeskState> {
  const now = services.clock();
  const roster = await loadRoster(tx, services);
  const facts = { topic: session?.facts.topic ?? null, locality: session?.facts.locality ?? null };
  const need = openCase ?? { ...facts, deskId: null, private: false };
  const desk = deskFor(roster, need);
  const privately = openCase ? desk : deskFor(roster, { ...need, private: true });
  const tell = ({ staffed, open, opensAt }: Opening, zone: typeof desk) => ({
    staffed,
    open,
    opensAt: opensAt === null ? null : asLocal(opensAt, zone),
  });
  const opening = openingOf(roster, desk, openCase?.private ?? false, now);
  const waits = openCase?.status === 'waiting' && openCase.queuedAt !== null;
  return {
    ...tell(opening, desk),
    minutesToAnswer: desk.minutesToAnswer,
    privately: tell(openingOf(roster, privately, true, now), privately),
    queued: waits,
    line: waits ? { place: await placeInLine(tx, openCase), minutes: opening.open ? await waitMinutes(tx, openCase, now) : null } : null,
    ticket: openCase?.status === 'waiting' && openCase.queuedAt === null,
  };
}
