// Emergency words, in any language, at any step, under any owner: the emergency text is the very next line.
// What was asked before is still waiting afterwards; for violence and the like the session becomes private.
import type { EmergencyKind } from '../domain/command.ts';
import type { Choice, TextRef } from '../domain/text.ts';
import { languageForEmergency } from './first-language.ts';
import { sayEmergencyElsewhere } from './own-language.ts';
import { markPrivate } from './private-lane.ts';
import { emit, say } from './turn.ts';
import type { Turn } from './program.ts';
import { openDialogue } from './waits.ts';
import type { Then } from './then.ts';

/** Kinds of danger after which nothing is asked and a person is offered. */
const PRIVATE_KINDS: Partial<Record<EmergencyKind, string>> = {
  violence: 'SAF.VIO',
  self_harm: 'SAF.CRS',
  trafficking: 'SAF.TIP',
  child: 'CHI.ABU',
};

/** Choices under the emergency text. */
export const EMERGENCY_CHOICES: Choice[] = [
  { id: 'safe', label: { key: 'system:emergency.safe' } },
  { id: 'person', label: { key: 'system:emergency.person' } },
];

/** The emergency text: with the signed number of the place, or without one. */
export function emergencyText(turn: Turn, key: 'emergency' | 'limits'): TextRef {
  const number = signedNumber(turn);
  return number === null ? { key: `system:${key}_no_number` } : { key: `system:${key}`, params: { number } };
}

function signedNumber(turn: Turn): string | null {
  try {
    return turn.env.emergencyNumber(turn.session.facts.locality);
  } catch {
    return null; // The emergency text depends on nothing that can fail.
  }
}

/** Says the emergency text and waits for "safe" or "person", over whatever was asked. */
export function meetEmergency(turn: Turn, kind: EmergencyKind, text: string): Then {
  const { session } = turn;
  const before = session.language;
  session.language = languageForEmergency(turn, text);
  sayEmergencyElsewhere(turn, text, signedNumber(turn));
  say(turn, emergencyText(turn, 'emergency'), EMERGENCY_CHOICES, 'system');
  emit(turn, { type: 'emergency', kind });
  if (session.language !== null && session.language !== before)
    emit(turn, { type: 'language_set', language: session.language, chosen: false });
  const topic = PRIVATE_KINDS[kind];
  if (topic !== undefined) markPrivate(turn, topic);
  emit(turn, { type: 'log', fields: { outcome: 'emergency', sensitive: true } });
  session.misses = 0;
  openDialogue(turn, 'emergency', 'confirm', { private: topic !== undefined });
  return { go: 'done' };
}
