// Which flows file complaints: what is said and answered there is for those who handle complaints, and for no case.
// Known by their steps, not by their names. Called by runtime/apply and by http/api for what a case shows.
import type { Frame } from '../domain/session.ts';
import type { Program } from './program.ts';

const filesComplaints = ({ flows }: Program, id: string): boolean => flows.get(id)?.steps.some(({ kind }) => kind === 'complaint') ?? false;

/** Whether a complaint is being made: such a flow runs, or one that it called. */
export const isComplaining = (program: Program, stack: readonly Frame[]): boolean => withoutComplaint(program, stack).length < stack.length;

/** The levels of a stack that are no part of a complaint. */
export function withoutComplaint(program: Program, stack: readonly Frame[]): readonly Frame[] {
  const first = stack.findIndex(({ flow }) => filesComplaints(program, flow));
  return first < 0 ? stack : stack.slice(0, first);
}

/** First-level codes of the topics that such flows are entered under. */
export function complaintTopics(program: Program): ReadonlySet<string> {
  const topics = [...program.flows.values()].filter(({ id }) => filesComplaints(program, id)).map(({ topic }) => topic?.split('.')[0]);
  return new Set(topics.filter((topic) => topic !== undefined));
}
