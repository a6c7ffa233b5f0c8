// A case as a line of the inbox, the same for everybody who may see it: of a private case not even its topic.
// Used by the handlers of cases and by the stream.
import type { z } from 'zod';
import type { CaseItem as CaseItemShape } from '../../api/case-operations.ts';
import { maySeeCase } from '../../desk/access.ts';
import { lacksLanguage, type Colleague } from '../../desk/routing.ts';
import type { Actor } from '../../domain/staff.ts';
import type { CaseLine } from '../../store/case-lines.ts';
import type { People } from './people.ts';

export type CaseItem = z.output<typeof CaseItemShape>;

/** Characters of a case's random id by which staff speak of it; the thread in Slack shows the same. */
const ALIAS_LENGTH = 6;

/** Lines of the store as lines of the inbox. */
export function toCaseItems(lines: readonly CaseLine[], people: People): CaseItem[] {
  return lines.map((line) => toCaseItem(line, people));
}

/** One of them. */
export function toCaseItem(line: CaseLine, people: People): CaseItem {
  const { id, status, ticket, priority, language, channel, deskId, assignee, genderWanted, callbackAt, openedAt } = line;
  return {
    id,
    alias: id.slice(0, ALIAS_LENGTH),
    status,
    ticket,
    priority,
    private: line.private,
    topic: line.private ? null : line.topic,
    language: line.spoken ?? language,
    channel,
    deskId,
    assignee: assignee === null ? null : { id: assignee, alias: people.alias(assignee) },
    genderWanted,
    interpreter: interpreterOf(line, people),
    callbackAt,
    openedAt,
    waitingSince: line.waitingSince,
    dueAt: line.dueAt,
    closedAt: line.closedAt,
    lastSequence: line.lastSequence,
    unanswered: line.unanswered,
    version: line.version,
  };
}

/** Whether somebody may see the line. */
export function maySeeLine(actor: Actor, line: Pick<CaseLine, 'deskId' | 'private' | 'assignee' | 'interpreters'>): boolean {
  return maySeeCase(actor, { ...line, interpreters: line.interpreters.map(({ staffId }) => staffId) });
}

function interpreterOf(line: CaseLine, { colleagues }: People): CaseItem['interpreter'] {
  if (line.status === 'closed') return null;
  if (line.interpreters.length > 0) return line.interpreters.some(({ joined }) => joined) ? 'joined' : 'invited';
  const { deskId, topic, locality, spoken, language, genderWanted, escalation } = line;
  const routed = {
    deskId,
    topic,
    locality,
    language: spoken ?? language,
    fallback: spoken === null ? null : language,
    private: line.private,
    genderWanted,
    escalation,
  };
  const assignee: Colleague | undefined = colleagues.find(({ member }) => member.id === line.assignee);
  // Who has the case answers in it, on shift or not; of somebody without an account nothing is known.
  if (line.status === 'claimed')
    return assignee && lacksLanguage([{ ...assignee, onShift: true }], { ...routed, deskId: assignee.member.deskIds[0] ?? null })
      ? 'needed'
      : null;
  return lacksLanguage(colleagues, routed) ? 'needed' : null;
}
