// Handler of the audit log's viewer. Entries hold ids and codes; who is who, the console looks up.
import { auditHead, listAudit, verifyAudit } from '../../store/audit.ts';
import type { ApiParts, Handlers } from './handler.ts';

const PAGE = 100;
/** The whole chain is followed at most once in so many ms; the command `audit verify` always does. */
const VERIFIED_MS = 60_000;

export const auditHandlers: Pick<Handlers, 'listAudit'> = {
  async listAudit({ query }, parts) {
    const [entries, head, intact] = await Promise.all([
      parts.store.read((reader) => listAudit(reader, { ...query, limit: PAGE })),
      parts.store.read(auditHead),
      isIntact(parts),
    ]);
    return { entries, head: `${head.seq} ${head.hash}`, intact: intact && head.sound };
  },
};

const verified = new WeakMap<object, { until: number; intact: Promise<boolean> }>();

function isIntact({ store, services }: ApiParts): Promise<boolean> {
  const known = verified.get(services);
  if (known && performance.now() < known.until) return known.intact;
  const intact = store.read(verifyAudit).then((verdict) => verdict.intact);
  verified.set(services, { until: performance.now() + VERIFIED_MS, intact });
  intact.catch(() => verified.delete(services));
  return intact;
}
