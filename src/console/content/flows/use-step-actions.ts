// What can be done with a step as a whole: moved, copied, removed, renamed, added behind. Each is one save, told with a way to take it back.
// Used by the outline and by the panel of a step.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../../api/client.ts';
import type { StepKind } from '../../../engine/steps/index.ts';
import { useAct } from '../../api.ts';
import { useFaultText } from '../../ui/error-notice.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { CONTENT_READS } from '../use-edits.ts';
import { copySteps } from './copy-steps.ts';
import type { EditedFlow } from './edited-flow.ts';
import type { EditorWork } from './editor.ts';
import type { JsonValue } from './json-path.ts';
import { leadsTo, planAddSteps, planMoveStep, planRemoveStep, planRenameStep, type NewStep, type PlannedEdit } from './plan-step-edits.ts';
import { partsOf } from '../../../release/entry.ts';
import { baseOfKey, belongsTo, ownTextKeys } from './step-texts.ts';
import type { Template } from './templates.ts';
import { readAllTexts, type ReadText } from './use-loaded-texts.ts';
import { blankStep, NEW_STEP } from './working-step.ts';

export interface StepActions {
  isPending: boolean;
  /** Opens the form of a new step. */
  add(kind: StepKind, after: string | null): void;
  /** Puts the steps of a template behind a step. */
  addTemplate(template: Template, after: string | null): void;
  /** Copies steps of a flow, with their texts, behind a step of this one. */
  copy(from: EditedFlow, steps: readonly string[], after: string | null): void;
  move(id: string, by: -1 | 1): void;
  remove(id: string): void;
  rename(id: string, to: string, onDone: () => void): void;
}

export function useStepActions(editor: EditorWork): StepActions {
  const { t } = useTranslation('flows');
  const { tell } = useToasts();
  const takeBack = useTakeBack(editor);
  const { act, isPending } = usePlanned(editor);
  const { flow, saving, working, open, words } = editor;
  const paste = async (from: EditedFlow, steps: readonly string[], texts: Texts, after: string | null): Promise<Planned> => {
    const { copies, planned } = planPaste(editor, from, steps, await texts, after);
    return {
      planned,
      expects: new Map(),
      onSaved() {
        tell(t('done.added', { count: copies.length }), takeBack);
        open(copies[0]?.id ?? null);
      },
    };
  };
  return {
    isPending,
    add(kind, after) {
      if (working.of(NEW_STEP) === null) working.begin(blankStep(kind, after));
      else tell(t('add.one_at_a_time'));
      open(NEW_STEP);
    },
    addTemplate: (template, after) =>
      act(() =>
        paste(
          template.flow,
          template.flow.steps.map(({ id }) => id),
          Promise.resolve(template.texts),
          after,
        ),
      ),
    copy: (from, steps, after) => act(() => paste(from, steps, readTexts(editor, from.id).then(valuesOf), after)),
    move: (id, by) => void saving.save(planMoveStep(flow, id, by)),
    remove(id) {
      const [name, led] = [words.option(id), leadsTo(flow, id).length];
      act(async () => ({
        ...(await planRemoval(editor, id)),
        onSaved() {
          working.drop(id);
          if (editor.opened === id) open(null);
          tell(led === 0 ? t('done.removed', { name }) : t('done.removed_led', { name, count: led }), takeBack);
        },
      }));
    },
    rename: (id, to, onDone) =>
      act(async () => ({
        ...(await planRenaming(editor, id, to)),
        onSaved() {
          open(to);
          tell(t('done.renamed'), takeBack);
          onDone();
        },
      })),
  };
}

type Texts = Promise<ReadonlyMap<string, JsonValue>>;

interface Planned {
  planned: PlannedEdit[];
  expects: ReadonlyMap<string, number>;
  onSaved: () => void;
}

/** Reads what is needed, plans, saves; a refusal is told. */
function usePlanned({ saving }: EditorWork): { act: (plan: () => Promise<Planned>) => void; isPending: boolean } {
  const { tell } = useToasts();
  const faultText = useFaultText();
  const [isPending, setPending] = useState(false);
  return {
    isPending,
    act(plan) {
      setPending(true);
      void plan()
        .then(({ planned, expects, onSaved }) => saving.save(planned, { expects, onSaved }))
        .catch((error: unknown) => {
          if (!(error instanceof ApiError)) throw error;
          tell(faultText(error));
        })
        .finally(() => setPending(false));
    },
  };
}

function useTakeBack({ source }: EditorWork): () => void {
  const { tell } = useToasts();
  const faultText = useFaultText();
  const undo = useAct('undoEdit', { changes: CONTENT_READS, onError: (error) => tell(faultText(error)) });
  return () => undo.mutate([{ params: { id: source } }]);
}

function planPaste(
  { flow, texts }: EditorWork,
  from: EditedFlow,
  steps: readonly string[],
  found: ReadonlyMap<string, JsonValue>,
  after: string | null,
): { copies: readonly NewStep[]; planned: PlannedEdit[] } {
  const takenKeys = new Set([...texts.keysOf(flow.id)].map(baseOfKey));
  const copied = copySteps({ from, steps, into: flow, texts: found, takenKeys });
  return { copies: copied.steps, planned: planAddSteps(flow, after, copied.steps, copied.texts) };
}

type Plan = Pick<Planned, 'planned' | 'expects'>;

async function planRemoval(editor: EditorWork, id: string): Promise<Plan> {
  const { flow } = editor;
  const gone = ownTexts(await readTexts(editor, flow.id), new Set(ownTextKeys(flow, [id])));
  return { planned: planRemoveStep(flow, id, new Map([...gone.keys()].map((address) => [address, undefined]))), expects: gone };
}

async function planRenaming(editor: EditorWork, id: string, to: string): Promise<Plan> {
  const { flow } = editor;
  const isConsent = flow.steps.some((step) => step.id === id && step.kind === 'consent');
  const found = isConsent ? await readTexts(editor, flow.id) : new Map<string, ReadText>();
  return moveTexts(found, id, to, (changes) => planRenameStep(flow, id, to, changes));
}

/** Of a flow, in every language. */
function readTexts({ source, content }: EditorWork, flow: string): Promise<Map<string, ReadText>> {
  return readAllTexts(
    source,
    flow,
    content.hotline.knownLanguages.map(({ tag }) => tag),
  );
}

function valuesOf(found: ReadonlyMap<string, ReadText>): Map<string, JsonValue> {
  return new Map([...found].map(([address, { value }]) => [address, value]));
}

/** Addresses of the texts under some keys, with their revisions. */
function ownTexts(found: ReadonlyMap<string, ReadText>, keys: ReadonlySet<string>): Map<string, number> {
  return new Map(
    [...found].flatMap(([address, { revision }]) => (belongsTo(partsOf(address).key, keys) ? [[address, revision] as const] : [])),
  );
}

/** The texts of a consent are named after it: they move with it. */
function moveTexts(
  found: ReadonlyMap<string, ReadText>,
  id: string,
  to: string,
  plan: (changes: Map<string, JsonValue | undefined>) => PlannedEdit[],
): Plan {
  const changes = new Map<string, JsonValue | undefined>();
  const expects = new Map<string, number>();
  for (const [address, { value, revision }] of found) {
    const { file, key } = partsOf(address);
    if (baseOfKey(key) !== id && !key.startsWith(`${id}.`)) continue;
    changes.set(address, undefined);
    expects.set(address, revision);
    changes.set(`${file}#${to}${key.slice(id.length)}`, value);
  }
  return { planned: plan(changes), expects };
}
