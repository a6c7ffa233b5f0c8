// Out of hours: "Shall we write to you?" The wish for a person is made before; yes adds the call-back.
import type { HandoffRequest } from '../handoff.ts';
import { handoffEvent } from '../handoff.ts';
import type { Then } from '../then.ts';
import { emit } from '../turn.ts';
import { readYesNo, type Dialogue } from './dialogue.ts';

/** Asks whether the desk should write when it opens. */
export const callback: Dialogue = {
  name: 'callback',
  anyOwner: true,
  expectation: () => ({
    kind: 'choice',
    choices: [
      { id: 'yes', label: { key: 'system:callback_yes' } },
      { id: 'no', label: { key: 'system:callback_no' } },
    ],
  }),
  reply(turn, value, data) {
    const yes = readYesNo(value);
    if (yes === null) return null;
    if (yes) emit(turn, handoffEvent(turn, data['request'] as HandoffRequest, true));
    return turn.env.owner === 'flow' || turn.env.owner === 'closed' ? (data['afterwards'] as Then) : { go: 'done' };
  },
};
