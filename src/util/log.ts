// Structured logs without people. Every line passes through here; only ids, codes and counts get out.
// Foreign error messages may quote a person's words or number, so they are dropped: name, code and stack frames stay.
import { pino, type DestinationStream, type Level } from 'pino';

/** What a log line may carry. */
export type LogFields = Record<string, unknown>;

export interface Log {
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}

const LONG_DIGITS = /\+?\d[\d\s().-]{5,}\d/g;
const EMAIL = /[^\s@]+@[^\s@]+\.[^\s@]+/g;

/** Masks what looks like a phone number or an e-mail address. A second line of defence, never the first. */
export function scrub(text: string): string {
  return text.replace(EMAIL, '[e-mail]').replace(LONG_DIGITS, '[number]');
}

/** An error as fields: name, code, stack frames and the chain of causes; the message only where it is one of ours. */
export function describeError(error: unknown): LogFields {
  if (!(error instanceof Error)) return { name: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  const own = error.name === 'AppError';
  return {
    name: error.name,
    ...('code' in error ? { code: String(error.code) } : {}),
    ...(own ? { message: scrub(error.message) } : {}),
    stack: frames.slice(0, 8).map((line) => line.trim()),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

function safe(fields: LogFields): LogFields {
  const out: LogFields = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value instanceof Error) out[name] = describeError(value);
    else if (typeof value === 'string') out[name] = scrub(value);
    else if (typeof value === 'number' || typeof value === 'boolean' || value === null) out[name] = value;
    else if (value !== undefined) out[name] = '[object]';
  }
  return out;
}

/**
 * Opens the log.
 * @param level lowest level that is written; `silent` writes nothing.
 * @param stream where lines go, one JSON object a line; standard error by default, so that what a command prints stays clean.
 */
export function openLog(level: Level | 'silent', stream?: DestinationStream): Log {
  const sink = stream ?? pino.destination({ fd: 2, sync: false });
  const logger = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } },
    sink,
  );
  return {
    info: (fields, message) => logger.info(safe(fields), message),
    warn: (fields, message) => logger.warn(safe(fields), message),
    error: (fields, message) => logger.error(safe(fields), message),
  };
}
