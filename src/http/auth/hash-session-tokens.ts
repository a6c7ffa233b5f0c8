// Stands between better-auth and its tables: a session's token is a hash in the database and clear only in the cookie.
// Whoever has the database, and even the secret of that day, has no session. Used by better-auth.ts alone.
import type { DBAdapter, Where } from '@better-auth/core/db/adapter';
import { hashSessionToken } from './cookie.ts';

const FIELD = 'token';

/** The same adapter, with tokens of sessions hashed on their way in and given back as they were asked for. */
export function hashSessionTokens(inner: DBAdapter): DBAdapter {
  const conceal = (model: string, where: Where[] | undefined): Where[] | undefined =>
    model === 'session' ? where?.map((part) => (part.field === FIELD ? { ...part, value: concealed(part.value) } : part)) : where;
  const hidden = <T extends { model: string; where: Where[] }>(query: T): T => ({ ...query, where: conceal(query.model, query.where) });
  const outer: DBAdapter = {
    ...inner,
    async create<T extends Record<string, unknown>, R = T>(given: {
      model: string;
      data: Omit<T, 'id'>;
      select?: string[];
      forceAllowId?: boolean;
    }): Promise<R> {
      const token = tokenIn(given.model, given.data);
      if (token === undefined) return inner.create<T, R>(given);
      const data = { ...given.data, [FIELD]: hashSessionToken(token) };
      return revealed(await inner.create<T, R>({ ...given, data }), token);
    },
    findOne: async <T>(query: Parameters<DBAdapter['findOne']>[0]) =>
      revealed(await inner.findOne<T>(hidden(query)), askedFor(query.model, query.where)),
    findMany: (query) => inner.findMany({ ...query, ...(query.where && { where: conceal(query.model, query.where) ?? [] }) }),
    count: (query) => inner.count({ ...query, ...(query.where && { where: conceal(query.model, query.where) ?? [] }) }),
    update: async <T>(query: Parameters<DBAdapter['update']>[0]) =>
      revealed(await inner.update<T>(hidden(query)), askedFor(query.model, query.where)),
    updateMany: (query) => inner.updateMany(hidden(query)),
    delete: (query) => inner.delete(hidden(query)),
    deleteMany: (query) => inner.deleteMany(hidden(query)),
    consumeOne: (query) => inner.consumeOne(hidden(query)),
    incrementOne: (query) => inner.incrementOne(hidden(query)),
    // Without transactions of its own the same adapter serves.
    transaction: (work) => work(outer),
  };
  return outer;
}

function concealed(value: Where['value']): Where['value'] {
  if (typeof value === 'string') return hashSessionToken(value);
  return Array.isArray(value) ? value.map((one) => (typeof one === 'string' ? hashSessionToken(one) : String(one))) : value;
}

function tokenIn(model: string, data: object): string | undefined {
  const token = model === 'session' && FIELD in data ? data[FIELD] : undefined;
  return typeof token === 'string' ? token : undefined;
}

function askedFor(model: string, where: readonly Where[]): string | undefined {
  const value = model === 'session' ? where.find(({ field }) => field === FIELD)?.value : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** A session that was found by its token is handed out with that token. */
function revealed<T>(found: T, token: string | undefined): T {
  return token !== undefined && typeof found === 'object' && found !== null && FIELD in found ? { ...found, [FIELD]: token } : found;
}
