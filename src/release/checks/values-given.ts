// A text may fill in only what the step that says it gives, or what the engine gives its own texts; everything else would be
// a hole in the sentence. Values are compared in the source language: the others must agree with it (languages-agree.ts).
import { qualify } from '../choice-groups.ts';
import { localKey, textPosition } from '../check.ts';
import type { Check, CheckContext } from '../check.ts';
import { errorAt } from '../problem.ts';
import type { Problem } from '../problem.ts';
import type { ParsedFlow } from '../read-flows.ts';
import { groupTexts, isPlainName, placeholders } from '../text-groups.ts';

/** What the engine fills into its own texts, whoever says them. */
const ENGINE_VALUES: Record<string, readonly string[]> = {
  'system:limits': ['number'],
  'system:emergency': ['number'],
  'system:language_hint': ['name'],
  'system:language_switched': ['name'],
  'system:offer_switch': ['name'],
  'system:handoff_open': ['minutes'],
  'system:handoff_closed': ['hours'],
  'system:queue_place': ['place'],
  'system:queue_wait': ['minutes'],
  'system:ticket_waits': ['hours'],
  'system:queue_shut': ['hours'],
  'system:no_service': ['place'],
  'system:answer_source': ['source', 'date'],
  'system:answer_source_unreviewed': ['source'],
  'system:complaint_received': ['number', 'days'],
  'system:complaint_answer': ['number'],
  'system:referral_consent': ['organisation', 'items'],
  'system:referral_item': ['organisation', 'item'],
  'system:referral_agreed': ['organisation', 'items'],
  'system:referral_refused': ['organisation'],
  'system:referral_outcome.accepted': ['organisation'],
  'system:referral_outcome.declined': ['organisation'],
  'system:referral_outcome.service_given': ['organisation'],
  'system:referral_outcome.service_not_given': ['organisation'],
  'system:referral_outcome.no_answer': ['organisation'],
  'system:follow_up_consent': ['days'],
};
/** What every answer may fill in. A number may be absent, so it must not be what a sentence hangs on. */
const ANSWER_VALUES = ['days', 'number'];

export const checkValuesGiven: Check = (context) => {
  const source = context.content.settings.value.source_language;
  const needed = new Map<string, Set<string>>();
  for (const group of groupTexts(context.content.resources)) {
    if (group.language !== source) continue;
    const names = needed.get(group.key) ?? new Set();
    for (const { text } of group.forms) for (const name of placeholders(text)) if (isPlainName(name)) names.add(name);
    needed.set(group.key, names);
  }
  return [...context.flows.flatMap((flow) => checkFlow(flow, needed)), ...checkOwnTexts(context, needed, source)];
};

function checkFlow(flow: ParsedFlow, needed: ReadonlyMap<string, Set<string>>): Problem[] {
  return flow.value.steps.flatMap((step, index) => {
    if (step.kind !== 'say' && step.kind !== 'ask' && step.kind !== 'consent') return [];
    const name = step.kind === 'say' ? step.say : step.kind === 'ask' ? step.ask : (step.id ?? `consent_${index}`);
    const key = qualify(name, flow.id);
    if (key in ENGINE_VALUES) return [];
    const given = new Set(Object.keys(step.params ?? {}));
    const missing = [...(needed.get(key) ?? [])].filter((value) => !given.has(value));
    if (missing.length === 0) return [];
    const list = missing.map((value) => `{{${value}}}`).join(', ');
    const message = `The text "${localKey(key)}" fills in ${list}, but this step does not give it: add params: { ${missing[0]}: … }.`;
    return [errorAt(flow.at(['steps', index], step.kind), 'text.value_not_given', message)];
  });
}

/** Texts of the engine and of answers, which no step gives anything. */
function checkOwnTexts(context: CheckContext, needed: ReadonlyMap<string, Set<string>>, source: string): Problem[] {
  const saidByFlows = new Set(
    context.flows.flatMap((flow) =>
      flow.value.steps.flatMap((step) => (step.kind === 'say' && step.params ? [qualify(step.say, flow.id)] : [])),
    ),
  );
  return [...needed].flatMap(([key, names]) => {
    const given = key.startsWith('answers:') ? ANSWER_VALUES : (ENGINE_VALUES[key] ?? []);
    const own = key.startsWith('answers:') || (key.startsWith('system:') && !saidByFlows.has(key));
    const extra = own ? [...names].filter((name) => !given.includes(name)) : [];
    if (extra.length === 0) return [];
    const allowed = given.length === 0 ? 'nothing' : given.map((name) => `{{${name}}}`).join(', ');
    const message = `"${localKey(key)}" fills in {{${extra[0]}}}, but the program gives it ${allowed}: mend the name or write the words out.`;
    return [errorAt(textPosition(context, key, source), 'text.value_not_given', message)];
  });
}
