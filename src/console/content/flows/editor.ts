// What the parts of the flow editor share: the flow, what the page's own check says of it, texts and words; and, apart from it, the tools to
// change it. The first stays the same while somebody types, so that a long flow is not drawn anew with every letter. Made by
// use-flow-editor.ts, read by everything below flow-editor-page.tsx. Types and contexts only.
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
  /** Steps with something that is not saved. */
  unsaved: ReadonlySet<string>;
  /** Opens a step's form; null closes it. */
  open(step: string | null): void;
}

/** These change with every letter. */
export interface EditorTools {
  saving: FlowSaving;
  working: WorkingSteps;
}

export type EditorWork = FlowEditor & EditorTools & { opened: string | null };

const ToolsContext = createContext<EditorTools | null>(null);
export const ToolsProvider = ToolsContext.Provider;
const EditorContext = createContext<FlowEditor | null>(null);
export const EditorProvider = EditorContext.Provider;

/** Apart from the rest: opening another step must not draw all of them anew. */
const OpenedContext = createContext<string | null>(null);
export const OpenedProvider = OpenedContext.Provider;

/** Whose form is open. */
export function useOpened(): string | null {
  return useContext(OpenedContext);
}

/** The editor around this part. */
export function useEditor(): FlowEditor {
  const editor = useContext(EditorContext);
  if (editor === null) throw new RangeError('This part of the page stands outside of the flow editor.');
  return editor;
}

/** The editor with its tools: for what changes something. */
export function useEditorWork(): EditorWork {
  const editor = useEditor();
  const tools = useContext(ToolsContext);
  const opened = useOpened();
  if (tools === null) throw new RangeError('This part of the page stands outside of the flow editor.');
  return { ...editor, ...tools, opened };
}
