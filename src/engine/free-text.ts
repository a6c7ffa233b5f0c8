// What is said freely and fits no question: another language, a keyword's flow, a search of the answers, or not understood.
// Called by engine.ts when no reply was recognised. Two misunderstandings in a row offer a person.
import { sayNoAnswer, searchAnswers } from './answers.ts';
import { offerPerson } from './dialogues/offer.ts';
import { offerSwitch } from './dialogues/offer-switch.ts';
import { askWhichAnswer } from './dialogues/pick-answer.ts';
import type { Understanding } from './env.ts';
import { clearlyOtherLanguage, countWords, surelyOtherLanguage } from './first-language.ts';
import { answerFreely } from './free-answer.ts';
import { offerPrivateLane } from './private-lane.ts';
import type { Turn } from './program.ts';
import { begin } from './start.ts';
import type { Then } from './then.ts';
import { currentStep, emit, isInEntryFlow, isUnbegun, say } from './turn.ts';
import { baseWait, closeDialogue } from './waits.ts';

/** Words from which on a text is searched for, and from which on it counts as a question that deserves an honest no. */
const SEARCH_WORDS = 2;
const QUESTION_WORDS = 3;
const MISSES_TO_OFFER = 2;

/** Meets a free text. Any dialogue that lay over the question is given up. */
export function hearFreeText(turn: Turn, text: string, heard: Understanding): Then {
  closeDialogue(turn);
  if (isInEntryFlow(turn) && surelyOtherLanguage(turn, text) !== null) return begin(turn, text);
  const other = clearlyOtherLanguage(turn, text);
  if (other !== null) {
    offerSwitch(turn, other, text);
    return { go: 'wait' };
  }
  if (heard.kind === 'keyword' && turn.program.flows.has(heard.flow)) {
    turn.session.misses = 0;
    return { go: 'goto', flow: heard.flow, back: true };
  }
  return search(turn, text) ?? misunderstood(turn, text);
}

/** The answer search; null when the text is too short or nothing is found. */
function search(turn: Turn, text: string): Then | null {
  const words = countWords(text);
  const asked = baseWait(turn.session);
  if (words === 0 || (asked !== null && words < SEARCH_WORDS)) return null;
  const found = searchAnswers(turn, text);
  if (found.kind === 'none') return null;
  turn.session.misses = 0;
  if (found.kind === 'answer') return answerFreely(turn, found.entry);
  askWhichAnswer(turn, found.entries);
  return { go: 'wait' };
}

function misunderstood(turn: Turn, text: string): Then {
  const { session } = turn;
  const found = baseWait(session) === null ? null : currentStep(turn);
  if (session.facts.private && !found) return offerPrivateLane(turn, session.facts.topic);
  if (!found && countWords(text) < QUESTION_WORDS && session.misses === 0) {
    session.misses = 1; // A greeting after something ended: the menu says more than "I did not understand".
    return { go: 'goto', flow: turn.program.menuFlow };
  }
  session.misses += 1;
  if (countWords(text) >= QUESTION_WORDS && !session.facts.private) emit(turn, { type: 'unanswered' });
  if (session.misses >= MISSES_TO_OFFER) {
    emit(turn, { type: 'log', fields: { outcome: 'not_understood' } });
    offerPerson(turn, { reason: 'misunderstood', text: 'system:misunderstood_person' });
    return { go: 'wait' };
  }
  const detour = found?.step.config.on_misunderstood;
  if (detour !== undefined) return { go: 'to', step: detour };
  const tryAgain = found?.step.type.question?.tryAgain?.(found.step) ?? null;
  if (tryAgain !== null && countWords(text) < QUESTION_WORDS * 2) {
    say(turn, tryAgain);
    return { go: 'repeat' };
  }
  if (countWords(text) >= QUESTION_WORDS && !session.facts.private) {
    sayNoAnswer(turn, session.facts.topic);
    offerPerson(turn, { reason: 'asked' });
    return { go: 'wait' };
  }
  say(turn, 'system:not_understood');
  return found || isUnbegun(session) ? { go: 'repeat' } : { go: 'goto', flow: turn.program.menuFlow };
}
