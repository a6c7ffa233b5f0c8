// A picture or voice note meets its turn: kept ones are for staff alone, and of what is not kept the person is told why.
// Called by apply.ts. What is kept was decided when the message came in (store/message-media.ts).
import type { InboundMessage } from '../../domain/message.ts';
import { endMedia } from '../../store/message-media.ts';
import type { Outcome } from './outcome.ts';

/** Tells the person, unless something else is said; drops what was kept for staff who have left the conversation meanwhile. */
export async function meetMedia({ tx, cause, conversation, events, now }: Outcome): Promise<void> {
  if (cause.kind !== 'inbound' || cause.message.media.length === 0) return;
  const { media } = cause.message;
  if (cause.route.to !== 'staff') {
    if (media.some(({ kept }) => kept !== undefined)) await endMedia(tx, conversation.id, now);
    return;
  }
  const key = reasonOf(media, conversation.keeping === 'session');
  if (key && !events.some((event) => event.type === 'say')) events.push({ type: 'say', kind: 'system', line: { text: { key } } });
}

/** The text that says why not all of them can be seen; null when they can. */
function reasonOf(media: InboundMessage['media'], keepsNothing: boolean): string | null {
  const lost = media.filter(({ kept }) => kept === undefined);
  if (lost.length === 0) return null;
  if (keepsNothing) return 'system:media_not_kept';
  const why = lost.find((one) => one.lost !== undefined)?.lost;
  // It came before a person was there.
  if (why === undefined) return 'system:media_send_again';
  return why === 'full' ? 'system:media_full' : 'system:media_refused';
}
