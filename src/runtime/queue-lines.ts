// Renders lines and queues them for sending: a message in the conversation's history, a line in the outbox, one count.
// Everything that this program ever says to a person goes through here.
import type { LineKind } from '../domain/conversation.ts';
import type { Address, OutboundMessage } from '../domain/message.ts';
import type { Line } from '../domain/text.ts';
import { fitMessages } from '../rendering/fit.ts';
import type { CompiledRelease } from '../release/compile.ts';
import { allOrNone } from '../store/all-or-none.ts';
import { toAside } from '../store/aside.ts';
import { countOutbound } from '../store/limits.ts';
import { addMessage } from '../store/messages.ts';
import { addLine } from '../store/outbox.ts';
import type { Conversation } from '../store/records.ts';
import type { Tx } from '../store/store.ts';
import { newId } from '../util/ids.ts';
import type { AfterCommit, Services } from './services.ts';

/** How lines are sent. `emergency` goes before everything else. */
export interface Manner {
  kind: LineKind;
  release: CompiledRelease;
  emergency?: boolean;
  /** Id of the first message, where a repeated request must be recognised. */
  id?: string;
  /** Of a complaint: no case shows it (store/aside.ts). */
  aside?: boolean;
  /** Another channel than the conversation's, and the address there. */
  channel?: string;
  to?: Address;
  /** The lines are an approved template's. */
  template?: NonNullable<OutboundMessage['template']>;
}

/** Queues lines in the conversation's language (else the hotline's default), under its current epoch. */
export async function queueLines(
  tx: Tx,
  conversation: Conversation,
  lines: Line[],
  manner: Manner,
  services: Services,
  after: AfterCommit,
): Promise<void> {
  const channel = services.channels.get(manner.channel ?? conversation.channel);
  if (!channel) return;
  const { release, kind, emergency = false, to, template } = manner;
  const language = conversation.language ?? release.settings.default_language;
  const { contactId } = conversation;
  const now = services.clock();
  let first = true;
  for (const message of fitMessages(lines, { texts: release.texts, language, channel: channel.name, capabilities: channel.capabilities })) {
    const fresh = first ? (manner.id ?? newId()) : newId();
    const id = manner.aside ? toAside(fresh) : fresh;
    first = false;
    const from = kind === 'staff' ? 'staff' : 'service';
    const stored = addMessage(tx, {
      id,
      conversation,
      from,
      kind,
      text: message.text,
      choices: message.layout === 'text' ? [] : message.choices,
      language,
      direction: message.direction,
      clientId: null,
      status: 'queued',
      createdAt: now,
    });
    const queued = addLine(tx, {
      id,
      conversationId: conversation.id,
      contactId,
      channel: channel.name,
      kind,
      epoch: conversation.epoch,
      message: template ? { ...message, template } : message,
      createdAt: now,
      emergency,
      retention: 'messages',
      ...(to ? { to } : {}),
    });
    const counted = countOutbound(tx, { contactId, channel: channel.name, segments: message.segments, now });
    await allOrNone([stored, queued, counted]);
    after.lines = true;
  }
}
