// Consents: which text a person agreed to or refused, in which release and language. Written by runtime/apply.
import { statement } from './statement.ts';
import type { Tx } from './tx.ts';

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
