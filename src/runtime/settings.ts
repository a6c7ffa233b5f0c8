// Settings of the service, from the environment and `.env`. Every one has a default or a clear error that names it.
// Channels read their own settings (see channels/*/); this file knows only what the service as a whole needs.
import path from 'node:path';
import type { InboxLimits } from './admission.ts';
import { z } from 'zod';
import { AppError } from '../domain/errors.ts';
import { readEnvFile } from './env-file.ts';
import { withSecretFiles } from './secret-settings.ts';
import type { Reconciliation } from './reconcile.ts';

export type Environment = Record<string, string | undefined>;

const Settings = z.object({
  PORT: z.coerce.number('must be a port number such as 8080').int().min(0).max(65_535).default(8080),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: z.url('must be a URL such as https://hotline.example.org').optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: z
    .string()
    .regex(/^(sqlite:.+|postgres(ql)?:\/\/.+)$/, 'must be sqlite:<path> or postgres://…')
    .optional(),
  KEY_DATABASE_URL: z
    .string()
    .regex(/^(sqlite:.+|postgres(ql)?:\/\/.+)$/, 'must be sqlite:<path> or postgres://…')
    .optional(),
  SECRET_KEY_FILE: z.string().min(1).optional(),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'must be one of trace, debug, info, warn, error, fatal, silent')
    .default('info'),
  METRICS_TOKEN: z.string().min(16, 'must have at least 16 random characters, or be left out').optional(),
  RECONCILE_MINUTES: z.coerce.number('must be a number of minutes, or 0 for never').min(0).max(1440).default(5),
  RECONCILE_HOURS: z.coerce.number('must be a number of hours').min(1).max(720).default(72),
  INBOX_LIMIT: z.coerce.number('must be a number of messages').int().min(20).default(10_000),
  INBOX_LIMIT_SECONDS: z.coerce.number('must be a number of seconds').min(1).default(60),
  OUTBOX_LIMIT: z.coerce.number('must be a number of messages').int().min(1).default(10_000),
  NODE_ROLE: z.enum(['all', 'web', 'worker'], 'must be all, web or worker').default('all'),
});

/** Names of all settings of the service as a whole. */
export const SERVICE_SETTINGS: readonly string[] = Object.keys(Settings.shape);

/** Settings with every default filled in. Paths are absolute. */
export interface ServiceSettings {
  port: number;
  host: string;
  /** Without a trailing slash; null until the port is known, then `http://host:port`. */
  publicUrl: string | null;
  dataDir: string;
  databaseUrl: string;
  keyDatabaseUrl: string;
  secretKeyFile: string;
  logLevel: z.infer<typeof Settings>['LOG_LEVEL'];
  role: z.infer<typeof Settings>['NODE_ROLE'];
  /** What may wait for its answer before new messages are refused. */
  inboxLimits: InboxLimits;
  /** Lines of one channel that may wait for sending before its turns are held. */
  outboxLimit: number;
  /** How often providers are asked for messages that never reached us, and how far back at most; null for never. */
  reconciliation: Reconciliation | null;
  /** What opens /metrics from elsewhere; null: only near machines may read it (http/operators.ts). */
  metricsToken: string | null;
}

/**
 * The process environment over the `.env` file of a folder, secrets from files included. Empty values count as absent.
 * @throws AppError settings.invalid naming the line of `.env` that is no setting, or the secret that cannot be read.
 */
export function readEnvironment(folder: string, environment: Environment = process.env): Environment {
  const merged: Environment = withSecretFiles({ ...readEnvFile(path.join(folder, '.env')), ...environment });
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined && value !== ''));
}

/**
 * Parses the service's settings.
 * @throws AppError settings.invalid naming the setting and what it must be.
 */
export function parseSettings(environment: Environment, folder: string): ServiceSettings {
  const parsed = Settings.safeParse(environment);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new AppError(
      'settings.invalid',
      `The setting ${issue?.path.join('.')} is wrong: ${issue?.message}. Mend it in the environment or in .env.`,
    );
  }
  const env = parsed.data;
  const dataDir = path.resolve(folder, env.DATA_DIR);
  const databaseUrl = env.DATABASE_URL ?? `sqlite:${path.join(dataDir, 'ventanilla.db')}`;
  if (databaseUrl.startsWith('postgres')) {
    for (const name of ['SECRET_KEY_FILE', 'KEY_DATABASE_URL'] as const) {
      if (env[name] === undefined)
        throw new AppError('settings.invalid', `With PostgreSQL the setting ${name} is required: keys must not live beside the data.`);
    }
  }
  const besideDatabase = path.dirname(databaseUrl.startsWith('sqlite:') ? databaseUrl.slice('sqlite:'.length) : path.join(dataDir, 'x'));
  return {
    port: env.PORT,
    host: env.HOST,
    publicUrl: env.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    dataDir,
    databaseUrl,
    keyDatabaseUrl: env.KEY_DATABASE_URL ?? `sqlite:${path.join(besideDatabase, 'keys.db')}`,
    secretKeyFile: path.resolve(folder, env.SECRET_KEY_FILE ?? path.join(besideDatabase, 'secret.key')),
    logLevel: env.LOG_LEVEL,
    role: env.NODE_ROLE,
    outboxLimit: env.OUTBOX_LIMIT,
    inboxLimits: { messages: env.INBOX_LIMIT, seconds: env.INBOX_LIMIT_SECONDS },
    reconciliation:
      env.RECONCILE_MINUTES === 0 ? null : { everyMs: env.RECONCILE_MINUTES * 60_000, backMs: env.RECONCILE_HOURS * 3_600_000 },
    metricsToken: env.METRICS_TOKEN ?? null,
  };
}
