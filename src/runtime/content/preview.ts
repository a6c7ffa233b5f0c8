// Plays a conversation from its beginning for the preview of content: what would be said, what it would cost, what happens behind it;
// and tries a question on the answer search. Called by the content API. The engine is the real one (player.ts); nothing is sent or kept.
import type { z } from 'zod';
import type { contentOperations } from '../../api/content-operations.ts';
import type { AskView, PlayInput, PlayView, ProblemView } from '../../api/content-shapes.ts';
import type { Capabilities } from '../../domain/capabilities.ts';
import { choiceNumber } from '../../domain/choice-number.ts';
import type { OutboundMessage } from '../../domain/message.ts';
import type { TurnInput } from '../../engine/env.ts';
import { ANSWER_FROM, CHOOSE_FROM } from '../../language/answer-search.ts';
import type { CompiledRelease } from '../../release/compile.ts';
import { addressOf } from '../../release/entry.ts';
import { rankAnswers } from './preview-ranking.ts';
import { addPrices, showTurn } from './preview-view.ts';
import { createTimedPlayer } from '../timed-player.ts';

export type PlayRequest = z.output<(typeof contentOperations)['playContent']['body']>;

export interface PreviewOptions {
  /** When it begins, where the request does not say; ms since the epoch. */
  now: number;
  capabilities: Record<PlayRequest['channel'], Capabilities>;
}

/** The last message that had choices. */
type Asked = Pick<OutboundMessage, 'choices' | 'layout'>;

const HOUR_MS = 3_600_000;

/** Plays all inputs. A flow or step that does not exist is told as a problem, and nothing is played. */
export function playPreview(release: CompiledRelease, request: PlayRequest, options: PreviewOptions): PlayView {
  const missing = findMissing(release, request);
  if (missing !== null) return addPrices(release, [], [missing]);
  const { channel, language, flow, step, staffed, at } = request;
  const player = createTimedPlayer(release, {
    channel,
    capabilities: options.capabilities[channel],
    begin: at === undefined ? options.now : Date.parse(at),
    staffed,
    language,
    flow,
    step,
    alert: request.alert ?? true,
  });
  let asked: Asked = { choices: [], layout: 'text' };
  const turns = request.inputs.map((input) => {
    const said = input.kind === 'wait' ? player.pass(input.hours * HOUR_MS) : player.take(toTurnInput(input, asked));
    asked = said.messages.findLast(({ choices }) => choices.length > 0) ?? asked;
    return showTurn({ input, said, session: player.session(), owner: player.owner(), channel, prices: release.settings.prices });
  });
  return addPrices(release, turns, []);
}

/** Tries a question: what would be found, with the chance of each answer to be the right one, best first. */
export function askPreview(release: CompiledRelease, question: string, language: string, locality: string | null, now: number): AskView {
  const found = release.findAnswers(question, language, locality, now);
  return {
    outcome: release.findEmergency(question, language) === null ? found.kind : 'danger',
    ranked: rankAnswers(release, { question, language, locality, now, found }),
    high: ANSWER_FROM,
    low: CHOOSE_FROM,
    problems: [],
  };
}

function toTurnInput(input: Exclude<PlayInput, { kind: 'wait' }>, { choices, layout }: Asked): TurnInput {
  switch (input.kind) {
    case 'opened':
      return { kind: 'opened' };
    case 'text':
      return { kind: 'message', text: input.text };
    case 'media':
      return { kind: 'message', text: '', media: true };
    case 'choice': {
      const choice = choices[input.index];
      // Where choices are numbered lines there is nothing to press: the number is written.
      if (choice === undefined || layout === 'text') return { kind: 'message', text: choiceNumber(input.index, choices.length) };
      return { kind: 'message', text: choice.label, payload: choice.id };
    }
  }
}

function findMissing(release: CompiledRelease, { flow, step }: PlayRequest): ProblemView | null {
  if (flow === null) return null;
  const file = `flows/${flow}.yaml`;
  const problem = (code: string, message: string, address: string | null): ProblemView => ({
    severity: 'error',
    code,
    message,
    file,
    line: 1,
    column: 1,
    address,
  });
  const found = release.program.flows.get(flow);
  if (found === undefined) return problem('preview.no_flow', `There is no flow "${flow}" here: choose another one to begin with.`, null);
  if (step === null || found.indexOf.has(step)) return null;
  const message = `The flow "${flow}" has no step "${step}": choose another one to begin at.`;
  return problem('preview.no_step', message, addressOf(file, 'order'));
}
