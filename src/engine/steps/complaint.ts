// complaint: files what the flow collected (answers.about, text, place, contact) and tells the number.
import { z } from 'zod';
import { ChoiceId, stepSchema } from './common.ts';
import type { Value } from '../../domain/session.ts';
import type { StepType } from '../program.ts';
import { emit, say, topFrame } from '../turn.ts';

/** Schema of a complaint step. */
export const ComplaintStep = stepSchema('complaint', {
  complaint: z.strictObject({
    private_about: z
      .array(ChoiceId)
      .default(['staff', 'money_or_sex'])
      .describe('Values of answers.about that only sensitive-feedback officers may see.'),
  }),
});
export type ComplaintStep = z.infer<typeof ComplaintStep>;

const text = (value: Value | undefined): string | null => (typeof value === 'string' && value.trim() !== '' ? value : null);

/**
 * Files a complaint from the answers named about, text, place and contact.
 * @example
 * ```yaml
 * - ask: about
 *   choices: [service, this_line]
 * - ask: text
 *   type: text
 *   optional: true
 * - ask: contact
 *   type: yes_no
 * - complaint: {}
 * ```
 */
export const complaint: StepType<ComplaintStep> = {
  kind: 'complaint',
  speaks: () => true,
  waits: false,
  run(turn, step) {
    const answers = topFrame(turn)?.answers ?? {};
    const about = text(answers['about']) ?? 'other';
    const number = turn.env.newComplaintNumber();
    const isPrivate = turn.session.facts.private || step.config.complaint.private_about.includes(about);
    emit(turn, {
      type: 'complaint_filed',
      number,
      about,
      text: text(answers['text']),
      place: text(answers['place']),
      wantsContact: answers['contact'] === true || answers['contact'] === 'contact',
      private: isPrivate,
    });
    const { sensitiveAnswerDays, complaintAnswerDays } = turn.program;
    say(turn, { key: 'system:complaint_received', params: { number, days: isPrivate ? sensitiveAnswerDays : complaintAnswerDays } });
    return { go: 'next' };
  },
};
