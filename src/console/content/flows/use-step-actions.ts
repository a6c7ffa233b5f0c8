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
import { leadsTo, planAddSteps, planMoveStep, planRemoveStep, planRenameStep, type PlannedEdit } from './plan-step-edits.ts';
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
  const faultText = useFaultText();
  const takeBack = useTakeBack(editor);
  const [isPending, setPending] = useState(false);
  const { flow, source, content, texts, saving, working, open, words } = editor;
  const tags = content.hotline.knownLanguages.map(({ tag }) => tag);

  /** Reads what is needed, plans, saves; a refusal is told. */
  const act = (plan: () => Promise<Planned>): void => {
    setPending(true);
    void plan()
      .then(({ planned, expects, onSaved }) => saving.save(planned, { expects, onSaved }))
      .catch((error: unknown) => {
        if (!(error instanceof ApiError)) throw error;
        tell(faultText(error));
      })
      .finally(() => setPending(false));
  };
  const paste = (from: EditedFlow, steps: readonly string[], found: ReadonlyMap<string, JsonValue>, after: string | null): Planned => {
    const takenKeys = new Set([...texts.keysOf(flow.id)].map(baseOfKey));
    const copied = copySteps({ from, steps, into: flow, texts: found, takenKeys });
    const [first] = copied.steps;
    return {
      planned: planAddSteps(flow, after, copied.steps, copied.texts),
      expects: new Map(),
      onSaved() {
        tell(t('done.added', { count: copied.steps.length }), takeBack);
        if (first) open(first.id);
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
        Promise.resolve(
          paste(
            template.flow,
            template.flow.steps.map(({ id }) => id),
            template.texts,
            after,
          ),
        ),
      ),
    copy: (from, steps, after) => act(async () => paste(from, steps, valuesOf(await readAllTexts(source, from.id, tags)), after)),
    move: (id, by) => void saving.save(planMoveStep(flow, id, by)),
    remove: (id) =>
      act(async () => {
        const gone = ownTexts(await readAllTexts(source, flow.id, tags), new Set(ownTextKeys(flow, [id])));
        const led = leadsTo(flow, id).length;
        const name = words.option(id);
        return {
          planned: planRemoveStep(flow, id, new Map([...gone.keys()].map((address) => [address, undefined]))),
          expects: gone,
          onSaved() {
            working.drop(id);
            if (editor.opened === id) open(null);
            tell(led === 0 ? t('done.removed', { name }) : t('done.removed_led', { name, count: led }), takeBack);
          },
        };
      }),
    rename: (id, to, onDone) =>
      act(async () => {
        const isConsent = flow.steps.some((step) => step.id === id && step.kind === 'consent');
        const found = isConsent ? await readAllTexts(source, flow.id, tags) : new Map<string, ReadText>();
        return {
          ...moveTexts(found, id, to, (changes) => planRenameStep(flow, id, to, changes)),
          onSaved() {
            open(to);
            tell(t('done.renamed'), takeBack);
            onDone();
          },
        };
      }),
  };
}

interface Planned {
  planned: PlannedEdit[];
  expects: ReadonlyMap<string, number>;
  onSaved: () => void;
}

function useTakeBack({ source }: EditorWork): () => void {
  const { tell } = useToasts();
  const faultText = useFaultText();
  const undo = useAct('undoEdit', { changes: CONTENT_READS, onError: (error) => tell(faultText(error)) });
  return () => undo.mutate([{ params: { id: source } }]);
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
): Pick<Planned, 'planned' | 'expects'> {
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
