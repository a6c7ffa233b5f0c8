// Files that a page is made of: read once, kept with their compressed form, answered with their entity tag. Used by the routes of pages.
// Says nothing about who may load them from where; the routes do.
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Context } from 'hono';

interface StaticFile {
  modifiedMs: number;
  body: Buffer<ArrayBuffer>;
  gzipped: Buffer<ArrayBuffer> | null;
  etag: string;
}

export interface StaticFiles {
  /**
   * Answers a file.
   * @param age Cache-Control
   * @param missing what 404 says
   */
  serve(c: Context, file: string, type: string, age: string, missing: string): Promise<Response>;
}

const compress = promisify(gzip);

/** Keeps what was read; a file that changed on disk is read again. */
export function createStaticFiles(): StaticFiles {
  const files = new Map<string, StaticFile>();

  /** Null where there is none. */
  async function load(file: string, worthCompressing: boolean): Promise<StaticFile | null> {
    const modifiedMs = await stat(file).then(
      (found) => found.mtimeMs,
      () => null,
    );
    if (modifiedMs === null) return null;
    const known = files.get(file);
    if (known?.modifiedMs === modifiedMs) return known;
    const body = await readFile(file);
    const gzipped = worthCompressing ? await compress(body, { level: 9 }) : null;
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    const loaded: StaticFile = { modifiedMs, body, gzipped, etag };
    files.set(file, loaded);
    return loaded;
  }

  return {
    async serve(c, file, type, age, missing) {
      const found = await load(file, !type.startsWith('font/'));
      if (found === null) return c.text(missing, 404);
      const zipped = found.gzipped !== null && /\bgzip\b/.test(c.req.header('accept-encoding') ?? '');
      c.header('etag', found.etag);
      c.header('cache-control', age);
      if (found.gzipped !== null) c.header('vary', 'accept-encoding');
      if (c.req.header('if-none-match') === found.etag) return c.body(null, 304);
      c.header('content-type', type);
      if (zipped) c.header('content-encoding', 'gzip');
      return c.body(zipped && found.gzipped !== null ? found.gzipped : found.body);
    },
  };
}
