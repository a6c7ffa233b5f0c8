// The home page of the app in Slack and the answers of `/hotline`: the desk at a glance. Called by pages.ts; pure.
// No words of a person stand here, and of a private case nothing but that it is there.
import type { Board, BoardCase } from '../staff-surface.ts';
import { ACTIONS, button, context, plain, section } from './blocks.ts';
import { escapeText } from './text.ts';

/** Cases on the page: each is two blocks, and Slack takes 100. */
const MAX_LISTED = 20;
const MINUTE_MS = 60_000;

/** What one can write after the command. */
export const HELP = [
  '/hotline: my cases',
  '/hotline queue: who waits',
  '/hotline shift: whether I am on duty',
  '/hotline shift on, /hotline shift off: begin or end being on duty, whatever the plan says',
  '/hotline help: this list',
].join('\n');

/** The home page. */
export function homePage(board: Board, now: number): object {
  return {
    type: 'home',
    blocks: [
      { type: 'header', text: plain('The queue') },
      section(summary(board, now)),
      ...board.waiting.slice(0, MAX_LISTED).flatMap((one) => caseBlocks(one, now, true)),
      { type: 'divider' },
      { type: 'header', text: plain('My cases') },
      ...(board.mine.length === 0 ? [section('You have no case.')] : []),
      ...board.mine.slice(0, MAX_LISTED).flatMap((one) => caseBlocks(one, now, false)),
      ...(board.duty === null ? [] : [{ type: 'divider' }, section(dutySentence(board))]),
      context(
        `As of <!date^${Math.floor(now / 1000)}^{time}|${new Date(now).toISOString().slice(11, 16)} UTC>. Type /hotline help for commands.`,
      ),
    ],
  };
}

/** The page of somebody who may not see it. */
export function refusalPage(reason: string): object {
  return { type: 'home', blocks: [section(reason)] };
}

function caseBlocks(one: BoardCase, now: number, claimable: boolean): object[] {
  const elements = [
    ...(claimable && !one.private ? [button(ACTIONS.claim, 'Claim', one.caseId)] : []),
    ...(one.link === null ? [] : [button(ACTIONS.open, 'Open in the console', one.caseId, { url: one.link })]),
  ];
  return [section(caseLine(one, now)), ...(elements.length === 0 ? [] : [{ type: 'actions', elements }])];
}

/** One case in a line of words. */
export function caseLine(one: BoardCase, now: number): string {
  const waits = `waits ${duration(now - one.waitingSince)}`;
  if (one.private) return `Private case, ${waits}. It can be answered in the console only.`;
  const facts = [one.priority === 'normal' ? null : one.priority.toUpperCase(), one.topic, one.language].filter((fact) => fact !== null);
  return escapeText([one.alias, ...facts, waits].join(', '));
}

/** Counts, the oldest, the languages. */
export function summary({ counts, oldestSince, languages }: Board, now: number): string {
  const lines = [
    `${counts.waiting} wait, ${counts.tickets} tickets, ${counts.claimed} are with colleagues, ${counts.private} of them all are private.`,
    ...(oldestSince === null ? [] : [`Longest wait: ${duration(now - oldestSince)}.`]),
    ...(languages.length === 0 ? [] : [`Languages: ${languages.map(({ language, count }) => `${language} ${count}`).join(', ')}.`]),
  ];
  return escapeText(lines.join('\n'));
}

/** My cases, for the command. */
export function mineText({ mine }: Board, now: number): string {
  return mine.length === 0 ? 'You have no case.' : mine.map((one) => caseLine(one, now)).join('\n');
}

/** The queue, for the command. */
export function queueText(board: Board, now: number): string {
  return [summary(board, now), ...board.waiting.slice(0, MAX_LISTED).map((one) => caseLine(one, now))].join('\n');
}

/** Whether somebody is on duty. */
export function dutySentence({ duty }: Pick<Board, 'duty'>): string {
  if (duty === null) return 'Your Slack account is not linked to an account of the staff, so there are no shifts for it.';
  const until = duty.until === null ? '' : ` until ${new Date(duty.until).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return duty.on ? `You are on duty${until}.` : `You are off duty${until}.`;
}

function duration(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / MINUTE_MS));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days`;
}
