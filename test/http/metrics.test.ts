// Everything that dashboard and alerts ask for is measured by a running service, on both databases; no label names a person; and
// every alert says what to do.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { projectFolder } from '../../src/app.ts';
import { backupTo } from '../../src/store/backup.ts';
import { measure } from '../../src/runtime/measure.ts';
import { purge } from '../../src/runtime/housekeeping.ts';
import { openHotline, type TestHotline } from '../support/app.ts';
import { BACKENDS, makePlace, type Place } from '../support/places.ts';
import { badExpressions, metricsOf } from '../support/promql.ts';

interface Rule {
  alert: string;
  expr: string;
  annotations: { summary: string; action: string };
  labels: { severity: string };
}

const read = (name: string): string => readFileSync(path.join(projectFolder, 'src/operations', name), 'utf8');
const rules = (parse(read('alerts.yaml')) as { groups: { rules: Rule[] }[] }).groups.flatMap((group) => group.rules);
const dashboard = JSON.parse(read('grafana-dashboard.json')) as { panels: { title: string; targets: { expr: string }[] }[] };
const expressions = [...rules.map((rule) => rule.expr), ...dashboard.panels.flatMap((panel) => panel.targets.map((target) => target.expr))];

let hotline: TestHotline | null = null;
let place: Place | null = null;
afterEach(async () => {
  await hotline?.close();
  await place?.drop();
});

async function lines(app: TestHotline['app']): Promise<string[]> {
  return (await app.service.metrics.registry.metrics()).split('\n');
}

describe.each(BACKENDS)('the metrics on %s', (backend) => {
  it('hold everything that is asked of them, and nobody', async () => {
    place = await makePlace(backend);
    hotline = await openHotline({ place });
    const { app } = hotline;
    const person = hotline.person({ kind: 'phone', value: '+34655443322' });
    await person.send('hola, me llamo canario');
    await person.send('persona');
    await backupTo(app.store, path.join(place.folder, 'backup'), { now: hotline.now() });
    await purge(app.service.services);
    await measure(app.service.services);
    const text = await lines(app);
    const there = new Set(text.filter((line) => line.startsWith('# TYPE ')).map((line) => line.split(' ')[2] ?? ''));
    const wanted = new Set(expressions.flatMap(metricsOf).filter((name) => name.startsWith('ventanilla_')));
    expect(wanted.size).toBeGreaterThan(20);
    expect([...wanted].filter((name) => !there.has(name) && !there.has(name.replace(/_(bucket|sum|count)$/, '')))).toEqual([]);
    const values = text.filter((line) => !line.startsWith('#') && line !== '').join('\n');
    for (const secret of ['34655443322', '655443322', 'canario']) expect(values).not.toContain(secret);
    const value = (name: string): number =>
      Number(
        text
          .find((line) => line.startsWith(`ventanilla_${name} `) || line.startsWith(`ventanilla_${name}{`))
          ?.split(' ')
          .at(-1),
      );
    expect(value('messages_received_total')).toBe(2);
    expect(value('received_batch_size_count')).toBe(2);
    expect(value('commit_seconds_count')).toBeGreaterThan(2);
    expect(value('inbox_waiting')).toBe(0);
    expect(value('segments_today')).toBeGreaterThan(0);
    expect(value('last_backup_timestamp_seconds')).toBe(hotline.now() / 1000);
    expect(value('database_bytes')).toBeGreaterThan(10_000);
    if (backend === 'sqlite') expect(value('disk_free_bytes')).toBeGreaterThan(0);
  });
});

it('every expression is one that Prometheus can read', () => {
  expect(expressions.flatMap(badExpressions)).toEqual([]);
  expect(badExpressions('sum(rate(x_total[5m])')).toHaveLength(1);
  expect(badExpressions('summ(rate(x_total[5m]))')).toHaveLength(1);
  expect(badExpressions('rate(x_total)')).toHaveLength(1);
});

it('every alert says what happened and what to do, and has a name of its own', () => {
  for (const { alert, annotations, labels } of rules) {
    expect([alert, annotations.summary.length > 20, annotations.action.length > 20]).toEqual([alert, true, true]);
    expect(['page', 'ticket']).toContain(labels.severity);
  }
  expect(new Set(rules.map((rule) => rule.alert)).size).toBe(rules.length);
  for (const panel of dashboard.panels) expect(panel.targets.length).toBeGreaterThan(0);
});
