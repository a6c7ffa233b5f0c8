// What is measured from time to time rather than counted: queues, ages, room, clocks. Made by metrics.ts, set by measure.ts.
// On a node that does not measure (role web) they say NaN, which no alert is about.
import { Gauge, Histogram, type Registry } from 'prom-client';

const ORDINARY = [
  ['cases_waiting', 'Requests for a person that nobody has taken.'],
  ['cases_waiting_seconds', 'How long the first of them waits.'],
  ['provider_copies_to_erase', 'Copies at providers that are to be erased and are still there.'],
  ['provider_copies_overdue_seconds', 'How long the erasure of the first of them is due.'],
  ['erasures_unfinished', 'Erasures whose keys are not destroyed yet.'],
  ['erasures_unfinished_seconds', 'How long the first of them waits for it.'],
  ['purge_lag_seconds', 'By how much the oldest message has outlived its retention.'],
  ['last_purge_timestamp_seconds', 'When retention was last looked after.'],
  ['audit_entries', 'Number of the newest entry of the audit log, as its sealed head says; it never falls.'],
  ['audit_head_sound', '1 while the head of the audit log is as this program sealed it.'],
  ['last_backup_timestamp_seconds', 'When the last backup was made; 0 when none ever was.'],
  ['clock_skew_seconds', "By how much the database's clock is ahead of this node's."],
  ['database_bytes', 'Size of the main database.'],
  ['disk_free_bytes', "Room on the database's disk, where it is on this machine."],
] as const;

const LABELLED = [
  ['inbox_waiting', 'Messages acknowledged and not yet answered.', ['channel']],
  ['inbox_waiting_seconds', 'How long the first of them waits.', ['channel']],
  ['outbox_waiting', 'Lines that are not sent yet, by state: queued, sending or unknown.', ['channel', 'state']],
  ['outbox_waiting_seconds', 'How long the first of them waits.', ['channel', 'state']],
  ['segments_today', 'Billed units of today (UTC), on all nodes.', ['channel']],
  ['segments_ceiling', 'Billed units that a day may cost.', ['channel']],
  ['lease_held', '1 while some node holds the lease.', ['lease']],
] as const;

type OrdinaryName = (typeof ORDINARY)[number][0];
type LabelledName = (typeof LABELLED)[number][0];

export interface Gauges {
  ordinary: Record<OrdinaryName, Gauge>;
  labelled: Record<LabelledName, Gauge<string>>;
  /** Duration of transactions until they are on disk. */
  commitSeconds: Histogram;
  /** Messages that shared an acknowledging commit. */
  batchSize: Histogram;
}

/** Makes them all. */
export function createGauges(registry: Registry): Gauges {
  const registers = [registry];
  const ordinary = Object.fromEntries(
    ORDINARY.map(([name, help]) => {
      const gauge = new Gauge({ name: `ventanilla_${name}`, help, registers });
      gauge.set(Number.NaN);
      return [name, gauge];
    }),
  ) as Record<OrdinaryName, Gauge>;
  const labelled = Object.fromEntries(
    LABELLED.map(([name, help, labelNames]) => [
      name,
      new Gauge({ name: `ventanilla_${name}`, help, labelNames: [...labelNames], registers }),
    ]),
  ) as Record<LabelledName, Gauge<string>>;
  return {
    ordinary,
    labelled,
    commitSeconds: new Histogram({
      name: 'ventanilla_commit_seconds',
      help: 'From the begin of a transaction until it is on disk, waiting for its commit included.',
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
      registers,
    }),
    batchSize: new Histogram({
      name: 'ventanilla_received_batch_size',
      help: 'Messages that were acknowledged by the same commit.',
      buckets: [1, 2, 5, 10, 20, 50, 100, 200],
      registers,
    }),
  };
}
