// What the parts of the flow editor share: the flow, what the page's own check says of it, texts, words, and what can be done. Made by
// flow-editor-page.tsx once, read by everything below it. Types and the context only.
import { createContext, useContext } from 'react';
import type { CompiledFlow } from '../../../engine/program.ts';
import type { LanguageInfo } from '../../../rendering/language-info.ts';
import type { FlowFault } from './check-flows.ts';
import type { EditedFlow } from './edited-flow.ts';
import type { FlowGraph } from './flow-graph.ts';
import type { StepWords } from './step-words.ts';
import type { FlowContent } from './use-flow-content.ts';
import type { FlowSaving } from './use-flow-saving.ts';
import type { LoadedTexts } from './use-loaded-texts.ts';
import type { WorkingSteps } from './use-working-steps.ts';

export interface FlowEditor {
  source: string;
  canEdit: boolean;
  content: FlowContent;
  flow: EditedFlow;
  /** Null while it was not checked yet. */
  compiled: CompiledFlow | null;
  graph: FlowGraph | null;
  /** Of this flow. */
  faults: readonly FlowFault[];
  /** In the source language, which is edited here. */
  texts: LoadedTexts;
  /** In the language that is looked at. */
  shown: LoadedTexts;
  language: LanguageInfo;
  sourceLanguage: LanguageInfo;
  words: StepWords;
  saving: FlowSaving;
  working: WorkingSteps;
  /** Opens a step's form; null closes it. */
  open(step: string | null): void;
  /** Whose form is open. */
  opened: string | null;
}

const EditorContext = createContext<FlowEditor | null>(null);
export const EditorProvider = EditorContext.Provider;

/** The editor around this part. */
export function useEditor(): FlowEditor {
  const editor = useContext(EditorContext);
  if (editor === null) throw new RangeError('This part of the page stands outside of the flow editor.');
  return editor;
}
