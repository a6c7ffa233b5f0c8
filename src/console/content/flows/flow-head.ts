// A flow's head as its form shows it, and what a change of it writes. Used by flow-head-form.tsx. Pure.
import { addressOfHead, type EditedFlow } from './edited-flow.ts';
import { getIn, isRecord, sameValue, type JsonRecord, type JsonValue } from './json-path.ts';
import { KEYWORDS } from './plan-flow-edits.ts';
import type { PlannedEdit } from './plan-step-edits.ts';
import { addressOfText, fullKey } from './step-texts.ts';

export interface FlowHead {
  topic: string;
  objectives: readonly number[];
  isPrivate: boolean;
  /** Words begin it. */
  keywords: boolean;
  /** The menu that shows it; empty for none. */
  menu: string;
  /** In the source language, one a line. */
  words: string;
}

interface Texts {
  language: string;
  valueAt(address: string): JsonValue | undefined;
}

export function readHead({ id, head }: Pick<EditedFlow, 'id' | 'head'>, texts: Texts): FlowHead {
  const { topic, objectives } = head;
  const menu = getIn(head, ['triggers', 'menu']);
  const words = texts.valueAt(addressOfText(fullKey(id, KEYWORDS), texts.language));
  return {
    topic: typeof topic === 'string' ? topic : '',
    objectives: Array.isArray(objectives) ? objectives.filter((one) => typeof one === 'number') : [],
    isPrivate: head['private'] === true,
    keywords: getIn(head, ['triggers', 'keywords']) === true,
    menu: typeof menu === 'string' ? menu : '',
    words: Array.isArray(words) ? words.join('\n') : '',
  };
}

/** Entries of what differs; `before` null: all that the form may touch. */
export function headEdits(flow: string, language: string, before: FlowHead | null, after: FlowHead): PlannedEdit[] {
  const [old, now] = [before === null ? null : entriesOf(flow, language, before), entriesOf(flow, language, after)];
  return now.filter(({ address, value }) => old === null || !sameValue(value, old.find((one) => one.address === address)?.value));
}

function entriesOf(flow: string, language: string, head: FlowHead): PlannedEdit[] {
  const triggers: JsonRecord = { ...(head.keywords ? { keywords: true } : {}), ...(head.menu === '' ? {} : { menu: head.menu }) };
  const words = head.words.split('\n').flatMap((word) => (word.trim() === '' ? [] : [word.trim()]));
  return [
    { address: addressOfHead(flow, 'topic'), value: head.topic === '' ? undefined : head.topic },
    { address: addressOfHead(flow, 'objectives'), value: head.objectives.length === 0 ? undefined : [...head.objectives] },
    { address: addressOfHead(flow, 'private'), value: head.isPrivate ? true : undefined },
    { address: addressOfHead(flow, 'triggers'), value: isRecord(triggers) && Object.keys(triggers).length > 0 ? triggers : undefined },
    { address: addressOfText(fullKey(flow, KEYWORDS), language), value: words.length === 0 ? undefined : words },
  ];
}
