// A few words to somebody in their own language where the hotline does not offer it: that it does not, and where to turn in danger.
// Called at the beginning and in an emergency, before the same is said in a language that the hotline has.
import { say } from './turn.ts';
import type { Turn } from './program.ts';

/** From this chance on people are told that their language is not offered. */
const SURE = 0.9;
/** In danger a guess is better than nothing. */
const LIKELY = 0.7;

/** Says that the hotline does not write the language of the text, in that language. */
export function sayNotOffered(turn: Turn, text: string): void {
  sayElsewhere(turn, 'not_offered', text, SURE, '');
}

/** Says in the language of the text where to turn in danger. `number`: the signed one of the place. Never a fault. */
export function sayEmergencyElsewhere(turn: Turn, text: string, number: string | null): void {
  try {
    sayElsewhere(turn, 'emergency', text, LIKELY, number === null ? '' : ` ${number}`);
  } catch {
    // The emergency text depends on nothing that can fail.
  }
}

function sayElsewhere({ env, events }: Turn, name: 'not_offered' | 'emergency', text: string, least: number, ending: string): void {
  const { language, confidence } = env.guessLanguage(text);
  const words = language === null || confidence < least ? null : env.elsewhere(name, language);
  if (words !== null) say({ events }, { literal: `${words}${ending}` }, undefined, name === 'emergency' ? 'system' : 'flow');
}
