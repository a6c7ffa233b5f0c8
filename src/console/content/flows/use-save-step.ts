// Saves the step in a form with its texts, as one save: a new one with its place in the order, one that was there with what its choices no
// longer need. Used by step-form.tsx.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../../api/client.ts';
import { useToasts } from '../../ui/toast.tsx';
import { addressOfStep, stepOf } from './edited-flow.ts';
import type { EditorWork } from './editor.ts';
import { plainText, type JsonRecord, type JsonValue } from './json-path.ts';
import { planAddSteps, planReplaceStep, type PlannedEdit } from './plan-step-edits.ts';
import { partsOf } from '../../../release/entry.ts';
import { belongsTo, fullKey, ownTextKeys, partsOfKey } from './step-texts.ts';
import { readAllTexts } from './use-loaded-texts.ts';
import { STEP } from './use-working-steps.ts';
import { nameNewStep, type WorkingStep } from './working-step.ts';

export interface SaveStep {
  save(step: WorkingStep, options: { sameMeaning: boolean; onSaved: (id: string) => void }): void;
  isPending: boolean;
  /** What stood in the way of reading what belongs to it. */
  error: ApiError | null;
}

export function useSaveStep(editor: EditorWork): SaveStep {
  const { t } = useTranslation('flows');
  const { tell } = useToasts();
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  return {
    isPending,
    error,
    save(step, { sameMeaning, onSaved }) {
      setPending(true);
      setError(null);
      // The other one's step is what the form shows next; one's own can be brought back.
      const giveUp = (): void => {
        editor.working.drop(step.id);
        tell(t('form.put_back_done'), () => editor.working.begin(step));
      };
      void write(editor, step, { sameMeaning, onSaved, giveUp })
        .catch((thrown: unknown) => {
          if (!(thrown instanceof ApiError)) throw thrown;
          setError(thrown);
        })
        .finally(() => setPending(false));
    },
  };
}

interface WriteOptions {
  sameMeaning: boolean;
  onSaved: (id: string) => void;
  /** Where somebody else changed the same, and theirs is to stand. */
  giveUp: () => void;
}

async function write(editor: EditorWork, step: WorkingStep, { sameMeaning, onSaved, giveUp }: WriteOptions): Promise<void> {
  const { flow, saving, working } = editor;
  const { id, planned, expects } = step.opened === null ? planNew(editor, step) : await planChanged(editor, step);
  await saving.save(planned, {
    ...(sameMeaning ? { sameMeaning } : {}),
    expects,
    onSaved() {
      working.settle(step);
      onSaved(id);
    },
    ...(stepOf(flow, step.id) === undefined ? {} : { onGivenUp: giveUp }),
  });
}

interface Plan {
  id: string;
  planned: PlannedEdit[];
  expects: ReadonlyMap<string, number>;
}

function planNew({ flow, texts }: EditorWork, step: WorkingStep): Plan {
  const keys = texts.keysOf(flow.id);
  const isTaken = (name: string): boolean =>
    stepOf(flow, name) !== undefined || [...keys].some((key) => key === name || key.startsWith(`${name}.`));
  const named = nameNewStep(step, flow.id, isTaken, texts.language);
  return { id: named.id, planned: planAddSteps(flow, step.after, [named], named.texts), expects: new Map() };
}

async function planChanged(editor: EditorWork, step: WorkingStep): Promise<Plan> {
  const { flow } = editor;
  const expects = new Map(
    [...step.expects].map(([address, revision]) => [address === STEP ? addressOfStep(flow.id, step.id) : address, revision]),
  );
  const gone = await textsOfGoneChoices(editor, step, expects);
  return { id: step.id, planned: planReplaceStep(flow, step.id, step.raw, new Map([...gone, ...step.texts])), expects };
}

/** Texts of choices that were taken away, in every language. */
async function textsOfGoneChoices(
  { source, flow, content }: EditorWork,
  { id, raw, opened }: WorkingStep,
  expects: Map<string, number>,
): Promise<Map<string, JsonValue | undefined>> {
  const keys = goneChoiceKeys(id, opened ?? {}, raw, flow.id);
  const own = new Set(ownTextKeys(flow, [id]));
  const wanted = new Set(keys.filter((key) => own.has(key)));
  if (wanted.size === 0) return new Map();
  const tags = content.hotline.knownLanguages.map(({ tag }) => tag);
  const found = await readAllTexts(source, flow.id, tags);
  const gone = new Map<string, undefined>();
  for (const [address, { revision }] of found) {
    if (!belongsTo(partsOf(address).key, wanted)) continue;
    gone.set(address, undefined);
    expects.set(address, revision);
  }
  return gone;
}

/** Keys of the labels of choices that the step has no longer, of its flow's own texts. */
function goneChoiceKeys(id: string, before: JsonRecord, after: JsonRecord, flow: string): string[] {
  const { ask } = before;
  if (typeof ask !== 'string' || ask !== after['ask']) return [];
  const choices = (raw: JsonRecord): JsonValue[] => (Array.isArray(raw['choices']) ? raw['choices'] : []);
  const left = choices(after);
  return choices(before)
    .filter((choice) => typeof choice === 'string' && !left.includes(choice))
    .map((choice) => partsOfKey(fullKey(flow, `${ask}.${plainText(choice)}`)))
    .filter(({ namespace }) => namespace === flow && id !== '')
    .map(({ key }) => key);
}
