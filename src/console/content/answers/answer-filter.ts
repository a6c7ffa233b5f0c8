// Which answers a list shows, and in what order: what is overdue first. Used by the list of answers. Pure.
import type { ListFilter } from '../listing/use-list-filter.ts';
import type { Answer } from '../../../domain/content.ts';
import { isOverdue } from '../../../release/local-answer.ts';
import { contains, EVERYWHERE } from '../../../release/locality-tree.ts';
import { addDays } from '../../../util/local-time.ts';

export const ANSWER_STATES = ['overdue', 'soon', 'unreviewed', 'changed'] as const;
export type AnswerState = (typeof ANSWER_STATES)[number];

/** So many days before, an answer counts as due soon. */
export const SOON_DAYS = 30;

/** A topic may be an area; a place counts with what lies in it, `*` for what holds everywhere; empty for all. */
export type AnswerFilter = ListFilter<AnswerState>;

export interface AnswerLine {
  answer: Answer;
  title: string;
  text: string;
  /** By the draft that is looked at. */
  changed: boolean;
}

export function filterAnswers<T extends AnswerLine>(lines: readonly T[], filter: AnswerFilter, today: string): T[] {
  const words = filter.words.trim().toLocaleLowerCase();
  return lines
    .filter(({ answer }) => filter.topic === '' || answer.topic === filter.topic || answer.topic.startsWith(`${filter.topic}.`))
    .filter(({ answer }) => isIn(answer.locality, filter.locality))
    .filter((line) => filter.state === '' || isInState(line, filter.state, today))
    .filter(({ answer, title, text }) => words === '' || `${answer.id}\n${title}\n${text}`.toLocaleLowerCase().includes(words))
    .sort((a, b) => Number(isOverdue(b.answer, today)) - Number(isOverdue(a.answer, today)));
}

/** Past its day, or nearly. */
export function isDueSoon(answer: Answer, today: string): boolean {
  return !isOverdue(answer, today) && answer.review_by <= addDays(today, SOON_DAYS);
}

function isIn(locality: string, wanted: string): boolean {
  if (wanted === '') return true;
  return wanted === EVERYWHERE ? locality === EVERYWHERE : contains(wanted, locality);
}

function isInState({ answer, changed }: AnswerLine, state: AnswerState, today: string): boolean {
  switch (state) {
    case 'overdue':
      return isOverdue(answer, today);
    case 'soon':
      return isDueSoon(answer, today);
    case 'unreviewed':
      return answer.reviewed_by === null;
    case 'changed':
      return changed;
  }
}
