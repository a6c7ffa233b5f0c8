// Brings together what the parts of the flow editor share: texts in two languages, the page's own check, saving, steps in hand. Used by
// flow-editor-page.tsx, once.
import { useDeferredValue, useMemo } from 'react';
import type { LanguageInfo } from '../../../rendering/language-info.ts';
import { partsOf } from '../../../release/entry.ts';
import { tagDirection } from '../tag-direction.ts';
import { checkFlows } from './check-flows.ts';
import { addressOfStep, type EditedFlow } from './edited-flow.ts';
import type { EditorTools, FlowEditor } from './editor.ts';
import { graphOf } from './flow-graph.ts';
import { useStepWords } from './step-words.ts';
import type { FlowContent } from './use-flow-content.ts';
import { useFlowSaving, type EntryState } from './use-flow-saving.ts';
import { useLoadedTexts, type LoadedTexts } from './use-loaded-texts.ts';
import { useWorkingSteps } from './use-working-steps.ts';

export interface EditorOptions {
  source: string;
  draftId: string | null;
  canEdit: boolean;
  content: FlowContent;
  flow: EditedFlow;
  /** In which texts are shown. */
  language: string;
  open: (step: string | null) => void;
}

export interface EditorParts {
  editor: FlowEditor;
  tools: EditorTools;
}

export function useFlowEditor({ source, draftId, canEdit, content, flow, language, open }: EditorOptions): EditorParts {
  const { sourceLanguage } = content.hotline;
  const namespaces = [flow.id, 'system', 'answers'];
  const texts = useLoadedTexts(source, sourceLanguage, namespaces);
  const shown = useLoadedTexts(source, language, namespaces);
  const words = useStepWords(content, flow, shown);
  const checked = useChecked(content, texts);
  const compiled = checked.program.flows.get(flow.id) ?? null;
  const graph = useMemo(() => (compiled === null ? null : graphOf(compiled)), [compiled]);
  const faults = useMemo(() => checked.faults.filter((fault) => fault.flow === flow.id), [checked, flow.id]);
  const saving = useFlowSaving(draftId, (address) => stateAt(address, content, [texts, shown], namespaces));
  const working = useWorkingSteps(source, flow, (step) => content.revisionAt(addressOfStep(flow.id, step)));
  const unsaved = useSameSet(working.unsaved);
  const editor = useMemo(
    (): FlowEditor => ({
      source,
      canEdit,
      content,
      flow,
      compiled,
      graph,
      faults,
      texts,
      shown,
      language: languageInfo(content, language),
      sourceLanguage: languageInfo(content, sourceLanguage),
      words,
      unsaved,
      open,
    }),
    [source, canEdit, content, flow, compiled, graph, faults, texts, shown, language, sourceLanguage, words, unsaved, open],
  );
  return { editor, tools: { saving, working } };
}

/** The same set while it holds the same. */
function useSameSet(set: ReadonlySet<string>): ReadonlySet<string> {
  const named = JSON.stringify([...set]);
  return useMemo(() => new Set(JSON.parse(named) as string[]), [named]);
}

/** Checked after what was typed has been drawn. */
function useChecked(content: FlowContent, texts: LoadedTexts): ReturnType<typeof checkFlows> {
  const [settled, read] = [useDeferredValue(content), useDeferredValue(texts)];
  return useMemo(() => checkFlows(settled.flows.values(), { ...settled.known, texts: read.has }), [settled, read]);
}

function stateAt(address: string, content: FlowContent, read: readonly LoadedTexts[], namespaces: readonly string[]): EntryState {
  const { file } = partsOf(address);
  if (file.startsWith('flows/')) return { value: content.valueAt(address), revision: content.revisionAt(address) };
  const texts = read.find(({ language }) => namespaces.some((namespace) => file === `locales/${language}/${namespace}.json`));
  return texts === undefined ? { value: null, revision: 0 } : { value: texts.valueAt(address), revision: texts.revisionAt(address) };
}

function languageInfo({ hotline }: FlowContent, tag: string): LanguageInfo {
  const known = hotline.knownLanguages.find((language) => language.tag === tag);
  return known ?? { tag, name: tag, script: 'Latn', fallback: [], iso3: 'und', sms: 'gsm7', digits: 'latn', direction: tagDirection(tag) };
}
