// Which texts a flow says, and where: for the check that no language lacks one.
// Used by the content check here and by release/, which knows the languages.
import type { CompiledFlow, CompiledStep, StepPath } from './program.ts';
import { keyOf } from './turn.ts';

/** A text key (`namespace:key`) and the place in the flow's file that uses it. */
interface TextUse {
  key: string;
  path: StepPath;
}

/** Texts of one step; paths are within the step. */
export function textsOfStep(flow: string, step: CompiledStep): TextUse[] {
  return (step.type.texts?.(step.config, step.id) ?? []).map(({ key, path }) => ({ key: keyOf(flow, key), path }));
}

/** Texts of a whole flow; paths are within the file. */
export function textsUsed(flow: CompiledFlow): TextUse[] {
  return flow.steps.flatMap((step) => textsOfStep(flow.id, step).map(({ key, path }) => ({ key, path: ['steps', step.index, ...path] })));
}

/** Texts that are said outside of any flow, by the engine and around it: all in the namespace `system`. */
export const SYSTEM_TEXTS: readonly string[] = [
  'limits',
  'limits_no_number',
  'language_list',
  'language_hint',
  'language_switched',
  'offer_switch',
  'not_understood',
  'misunderstood_person',
  'emergency',
  'emergency_no_number',
  'emergency.safe',
  'emergency.person',
  'help',
  'offer_person',
  'yes',
  'no',
  'skip',
  'none_of_these',
  'handoff_open',
  'handoff_closed',
  'handoff_unstaffed',
  'handoff_media',
  'callback_yes',
  'callback_no',
  'queue_still',
  'left_queue',
  'silent_person',
  'sms_answer_there',
  'sms_ask',
  'sms_agreed',
  'sms_declined',
  'no_service',
  'no_answer',
  'is_it_about',
  'answer_source',
  'answer_source_unreviewed',
  'helped',
  'helped.yes',
  'helped.no',
  'helped.person',
  'goodbye',
  'complaint_received',
  'complaint_state.received',
  'complaint_state.looking',
  'complaint_state.answered',
  'complaint_state.closed',
  'complaint_unknown',
  'ask_complaint_number',
  'stopped',
  'started',
  'delete_confirm',
  'delete_confirm.yes',
  'delete_confirm.no',
  'deleted',
  'deleted_case',
  'too_fast',
  'late_answer',
  'late_repeat',
  'delete_cancelled',
  'continue_or_restart',
  'continue_or_restart.continue',
  'continue_or_restart.restart',
  'back_none',
  'media_not_kept',
  'private_offer',
  'private_exit',
  'fault',
  'try_again_number',
  'try_again_date',
  'try_again_phone',
  'try_again_email',
  'try_again_locality',
  'place_papers_yes',
  'place_papers_no',
  'place_papers_unknown',
  'confirm_locally',
  'menu_hint',
].map((key) => `system:${key}`);
