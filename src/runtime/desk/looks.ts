// Writes down in the audit log who looks at cases, from whichever surface. Called by http/api/cases.ts and runtime/staff.ts.
// A page that stays open on a screen is read again and again: of each person and thing that is one look a minute.
import type { Actor } from '../../domain/staff.ts';
import { appendAudit, type AuditDetail } from '../../store/audit.ts';
import type { Services } from '../services.ts';

const LOOK_MS = 60_000;
const MAX_REMEMBERED = 10_000;

export interface Look {
  /** `case.read`: one case with its words; `case.choices`: what can be done with one; `case.list`: many as lines. */
  action: 'case.read' | 'case.choices' | 'case.list';
  /** Case; null for many. */
  target: string | null;
  detail?: AuditDetail;
}

const looks = new WeakMap<object, Map<string, number>>();

/**
 * Writes a look down.
 * @param always also where the same look was written down less than a minute ago
 */
export async function noteLook(services: Pick<Services, 'store' | 'clock'>, actor: Actor, look: Look, always = false): Promise<void> {
  const ofService = looks.get(services) ?? new Map<string, number>();
  looks.set(services, ofService);
  const key = [actor.id, look.action, look.target ?? ''].join(' ');
  const last = ofService.get(key);
  if (!always && last !== undefined && performance.now() - last < LOOK_MS) return;
  if (ofService.size >= MAX_REMEMBERED) ofService.clear();
  ofService.set(key, performance.now());
  try {
    await services.store.transaction((tx) => appendAudit(tx, { at: services.clock(), actor: actor.id, ...look }));
  } catch (error) {
    ofService.delete(key);
    throw error;
  }
}
