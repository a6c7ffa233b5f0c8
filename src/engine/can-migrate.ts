// Whether a session may leave the release that it is pinned to. The runtime asks before it picks the program for a turn.
import type { Session } from '../domain/session.ts';
import { isAtMenu } from './waits.ts';

/** True when the session stands at the menu, has not begun, or has nothing running. */
export function canMigrate(session: Session): boolean {
  return isAtMenu(session);
}
