// Settings: every one has a default or an error that names it.
import { describe, expect, it } from 'vitest';
import { parseSettings } from '../../src/runtime/settings.ts';

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
