// Once an hour the head of the audit log goes into the service's log and metrics: outside the database, so that whoever cuts
// the log's end off there, with a head of then, is found out (`ventanilla audit verify --known`). Called by housekeeping.ts.
import { auditHead } from '../store/audit.ts';
import type { Services } from './services.ts';

const EVERY_MS = 3_600_000;

/** Makes the teller; call it as often as wanted. */
export function createAuditHeadTeller({ store, clock, log, metrics }: Services): () => Promise<void> {
  let toldAt = Number.NEGATIVE_INFINITY;
  let known = 0;
  return async () => {
    if (Math.abs(clock() - toldAt) < EVERY_MS) return;
    toldAt = clock();
    const { seq, hash, sound } = await store.read(auditHead);
    metrics.gauges.ordinary.audit_entries.set(seq);
    metrics.gauges.ordinary.audit_head_sound.set(sound ? 1 : 0);
    if (!sound || seq < known)
      log.error(
        { seq, hash: inGroups(hash), before: known },
        'The audit log is not as this program wrote it: run `ventanilla audit verify`.',
      );
    else log.info({ seq, hash: inGroups(hash) }, 'The audit log reaches to here.');
    known = Math.max(known, seq);
  };
}

/** Four characters at a time: the log masks longer runs of digits, for they might be somebody's number. */
function inGroups(hash: string): string {
  return hash.replaceAll(/.{4}(?=.)/g, '$&:');
}
