// What a flow keeps under which name, and what each name may hold. A flow is translated twice: the first time this is only collected,
// the second time conditions are written that cannot fail on what a name holds. Called by all that read or keep a value.
import { createNameGiver, slugOf } from './names.ts';

/** Kinds of reply that imported questions take. */
export type AskKind = 'choice' | 'text' | 'number' | 'date' | 'phone' | 'email' | 'media' | 'location';

/** A choice as an answer: its id, what a person would have written in RapidPro, and the category that this led to. */
export interface ChoiceValue {
  id: string;
  raws: string[];
  category: string;
}

/** How a value comes about. */
type Assigned =
  | { how: 'ask'; kind: AskKind; choices: ChoiceValue[] }
  | { how: 'words'; value: string }
  | { how: 'computed'; type: 'number' | 'text' | 'bool' | 'any' }
  | { how: 'copied'; from: string }
  | { how: 'emptied' };

/** What a name may hold, besides nothing. */
export interface AnswerFacts {
  /** Nothing is known yet: everything is thought possible. */
  unknown: boolean;
  /** Whether any step of the flow keeps something here. */
  assigned: boolean;
  numbers: boolean;
  /** A person's own words, or a computed text: anything. */
  openText: boolean;
  /** Dates as YYYY-MM-DD. */
  dates: boolean;
  other: boolean;
  words: string[];
  choices: ChoiceValue[];
  /** Questions of different kinds, or a question and a computed value, keep under this name. */
  mixed: boolean;
}

/** Names and facts of one flow's answers. A `ref` is `results:<key>` or `fields:<key>`. */
export interface Answers {
  /** True the first time: every way of a flow is gone, whatever its conditions. */
  readonly exploring: boolean;
  nameOf(ref: string): string;
  assign(ref: string, how: Assigned): void;
  read(ref: string): void;
  /** What was read since this was last asked, and is kept by no step of the flow. */
  takeUnset(): string[];
  isRead(ref: string): boolean;
  facts(ref: string): AnswerFacts;
  /** Of the names that expressions read, those that must be declared empty first: kept nowhere, or in values of different kinds. */
  undeclared(used: ReadonlySet<string>): string[];
  /** What was collected, for the second time. */
  collected(): Collected;
}

export interface Collected {
  assigned: ReadonlyMap<string, readonly Assigned[]>;
  read: ReadonlySet<string>;
}

/** Before anything is known, so that nothing is refused too early. */
const ANYTHING: AnswerFacts = {
  unknown: true,
  assigned: true,
  numbers: true,
  openText: false,
  dates: false,
  other: false,
  words: [],
  choices: [],
  mixed: false,
};

/** @param before what was collected the first time; null for the first time */
export function createAnswers(before: Collected | null): Answers {
  const assigned = new Map<string, Assigned[]>();
  const read = new Set<string>();
  const lately = new Set<string>();
  const names = nameAll(before);
  const known = new Map<string, AnswerFacts>();
  return {
    exploring: before === null,
    nameOf(ref) {
      const name = names.known.get(ref) ?? names.giver.take(nameFor(ref));
      names.known.set(ref, name);
      return name;
    },
    assign: (ref, how) => void assigned.set(ref, [...(assigned.get(ref) ?? []), how]),
    read(ref) {
      read.add(ref);
      lately.add(ref);
    },
    takeUnset() {
      const unset = [...lately].filter((ref) => before !== null && !before.assigned.has(ref));
      lately.clear();
      return unset;
    },
    isRead: (ref) => before === null || before.read.has(ref),
    facts(ref) {
      if (before === null) return ANYTHING;
      const facts = known.get(ref) ?? factsOf(ref, before.assigned, new Set());
      known.set(ref, facts);
      return facts;
    },
    undeclared: (used) =>
      [...names.known].flatMap(([ref, name]) => (used.has(name) && needsDeclaring(assigned.get(ref) ?? []) ? [name] : [])),
    collected: () => ({ assigned, read }),
  };
}

/** Results get their own key as a name; a field of the same key another one. */
function nameAll(before: Collected | null): { known: Map<string, string>; giver: ReturnType<typeof createNameGiver> } {
  const giver = createNameGiver();
  const refs = before === null ? [] : [...new Set([...before.assigned.keys(), ...before.read])].toSorted();
  const ordered = [...refs.filter((ref) => ref.startsWith('results:')), ...refs.filter((ref) => !ref.startsWith('results:'))];
  const taken = new Set<string>();
  const known = new Map<string, string>();
  for (const ref of ordered) {
    const wanted = nameFor(ref);
    const name = giver.take(taken.has(wanted) ? slugOf(`field ${wanted}`, 34) : wanted);
    taken.add(wanted);
    known.set(ref, name);
  }
  return { known, giver };
}

/** Leaves room for a kind and a number behind it. */
function nameFor(ref: string): string {
  return slugOf(ref.slice(ref.indexOf(':') + 1), 30) || 'value';
}

function needsDeclaring(all: readonly Assigned[]): boolean {
  const kinds = new Set(
    all.map((one) => (one.how === 'ask' ? `ask ${one.kind}` : one.how === 'words' ? 'text' : one.how === 'computed' ? one.type : one.how)),
  );
  if (kinds.size === 0 || kinds.size > 1) return true;
  const [kind] = kinds;
  return kind === 'copied' || kind === 'any' || kind === 'emptied';
}

function factsOf(ref: string, all: ReadonlyMap<string, readonly Assigned[]>, above: ReadonlySet<string>): AnswerFacts {
  const facts: AnswerFacts = { ...ANYTHING, unknown: false, assigned: false, numbers: false, words: [], choices: [] };
  const kinds = new Set<string>();
  for (const one of all.get(ref) ?? []) {
    facts.assigned = true;
    kinds.add(one.how === 'ask' ? one.kind : 'computed');
    if (one.how === 'words') facts.words.push(...(facts.words.includes(one.value) ? [] : [one.value]));
    else if (one.how === 'computed') noteType(facts, one.type);
    else if (one.how === 'ask') noteKind(facts, one);
    else if (one.how === 'copied' && !above.has(one.from)) merge(facts, factsOf(one.from, all, new Set([...above, ref])));
  }
  facts.mixed = kinds.size > 1;
  return facts;
}

function noteType(facts: AnswerFacts, type: 'number' | 'text' | 'bool' | 'any'): void {
  if (type === 'number' || type === 'any') facts.numbers = true;
  if (type === 'text' || type === 'any') facts.openText = true;
  if (type === 'bool' || type === 'any') facts.other = true;
}

function noteKind(facts: AnswerFacts, { kind, choices }: Extract<Assigned, { how: 'ask' }>): void {
  if (kind === 'number') facts.numbers = true;
  else if (kind === 'date') facts.dates = true;
  else if (kind === 'choice') for (const choice of choices) addChoice(facts, choice);
  else if (kind === 'media' || kind === 'location') facts.other = true;
  else facts.openText = true;
}

function addChoice(facts: AnswerFacts, choice: ChoiceValue): void {
  const known = facts.choices.find(({ id }) => id === choice.id);
  if (known === undefined) facts.choices.push({ ...choice, raws: [...choice.raws] });
  else known.raws.push(...choice.raws.filter((raw) => !known.raws.includes(raw)));
}

function merge(facts: AnswerFacts, other: AnswerFacts): void {
  facts.numbers ||= other.numbers;
  facts.openText ||= other.openText;
  facts.dates ||= other.dates;
  facts.other ||= other.other;
  facts.words.push(...other.words.filter((word) => !facts.words.includes(word)));
  for (const choice of other.choices) addChoice(facts, choice);
}
