// Settings: every one has a default or an error that names it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseSettings, readEnvironment } from '../../src/runtime/settings.ts';

describe('settings', () => {
  it('needs none', () => {
    expect(parseSettings({}, '/srv/app')).toMatchObject({
      port: 8080,
      host: '127.0.0.1',
      databaseUrl: 'sqlite:/srv/app/data/ventanilla.db',
      keyDatabaseUrl: 'sqlite:/srv/app/data/keys.db',
      secretKeyFile: '/srv/app/data/secret.key',
      role: 'all',
    });
  });
  it.each([
    ['PORT', 'eighty'],
    ['PUBLIC_URL', 'hotline'],
    ['DATABASE_URL', 'mysql://x'],
    ['LOG_LEVEL', 'loud'],
    ['NODE_ROLE', 'boss'],
  ])('names %s when it is wrong', (name, value) => {
    expect(() => parseSettings({ [name]: value }, '/srv/app')).toThrow(new RegExp(`setting ${name} is wrong`));
  });
  it('wants keys elsewhere with PostgreSQL', () => {
    expect(() => parseSettings({ DATABASE_URL: 'postgres://db/x' }, '/srv/app')).toThrow(/SECRET_KEY_FILE is required/);
    expect(() => parseSettings({ DATABASE_URL: 'postgres://db/x', SECRET_KEY_FILE: '/k' }, '/srv/app')).toThrow(
      /KEY_DATABASE_URL is required/,
    );
  });
});

describe('secrets in files', () => {
  it('are read where a setting with _FILE names them, and never twice', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-settings-'));
    const file = path.join(folder, 'token');
    writeFileSync(file, 'of-the-tests\n');
    const from = (environment: Record<string, string>) => readEnvironment(folder, environment);
    expect(from({ TWILIO_AUTH_TOKEN_FILE: file })).toMatchObject({ TWILIO_AUTH_TOKEN: 'of-the-tests' });
    expect(from({ TWILIO_AUTH_TOKEN_FILE: '' })).toEqual({});
    expect(() => from({ TWILIO_AUTH_TOKEN_FILE: path.join(folder, 'other') })).toThrow(/TWILIO_AUTH_TOKEN_FILE .* cannot be read/);
    expect(() => from({ TWILIO_AUTH_TOKEN_FILE: file, TWILIO_AUTH_TOKEN: 'x' })).toThrow(/not both/);
    rmSync(folder, { recursive: true, force: true });
  });
});
