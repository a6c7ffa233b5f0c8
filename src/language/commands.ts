// Global commands: the whole normalised message is a command word, in any language of the hotline. Called by understand.ts.
// Never nearly and never inside a message: "ayuda" stands in most questions. A leading / or # and punctuation are allowed.
import { COMMANDS, type Command } from '../domain/command.ts';
import { byLanguage } from './by-language.ts';
import type { Message } from './message.ts';
import { normalise, wordsOf } from './normalise.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A command, with the complaint number that came with it. */
export interface CommandFound {
  command: Command;
  argument?: string;
}

/** Finds the command that a message is; null when it is none. */
export type CommandReader = (message: Message, language: string | null) => CommandFound | null;

/** A complaint number as complaint_received shows it: Q-482193; the dash may be missing, and digits of any script will do. */
const COMPLAINT_NUMBER = /^q ?(\d{4,8})$/;
const MOST_WORDS_AROUND = 5;

/** Builds the reader for all vocabularies. */
export function createCommandReader(vocabularies: Record<string, Vocabulary>): CommandReader {
  const commands = byLanguage(vocabularies, indexCommands);
  const around = new Set(Object.values(vocabularies).flatMap(wordsAroundNumber));
  return (message, language) => {
    const number = complaintNumberIn(message.words, around);
    if (number !== null) return { command: 'status', argument: number };
    if (message.normalised === '') return null;
    for (const known of commands.ordered(language)) {
      const command = known.get(message.normalised);
      if (command !== undefined) return { command };
    }
    return null;
  };
}

function indexCommands(vocabulary: Vocabulary): Map<string, Command> {
  const index = new Map<string, Command>();
  for (const command of COMMANDS) for (const phrase of vocabulary.commands[command]) index.set(normalise(phrase), command);
  return index;
}

/** Words that may stand around a complaint number: those of the status and complaint commands, and fillers. */
function wordsAroundNumber(vocabulary: Vocabulary): string[] {
  const phrases = [...vocabulary.commands.status, ...vocabulary.commands.complaint, ...vocabulary.fillers];
  return phrases.flatMap((phrase) => wordsOf(normalise(phrase)));
}

/** The number, when the message holds nothing but it and words around it: "queja Q-482193". */
function complaintNumberIn(words: string[], around: ReadonlySet<string>): string | null {
  const at = words.findIndex((word, index) => COMPLAINT_NUMBER.test(word === 'q' ? `q ${words[index + 1] ?? ''}` : word));
  if (at === -1) return null;
  const used = words[at] === 'q' ? 2 : 1;
  const others = words.filter((_, index) => index < at || index >= at + used);
  if (others.length > MOST_WORDS_AROUND || !others.every((word) => around.has(word))) return null;
  return `Q-${words
    .slice(at, at + used)
    .join('')
    .slice(1)}`;
}
