// Reads a content file as a plain value, without positions. Called by entries.ts and write-entries.ts; what cannot be read is reported
// by load-files.ts, here it is only missing.
import { parseDocument } from 'yaml';
import type { Json } from '../release/entry.ts';

const MAX_ALIASES = 20;

/** The file's value; undefined where it is not valid JSON or YAML, or holds what JSON cannot. */
export function parseValue(path: string, text: string): Json | undefined {
  try {
    const value: unknown = path.endsWith('.json') ? JSON.parse(text) : parseYamlValue(text);
    return isJson(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function parseYamlValue(text: string): unknown {
  const doc = parseDocument(text, { prettyErrors: false, logLevel: 'error' });
  return doc.errors.length + doc.warnings.length > 0 ? undefined : (doc.toJS({ maxAliasCount: MAX_ALIASES }) as unknown);
}

function isJson(value: unknown): value is Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  return typeof value === 'object' && Object.values(value).every(isJson);
}
