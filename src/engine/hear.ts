// A person's message, understood in the fixed order: emergency, command, dialogue, reply to the step, free text.
// Called by engine.ts; decides what is to happen next, and lets run.ts do it.
import type { Command } from '../domain/command.ts';
import type { Session } from '../domain/session.ts';
import { obey } from './commands.ts';
import type { Dialogue } from './dialogues/dialogue.ts';
import { DIALOGUES } from './dialogues/index.ts';
import { offerPerson } from './dialogues/offer.ts';
import { forgetIfOver, isIdle, meetReturn } from './dialogues/resume.ts';
import { askWhich } from './dialogues/which.ts';
import { meetEmergency } from './emergency.ts';
import type { Expectation, TurnInput, Understanding } from './env.ts';
import { guessForEmergency } from './first-language.ts';
import { hearFreeText } from './free-text.ts';
import { rememberStep } from './history.ts';
import type { CompiledStep, Turn, WaitData } from './program.ts';
import { partsOf, takeRest } from './several-replies.ts';
import { begin } from './start.ts';
import type { Then } from './then.ts';
import { currentStep, emit, isUnbegun, say } from './turn.ts';
import { baseWait, closeDialogue, dialogueOf } from './waits.ts';

type Message = Extract<TurnInput, { kind: 'message' }>;
const NOTHING: Expectation = { kind: 'none' };

/** What is to happen upon a message; null where it is not for the program to answer. */
export function hearMessage(turn: Turn, message: Message): Then | null {
  const dialogue = openedDialogue(turn);
  if (!dialogue?.lasting) forgetIfOver(turn);
  return hearWith(turn, message, openedDialogue(turn));
}

function hearWith(turn: Turn, message: Message, dialogue: Dialogue | null): Then | null {
  if (dialogue?.strict && wasWrittenBefore(turn, message)) {
    if (!turn.system) closeDialogue(turn);
    return hearWith(turn, message, null);
  }
  const heard = understand(turn, message, dialogue);
  if (dialogue?.strict && heard.kind !== 'reply' && !isRepeat(turn, heard)) closeDialogue(turn);
  if (heard.kind === 'emergency') return meetEmergency(turn, heard.emergency, message.text);
  if (heard.kind === 'command') {
    const obeyed = obeyCommand(turn, message, heard);
    if (obeyed !== null || turn.system) return obeyed;
  }
  if (turn.system) return dialogue?.anyOwner && heard.kind === 'reply' ? hearDialogue(turn, dialogue, heard) : null;
  return hearInFlow(turn, message, dialogue, heard);
}

function hearInFlow(turn: Turn, message: Message, dialogue: Dialogue | null, heard: Understanding): Then {
  const { session } = turn;
  if (dialogue?.lasting) {
    const then = heard.kind === 'reply' ? hearDialogue(turn, dialogue, heard) : null;
    if (then) return then;
    closeDialogue(turn);
    forgetIfOver(turn);
    return hearInFlow(turn, message, null, understand(turn, message, null));
  }
  if (isIdle(turn) && dialogue?.name !== 'resume') return meetReturn(turn, message.text);
  if (dialogue && heard.kind === 'reply' && session.wait !== null) {
    const then = hearDialogue(turn, dialogue, heard);
    if (then) return then;
  }
  if (isUnbegun(session)) return hearFirst(turn, message);
  if (dialogue) {
    closeDialogue(turn);
    return hearAtStep(turn, message, understand(turn, message, null));
  }
  return hearAtStep(turn, message, heard);
}

/** It was on its way when the question was asked, and was meant for something else. */
function wasWrittenBefore({ session }: Turn, { at }: Message): boolean {
  const askedAt = session.wait?.data?.['askedAt'];
  return at !== undefined && typeof askedAt === 'number' && at < askedAt;
}

/** The question is said again, and so is still the newest. */
function isRepeat({ system }: Turn, heard: Understanding): boolean {
  return !system && heard.kind === 'command' && heard.command === 'repeat';
}

/** The dialogue that is open and may go on under the present owner. */
function openedDialogue(turn: Turn): Dialogue | null {
  const name = dialogueOf(turn.session);
  const dialogue = name === null ? undefined : DIALOGUES.get(name);
  return dialogue && (!turn.system || dialogue.anyOwner) ? dialogue : null;
}

function hearDialogue(turn: Turn, dialogue: Dialogue, heard: Extract<Understanding, { kind: 'reply' }>): Then | null {
  const data = turn.session.wait?.data ?? {};
  const overlay = turn.session.wait;
  closeDialogue(turn);
  const then = dialogue.reply(turn, heard.value, data);
  if (then === null) turn.session.wait = overlay;
  else turn.session.misses = 0;
  return then;
}

/** Before anything has begun. A picture or voice note is told apart from words, and never kept. */
function hearFirst(turn: Turn, message: Message): Then {
  closeDialogue(turn);
  const wordless = message.text.trim() === '';
  const then = begin(turn, wordless ? null : message.text);
  if (message.media && turn.session.language !== null) say(turn, 'system:media_not_kept');
  return then;
}

function hearAtStep(turn: Turn, message: Message, heard: Understanding): Then {
  const found = baseWait(turn.session) === null ? null : currentStep(turn);
  if (found) {
    if (heard.kind === 'ambiguous') return askWhich(turn, heard.choices);
    const value = valueOf(turn, found.step, message, heard);
    const then = value === undefined ? hearFirstPart(turn, found.step, message, heard) : reply(turn, found.step, value);
    if (then) return then;
  }
  // A button of an earlier message: whoever asks for a person gets one, however late.
  if (message.payload === 'person') return obey(turn, 'person', undefined) ?? { go: 'repeat' };
  if (message.media) {
    if (message.text.trim() === '') {
      offerPerson(turn, { reason: 'media', text: 'system:handoff_media' });
      return { go: 'wait' };
    }
    say(turn, 'system:media_not_kept');
  }
  return hearFreeText(turn, message.text, heard);
}

/** The reply to the question when the message holds several: the others are kept for the questions that follow. */
function hearFirstPart(turn: Turn, step: CompiledStep, message: Message, heard: Understanding): Then | null {
  const [first, ...rest] = heard.kind === 'nothing' || heard.kind === 'keyword' ? partsOf(message.text) : [];
  if (first === undefined) return null;
  const then = hearPart(turn, step, first);
  if (then !== null) turn.rest = rest;
  return then;
}

/** A part of a message counts only where it clearly is a reply. */
function hearPart(turn: Turn, step: CompiledStep, text: string): Then | null {
  const part = understand(turn, { kind: 'message', text }, null);
  return part.kind === 'reply' && part.via !== 'near' ? reply(turn, step, part.value) : null;
}

/** The next of several replies in one message, to the question that was just asked; null when there is none. */
export function hearRest(turn: Turn): Then | null {
  return takeRest(turn, (text) => {
    const found = currentStep(turn);
    return found?.step.type.question ? hearPart(turn, found.step, text) : null;
  });
}

/** The reply's value: what came with the message where that was asked for, else what was understood. */
function valueOf(turn: Turn, step: CompiledStep, message: Message, heard: Understanding) {
  const kind = step.type.question?.expectation(turn, step, dataOf(turn.session)).kind;
  if (kind === 'media') return message.media ? true : heard.kind === 'reply' && heard.value !== true ? heard.value : undefined;
  if (kind === 'location' && message.location) return message.location;
  return heard.kind === 'reply' ? heard.value : undefined;
}

function reply(turn: Turn, step: CompiledStep, value: NonNullable<ReturnType<typeof valueOf>> | null): Then | null {
  const { session } = turn;
  const { stack, history } = session;
  rememberStep(turn);
  const then = step.type.question?.reply(turn, step, value, dataOf(session)) ?? null;
  if (then === null) session.stack = stack;
  if (then === null || then.go === 'wait') session.history = history;
  if (then !== null) session.misses = 0;
  return then;
}

function dataOf(session: Session): WaitData {
  return session.wait?.data ?? {};
}

/** Understands a message by what is waited for: the dialogue if one is open, else the step's question. */
function understand(turn: Turn, message: Message, dialogue: Dialogue | null): Understanding {
  const { env, session } = turn;
  const hear = (expecting: Expectation): Understanding => env.understand(wordsOf(message), expecting, session.language);
  if (dialogue) return hear(dialogue.expectation(turn, dataOf(session)));
  const found = baseWait(session) === null || turn.system ? null : currentStep(turn);
  const question = found?.step.type.question;
  if (!found || !question) return hear(NOTHING);
  const expecting = question.expectation(turn, found.step, dataOf(session));
  const extra = question.extraChoices?.(found.step) ?? null;
  if (extra && expecting.kind === 'text') {
    const skipped = hear(extra);
    if (skipped.kind === 'reply') return skipped;
  }
  const heard = hear(expecting);
  if (!extra || heard.kind === 'reply' || heard.kind === 'emergency' || heard.kind === 'command' || heard.kind === 'ambiguous')
    return heard;
  const skipped = hear(extra);
  return skipped.kind === 'reply' ? skipped : heard;
}

function wordsOf({ text, payload }: Message): { text: string; payload?: string } {
  return payload === undefined ? { text } : { text, payload };
}

/** Commands that lead to the flows: for somebody unknown they begin the session. */
const FLOW_COMMANDS: readonly Command[] = ['start', 'menu', 'back', 'repeat'];

/** Obeys a command. As the very first message it is answered in the best language there is, without a list. */
function obeyCommand(turn: Turn, message: Message, heard: Extract<Understanding, { kind: 'command' }>): Then | null {
  const { session } = turn;
  if (session.language === null && !turn.system && FLOW_COMMANDS.includes(heard.command)) {
    const then = hearFirst(turn, message);
    session.pending = null;
    return then;
  }
  const obeyed = obey(turn, heard.command, heard.argument);
  if (obeyed !== null && session.language === null) knowLanguage(turn, message.text);
  return obeyed;
}

function knowLanguage(turn: Turn, text: string): void {
  const { session } = turn;
  const language = guessForEmergency(turn, text);
  if (language === null) return;
  session.language = language;
  emit(turn, { type: 'language_set', language, chosen: false });
}
