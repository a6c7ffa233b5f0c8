// The service as an operator meets it: ready, measured, refused with a sentence, and stopped in time.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp, projectFolder } from '../../src/app.ts';
import { freePort, startService, type ServiceProcess } from '../support/process.ts';

let folder: string;
let service: ServiceProcess;
let port: number;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-service-'));
  port = await freePort();
  service = await startService({ DATA_DIR: folder }, port);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a running service', () => {
  it('is alive, ready and measured', async () => {
    expect((await fetch(`${service.url}/livez`)).status).toBe(200);
    expect(await (await fetch(`${service.url}/readyz`)).json()).toEqual({
      database: true,
      migrations: true,
      disk: true,
      queue: true,
      accepting: true,
    });
    expect(await (await fetch(`${service.url}/metrics`)).text()).toContain('ventanilla_inbox_depth');
  });

  it('says where the web chat is, and what each channel that is off misses', async () => {
    await expect.poll(() => service.output()).toMatch(/no caseworker has an account/);
    expect(service.output()).toContain(`Web chat:  ${service.url}/`);
    expect(service.output()).toMatch(/Off: SMS and WhatsApp \(Twilio\) — set TWILIO_ACCOUNT_SID/);
  });

  it('protects its pages with headers', async () => {
    for (const place of ['/', '/readyz', '/widget.js', '/nothing-here']) {
      const { headers } = await fetch(service.url + place);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toMatch(/default-src 'none'/);
      expect(headers.get('referrer-policy')).toBe('no-referrer');
    }
  });

  it('answers an unknown address as JSON, without insides', async () => {
    const response = await fetch(`${service.url}/nothing-here`);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ error: { code: 'not_found', message: expect.any(String) as string } });
  });

  it('lets no second service onto its database, with a sentence', () => {
    const second = spawnSync(process.execPath, ['src/cli/main.ts', 'start'], {
      cwd: projectFolder,
      encoding: 'utf8',
      env: { ...process.env, DATA_DIR: folder, PORT: '0' },
    });
    expect(second.status).toBe(1);
    expect(second.stderr).toMatch(/serves this database/);
    expect(second.stderr).not.toMatch(/^\s+at /m);
  });

  it('ends within ten seconds of SIGTERM', async () => {
    const started = Date.now();
    await service.kill('SIGTERM');
    expect(Date.now() - started).toBeLessThan(10_000);
    expect(service.child.exitCode).toBe(0);
  });
});

describe('what keeps a service from starting', () => {
  it('is a mistake in a flow, told with file, line and column', async () => {
    const content = mkdtempSync(path.join(tmpdir(), 'ventanilla-broken-'));
    for (const part of ['flows', 'locales']) cpSync(path.join(projectFolder, part), path.join(content, part), { recursive: true });
    writeFileSync(path.join(content, 'flows', 'housing.yaml'), 'steps:\n  - sey: hello\n');
    const opening = openApp({ folder: content, environment: { DATA_DIR: path.join(content, 'data'), LOG_LEVEL: 'silent' } });
    await expect(opening).rejects.toThrow(/flows\/housing\.yaml:2:\d+ .*unknown step type "sey"/);
    rmSync(content, { recursive: true, force: true });
  });

  it('is a wrong setting, told by its name', () => {
    const run = spawnSync(process.execPath, ['src/cli/main.ts', 'start'], {
      cwd: projectFolder,
      encoding: 'utf8',
      env: { ...process.env, PORT: 'eighty' },
    });
    expect(run.status).toBe(1);
    expect(run.stderr).toMatch(/PORT/);
  });
});
