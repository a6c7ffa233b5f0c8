// Consents: which text a person agreed to or refused, in which release and language. Written by runtime/apply.
import { statement } from './statement.ts';
import type { Reader, Tx } from './tx.ts';

export interface Consent {
  id: string;
  contactId: string;
  purpose: string;
  given: boolean;
  /** Key of the text that was shown. */
  textKey: string;
  release: number;
  language: string | null;
  createdAt: number;
}

const insert = statement((db, p: Omit<Consent, 'given'> & { given: number }) =>
  db.insertInto('consents').values({
    id: p.id,
    contact_id: p.contactId,
    purpose: p.purpose,
    given: p.given,
    text_key: p.textKey,
    release: p.release,
    language: p.language,
    at: p.createdAt,
  }),
);

/** Records a consent or a refusal; the newest of a purpose counts. */
export async function recordConsent(tx: Tx, consent: Consent): Promise<void> {
  await insert.run(tx, { ...consent, given: consent.given ? 1 : 0 });
}

/** What a person said last to a purpose; null when they were never asked. */
export async function latestConsent(reader: Reader, contactId: string, purpose: string): Promise<boolean | null> {
  const row = await reader.db
    .selectFrom('consents')
    .select('given')
    .where('contact_id', '=', contactId)
    .where('purpose', '=', purpose)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? row.given === 1 : null;
}
