// Shapes that several tables of operations share: ids, times, faults. Used by api/ alone.
import { z } from 'zod';

/** Random id of ours. */
export const Id = z.string().min(1).max(80);
/** Milliseconds since the epoch, UTC. */
export const Time = z.number().int();
/** BCP 47 tag. */
export const LanguageTag = z.string().min(2).max(35);
export const IdParams = z.object({ id: Id });

/** Body of every fault. `code` is one of domain/errors.ts; `permission` names what is missing (403); `takenBy` who has the case (409). */
export const ApiFault = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    permission: z.string().optional(),
    takenBy: z.string().optional(),
  }),
});
export type ApiFault = z.output<typeof ApiFault>;
