// All flows of the hotline: what each begins with and says first; looking for where something is said; adding, copying and removing flows.
// Opened by /content/:source/flows.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { TextField } from '../../ui/field.tsx';
import { EmptyState, Skeleton } from '../../ui/pieces.tsx';
import { ConflictDialog } from '../conflict-dialog.tsx';
import { ContentFrame } from '../content-frame.tsx';
import { useContentPlace } from '../source.ts';
import { AddFlowDialog } from './add-flow-dialog.tsx';
import { FlowList } from './flow-list.tsx';
import { FlowSearch } from './flow-search.tsx';
import './flows.css';
import { RemoveFlowDialog } from './remove-flow-dialog.tsx';
import { useFlowContent, type FlowContent } from './use-flow-content.ts';
import { useFlowSaving } from './use-flow-saving.ts';

const MIN_SEARCH = 2;

export function FlowsPage(): ReactNode {
  const { t } = useTranslation('flows');
  const { source, canEdit } = useContentPlace();
  const { content, error, retry } = useFlowContent(source);
  const [isAdding, setAdding] = useState(false);
  return (
    <ContentFrame
      tab="flows"
      title={t('list.title')}
      intro={t('list.intro')}
      actions={
        canEdit &&
        content !== null && (
          <Button icon="plus" onPress={() => setAdding(true)}>
            {t('list.add')}
          </Button>
        )
      }
    >
      <ErrorNotice error={error} retry={retry} />
      {content === null && error === null && <Skeleton />}
      {content && <Flows content={content} isAdding={isAdding} onAdded={() => setAdding(false)} />}
    </ContentFrame>
  );
}

function Flows({ content, isAdding, onAdded }: { content: FlowContent; isAdding: boolean; onAdded: () => void }): ReactNode {
  const { t } = useTranslation('flows');
  const { draftId, canEdit } = useContentPlace();
  const [q, setQ] = useState('');
  const [removed, setRemoved] = useState<string | null>(null);
  const saving = useFlowSaving(draftId, (address) =>
    address.startsWith('flows/')
      ? { value: content.valueAt(address), revision: content.revisionAt(address) }
      : { value: null, revision: 0 },
  );
  const flow = removed === null ? undefined : content.flows.get(removed);
  return (
    <>
      <search className="flow-search">
        <TextField label={t('search.label')} hint={t('search.hint')} type="search" value={q} onChange={setQ} />
      </search>
      {q.trim().length >= MIN_SEARCH ? (
        <FlowSearch q={q.trim()} />
      ) : content.flows.size === 0 ? (
        <EmptyState icon="log" title={t('list.empty')}>
          <p>{t('list.empty_help')}</p>
        </EmptyState>
      ) : (
        <FlowList content={content} onRemove={canEdit ? setRemoved : null} />
      )}
      <AddFlowDialog isOpen={isAdding} content={content} saving={saving} onClose={onAdded} />
      {flow && <RemoveFlowDialog flow={flow} content={content} saving={saving} onClose={() => setRemoved(null)} />}
      <ConflictDialog edits={saving.edits} />
    </>
  );
}
