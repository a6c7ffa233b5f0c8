// Counters and gauges for operators, in Prometheus' text format. Labels are channels, states and codes: never a person.
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { createGauges, type Gauges } from './gauges.ts';

export interface Metrics {
  registry: Registry;
  received: Counter<'channel' | 'result'>;
  refused: Counter<'channel' | 'reason'>;
  reconciled: Counter<'channel' | 'result'>;
  shed: Counter<'channel' | 'reason'>;
  turns: Counter<'channel' | 'result'>;
  turnSeconds: Histogram;
  sent: Counter<'channel' | 'result'>;
  segments: Counter<'channel'>;
  deliveries: Counter<'channel' | 'status'>;
  handoffs: Counter<'reason'>;
  suppressed: Counter<'channel' | 'reason'>;
  ceilingReached: Gauge<'channel'>;
  erasures: Counter<'result'>;
  purged: Counter<'kind'>;
  overdue: Gauge<'kind'>;
  deletionLagSeconds: Gauge<'kind'>;
  inboxDepth: Gauge;
  outboxFull: Gauge<'channel'>;
  outboxAgeSeconds: Gauge;
  gauges: Gauges;
}

/** One set of metrics for one service; nothing is global, so that tests can run several services in one process. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'ventanilla_' });
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]): Counter<Label> =>
    new Counter({ name: `ventanilla_${name}`, help, labelNames, registers: [registry] });
  return {
    registry,
    gauges: createGauges(registry),
    received: counter('messages_received_total', 'Inbound messages by result: new or duplicate.', ['channel', 'result']),
    refused: counter('requests_refused_total', 'Requests that were refused, by reason.', ['channel', 'reason']),
    reconciled: counter(
      'messages_reconciled_total',
      "Inbound messages found in a provider's list that never reached us, by what became of them.",
      ['channel', 'result'],
    ),
    shed: counter('messages_shed_total', 'Inbound messages refused with 503 before anything was written, by the limit that was reached.', [
      'channel',
      'reason',
    ]),
    turns: counter('turns_total', 'Turns by result: done, retried, dead, fault, or passed_over in a flood of one person.', [
      'channel',
      'result',
    ]),
    turnSeconds: new Histogram({
      name: 'ventanilla_answer_seconds',
      help: 'From the acknowledgement to the stored answer.',
      buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30],
      registers: [registry],
    }),
    sent: counter('messages_sent_total', 'Send attempts by result.', ['channel', 'result']),
    segments: counter('segments_sent_total', 'Billed units sent: SMS segments, else messages.', ['channel']),
    deliveries: counter('delivery_updates_total', 'Delivery states reported by providers.', ['channel', 'status']),
    handoffs: counter('handoffs_total', 'Requests for a person by reason.', ['reason']),
    suppressed: counter('messages_suppressed_total', 'Outbound messages held back: loop, daily limit, spending ceiling.', [
      'channel',
      'reason',
    ]),
    ceilingReached: new Gauge({
      name: 'ventanilla_spending_ceiling_reached',
      help: "1 while the channel's daily ceiling holds back everything but emergency texts and what staff send.",
      labelNames: ['channel'],
      registers: [registry],
    }),
    erasures: counter('erasures_total', 'Erasures of contacts and of copies at providers, by result.', ['result']),
    purged: counter('purged_total', 'Records removed at the end of their retention.', ['kind']),
    overdue: new Gauge({
      name: 'ventanilla_overdue_records',
      help: 'Records that are kept longer than their retention after the purge: 0 when deletions are on time.',
      labelNames: ['kind'],
      registers: [registry],
    }),
    deletionLagSeconds: new Gauge({
      name: 'ventanilla_deletion_lag_seconds',
      help: 'How late the purge found the oldest record whose retention was over.',
      labelNames: ['kind'],
      registers: [registry],
    }),
    inboxDepth: new Gauge({ name: 'ventanilla_inbox_depth', help: 'Messages acknowledged and not yet answered.', registers: [registry] }),
    outboxFull: new Gauge({
      name: 'ventanilla_outbox_full',
      help: '1 while so many lines of the channel wait that its ordinary messages are not answered.',
      labelNames: ['channel'],
      registers: [registry],
    }),
    outboxAgeSeconds: new Gauge({
      name: 'ventanilla_outbox_age_seconds',
      help: 'Age of the oldest line that is due and not sent.',
      registers: [registry],
    }),
  };
}
