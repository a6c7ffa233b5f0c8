// compose.yaml and Dockerfile name what exists: services, ports, settings, files, secrets. No container engine is needed.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseSettings, readEnvironment } from '../src/runtime/settings.ts';

interface Service {
  build?: string;
  environment?: Record<string, string>;
  secrets?: string[];
  configs?: { source: string }[];
  volumes?: string[];
  networks?: string[];
  ports?: string[];
  profiles?: string[];
  depends_on?: Record<string, unknown> | string[];
  stop_grace_period?: string;
  healthcheck?: { test: string[] };
  deploy?: { resources: { limits: { cpus: string; memory: string } } };
}
interface Compose {
  services: Record<string, Service>;
  secrets: Record<string, { file: string }>;
  volumes: Record<string, unknown>;
  networks: Record<string, { internal?: boolean } | null>;
  configs: Record<string, { content: string }>;
}

const root = path.resolve(import.meta.dirname, '..');
const read = (name: string): string => readFileSync(path.join(root, name), 'utf8');
const compose = parse(read('compose.yaml'), { merge: true }) as Compose;
const { services } = compose;
const dockerfile = read('Dockerfile');
const nodes = ['node-1', 'node-2'];

describe('compose.yaml', () => {
  it('starts two nodes, two databases and one address; one node with SQLite only when it is asked for', () => {
    const usual = Object.keys(services).filter((name) => services[name]?.profiles === undefined);
    expect(usual.sort()).toEqual(['database', 'keys', 'node-1', 'node-2', 'proxy']);
    expect(services['single']?.profiles).toEqual(['single']);
  });

  it.each(Object.keys(services))('names nothing that is not there: %s', (name) => {
    const { secrets = [], configs = [], volumes = [], networks = [], depends_on = [] } = services[name] ?? {};
    for (const secret of secrets) expect(compose.secrets).toHaveProperty(secret);
    for (const { source } of configs) expect(compose.configs).toHaveProperty(source);
    for (const volume of volumes) expect(compose.volumes).toHaveProperty(volume.split(':')[0] ?? '');
    for (const network of networks) expect(compose.networks).toHaveProperty(network);
    for (const other of Array.isArray(depends_on) ? depends_on : Object.keys(depends_on)) expect(services).toHaveProperty(other);
  });

  it.each(Object.keys(services))('limits what it takes, and gives it time to end: %s', (name) => {
    const service = services[name];
    expect(service?.deploy?.resources.limits).toMatchObject({ cpus: expect.any(String), memory: expect.any(String) });
    if (service?.build) expect(Number.parseInt(service.stop_grace_period ?? '', 10)).toBeGreaterThan(10);
  });

  it.each(nodes)('gives settings that the service understands, with secrets from files: %s', (name) => {
    const { environment = {}, secrets = [] } = services[name] ?? {};
    const folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-deployment-'));
    try {
      const given: Record<string, string> = {};
      for (const [setting, value] of Object.entries(environment)) {
        const secret = /^\/run\/secrets\/(.+)$/.exec(value)?.[1];
        if (secret === undefined) given[setting] = value;
        else {
          expect(secrets).toContain(secret);
          const file = path.join(folder, secret);
          writeFileSync(
            file,
            setting === 'KEY_DATABASE_URL_FILE' ? 'postgres://u:p@keys/ventanilla\n' : 'postgres://u:p@database/ventanilla\n',
          );
          given[setting] = file;
        }
      }
      const settings = parseSettings(readEnvironment(folder, given), folder);
      expect(settings).toMatchObject({ port: 8080, host: '0.0.0.0', role: 'all' });
      for (const url of [settings.databaseUrl, settings.keyDatabaseUrl]) expect(services).toHaveProperty(new URL(url).hostname);
      expect(settings.secretKeyFile).toBe(path.join(folder, 'secret_key'));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('keeps keys on a server and in a volume of their own, and both databases out of reach', () => {
    expect(services['keys']?.volumes).not.toEqual(services['database']?.volumes);
    for (const name of ['database', 'keys']) {
      expect(services[name]?.networks).toEqual(['data']);
      expect(services[name]?.ports).toBeUndefined();
    }
    expect(compose.networks['data']?.internal).toBe(true);
  });

  it('has the proxy ask every node whether it is ready, on the port that the nodes have', () => {
    const content = compose.configs['proxy']?.content ?? '';
    expect(/reverse_proxy (.*) \{/.exec(content)?.[1]?.split(' ')).toEqual(nodes.map((name) => `${name}:8080`));
    expect(content).toContain('health_uri /readyz');
    expect(services['proxy']?.ports?.[0]).toMatch(/:8080$/);
  });

  it('keeps secrets where neither git nor the image takes them in', () => {
    for (const { file } of Object.values(compose.secrets)) expect(file).toMatch(/^\.\/data\//);
    expect(read('.gitignore').split('\n')).toContain('data/');
    expect(read('.dockerignore').split('\n')).toContain('data');
  });
});

describe('Dockerfile', () => {
  it('copies what is there', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap((match) => (match[1] ?? '').split(' '));
    expect(copied.length).toBeGreaterThan(5);
    const ignored = read('.dockerignore').split('\n');
    for (const name of copied) {
      expect(existsSync(path.join(root, name)), name).toBe(true);
      expect(ignored).not.toContain(name);
    }
    // Whatever the service reads at run time; dist comes from the build.
    for (const name of ['src', 'db', 'flows', 'locales', 'package.json']) expect(copied).toContain(name);
  });

  it('builds with the packages of this platform, and runs without them and without install scripts', () => {
    expect(dockerfile).toContain('npm ci --ignore-scripts --include=dev --include=optional');
    expect(dockerfile).toContain('npm prune --omit=dev --omit=optional --ignore-scripts');
  });

  it('starts the service as nobody in particular, on the port that it tells, and asks whether it is ready', () => {
    const command = JSON.parse(/^CMD (\[.+\])$/m.exec(dockerfile)?.[1] ?? '[]') as string[];
    expect(existsSync(path.join(root, command[1] ?? ''))).toBe(true);
    expect(dockerfile).toMatch(/^USER node$/m);
    const port = parseSettings({}, root).port;
    expect(dockerfile).toContain(`EXPOSE ${port}`);
    expect(dockerfile).toContain(`http://127.0.0.1:${port}/readyz`);
  });
});
