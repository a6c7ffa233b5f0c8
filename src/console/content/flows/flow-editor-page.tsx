// One flow: as an outline or drawn, its head, its problems, and the form of the step that is open beside it. Opened by
// /content/:source/flows/:flow; which view and which step stand in the address, so that links lead there and the way back works.
import { Suspense, lazy, useDeferredValue, useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'wouter';
import { useFormat } from '../../format.ts';
import { useShortcut } from '../../shortcuts.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Select } from '../../ui/field.tsx';
import { Badge, EmptyState, Skeleton } from '../../ui/pieces.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { ConflictDialog } from '../conflict-dialog.tsx';
import { ContentFrame } from '../content-frame.tsx';
import { useContentPlace } from '../source.ts';
import type { EditedFlow } from './edited-flow.ts';
import { EditorProvider, OpenedProvider, ToolsProvider, useEditor, useEditorWork } from './editor.ts';
import { FlowFaults } from './flow-faults.tsx';
import { FlowHeadForm } from './flow-head-form.tsx';
import { FlowOutline } from './flow-outline.tsx';
import './flows.css';
import { StepPanel } from './step-panel.tsx';
import { useFlowContent, type FlowContent } from './use-flow-content.ts';
import { useFlowEditor } from './use-flow-editor.ts';
import { useStable } from './use-stable.ts';

const FlowGraphView = lazy(() => import('./flow-graph-view.tsx'));
const VIEWS = ['outline', 'graph', 'head', 'faults'] as const;

export function FlowEditorPage(): ReactNode {
  const { t } = useTranslation('flows');
  const { source } = useContentPlace();
  const { flow: id = '' } = useParams<{ flow?: string }>();
  const { content, error, retry } = useFlowContent(source);
  const flow = content?.flows.get(id);
  const preview = `/content/${source}/preview?${new URLSearchParams({ flow: id })}`;
  return (
    <ContentFrame
      tab="flows"
      title={t('editor.title', { flow: id })}
      actions={
        flow && (
          <div className="row">
            <Link href={`/content/${source}/flows`}>{t('editor.all')}</Link>
            <Link className="button" href={preview}>
              {t('editor.play')}
            </Link>
          </div>
        )
      }
    >
      <ErrorNotice error={error} retry={retry} />
      {content === null && error === null && <Skeleton />}
      {content !== null && flow === undefined && (
        <EmptyState icon="alert" title={t('editor.gone')}>
          <p>{t('editor.gone_help')}</p>
          <Link href={`/content/${source}/flows`}>{t('editor.all')}</Link>
        </EmptyState>
      )}
      {content && flow && <Editor key={`${source}/${id}`} content={content} flow={flow} />}
    </ContentFrame>
  );
}

function Editor({ content, flow }: { content: FlowContent; flow: EditedFlow }): ReactNode {
  const place = useContentPlace();
  const { i18n } = useTranslation();
  const { hotline } = content;
  const isOffered = hotline.languages.some(({ tag }) => tag === i18n.language);
  const [language, setLanguage] = useState(isOffered ? i18n.language : hotline.sourceLanguage);
  const { opened, open, view, setView } = useAddress();
  // The row says at once that it is open; its form, which is much more to draw, follows without holding up what is typed or pressed.
  const drawn = useDeferredValue(opened);
  const { editor, tools } = useFlowEditor({ ...place, content, flow, language, open });
  return (
    <EditorProvider value={editor}>
      <ToolsProvider value={tools}>
        <OpenedProvider value={opened}>
          <Bar language={language} onLanguage={setLanguage} />
          {opened === null && <ErrorNotice error={tools.saving.edits.error} />}
          <ErrorNotice error={editor.texts.error} />
          <div className="flow-editor" data-open={drawn !== null}>
            <Views view={view} onView={setView} />
            {drawn !== null && <StepPanel id={drawn} />}
          </div>
          <ConflictDialog edits={tools.saving.edits} />
        </OpenedProvider>
      </ToolsProvider>
    </EditorProvider>
  );
}

interface Address {
  opened: string | null;
  open: (step: string | null) => void;
  view: string;
  setView: (view: string) => void;
}

/** `?view=graph&step=age`. */
function useAddress(): Address {
  const [query, setQuery] = useSearchParams();
  const opened = query.get('step');
  const view = VIEWS.find((one) => one === query.get('view')) ?? 'outline';
  useReturningFocus(opened);
  const set = useStable((name: string, value: string | null): void =>
    setQuery(
      (before) => {
        const next = new URLSearchParams(before);
        if (value === null) next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: name === 'view' },
    ),
  );
  const open = useStable((step: string | null): void => {
    if (step !== opened) set('step', step);
  });
  return { opened, open, view, setView: (next) => set('view', next) };
}

/** Where a form is closed, the keyboard goes on at its step. */
function useReturningFocus(opened: string | null): void {
  const last = useRef(opened);
  useEffect(() => {
    const closed = last.current;
    last.current = opened;
    if (opened !== null || closed === null) return;
    const name = CSS.escape(closed);
    document.querySelector<HTMLElement>(`.steps [data-key="${name}"], .step-node[data-step="${name}"]`)?.focus();
  }, [opened]);
}

function Bar({ language, onLanguage }: { language: string; onLanguage: (tag: string) => void }): ReactNode {
  const { t } = useTranslation('flows');
  const format = useFormat();
  const { content, saving } = useEditorWork();
  const { redo } = saving;
  useShortcut(redo === null ? null : { keys: 'mod+y', label: t('editor.redo'), group: t('keys'), run: redo });
  return (
    <div className="editor-bar">
      <Select
        label={t('editor.language')}
        quietLabel
        value={language}
        options={content.hotline.languages.map(({ tag }) => ({
          value: tag,
          label: t('editor.texts_in', { language: format.language(tag) }),
        }))}
        onChange={onLanguage}
      />
      {redo !== null && (
        <Button icon="undo" isPending={saving.edits.isPending} onPress={redo}>
          {t('editor.redo')}
        </Button>
      )}
    </div>
  );
}

function Views({ view, onView }: { view: string; onView: (view: string) => void }): ReactNode {
  const { t } = useTranslation('flows');
  const { faults, texts } = useEditor();
  const wrong = faults.filter(({ severity }) => severity === 'error').length;
  return (
    <div className="views">
      <Tabs
        label={t('editor.views')}
        selected={view}
        onSelect={onView}
        tabs={[
          { id: 'outline', label: t('editor.outline'), content: () => (texts.isPending ? <Skeleton /> : <FlowOutline />) },
          {
            id: 'graph',
            label: t('editor.graph'),
            content: () => <Suspense fallback={<Skeleton />}>{texts.isPending ? <Skeleton /> : <FlowGraphView />}</Suspense>,
          },
          { id: 'head', label: t('editor.head'), content: () => <FlowHeadForm /> },
          {
            id: 'faults',
            label: (
              <>
                {t('editor.faults')}
                {wrong > 0 && (
                  <Badge tone="bad" icon="alert">
                    {wrong}
                  </Badge>
                )}
              </>
            ),
            content: () => <FlowFaults />,
          },
        ]}
      />
    </div>
  );
}
