// What of a turn belongs to a complaint and to no case: whoever has the case of a person may be the one they complain about.
// Called by apply.ts before anything is said, and by speak.ts.
import { isComplaining } from '../../engine/complaint-flows.ts';
import { setAside } from '../../store/messages.ts';
import type { Outcome } from './outcome.ts';

type Turn = Pick<Outcome, 'cause' | 'events' | 'before' | 'session' | 'release'>;

/** Whether the turn begins or ends in a complaint, files one, or tells of one. */
export function isOfComplaint(turn: Turn): boolean {
  const { cause, events } = turn;
  if (cause.kind === 'prompt') return cause.input.aside === true;
  const answered = events.find((event) => event.type === 'prompt_answered');
  if (answered) return answered.answer.name === 'satisfied';
  return events.some((event) => event.type === 'complaint_filed' || tellsOne(event)) || isWithinComplaint(turn);
}

/** STATUS, and REPEAT of what was said last. */
function tellsOne(event: Outcome['events'][number]): boolean {
  if (event.type !== 'say' || !('key' in event.line.text)) return false;
  const { key } = event.line.text;
  return key === 'system:complaint_received' || key.startsWith('system:complaint_state.');
}

/** Where people have the conversation, a complaint that was begun before rests: what is written then is for them. */
function isWithinComplaint({ cause, before, session, release: { program } }: Turn): boolean {
  if (cause.kind === 'inbound' && cause.route.to === 'staff') return false;
  return isComplaining(program, before?.stack ?? []) || isComplaining(program, session.stack);
}

/** Sets what the person wrote aside, and forgets what they asked freely: it would be told to whoever takes over. */
export async function keepAside(outcome: Outcome): Promise<void> {
  if (!isOfComplaint(outcome)) return;
  const { session, cause, tx, conversation } = outcome;
  outcome.session = { ...session, facts: { ...session.facts, question: null } };
  if (cause.kind === 'inbound' && cause.message.storedId !== undefined)
    await setAside(tx, conversation.id, cause.message.storedId, cause.skipped);
}
