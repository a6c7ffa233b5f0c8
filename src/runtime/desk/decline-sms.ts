// Somebody wants no SMS: they said STOP there, or their provider says that they did. From now on none goes out in place of WhatsApp.
// Called by line-fate.ts and apply/apply.ts; reach.ts asks for the newest consent.
import { recordConsent } from '../../store/consents.ts';
import type { Conversation } from '../../store/records.ts';
import type { Tx } from '../../store/store.ts';
import { newId } from '../../util/ids.ts';
import type { Services } from '../services.ts';
import { SMS_PURPOSE } from './reach.ts';

/** Records that the person of a conversation does not agree to SMS. */
export function declineSms(tx: Tx, { contactId, language }: Conversation, { clock, releases }: Services): Promise<void> {
  const consent = { purpose: SMS_PURPOSE, given: false, textKey: 'system:stopped', release: releases.current().number, language };
  return recordConsent(tx, { id: newId(), contactId, ...consent, createdAt: clock() });
}
