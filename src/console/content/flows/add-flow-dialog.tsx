// Adds a flow: from a ready beginning, or as a copy of another with all its texts. Opened from the list of flows; leads to the new flow.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { ApiError } from '../../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Select, TextField } from '../../ui/field.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { useContentPlace } from '../source.ts';
import { copySteps } from './copy-steps.ts';
import { planAddFlow, planCopyFlow } from './plan-flow-edits.ts';
import type { PlannedEdit } from './plan-step-edits.ts';
import { TemplateForm } from './template-form.tsx';
import type { Template } from './templates.ts';
import type { FlowContent } from './use-flow-content.ts';
import type { FlowSaving } from './use-flow-saving.ts';
import { readAllTexts } from './use-loaded-texts.ts';

const FLOW_ID = /^[a-z][a-z0-9_]{0,40}$/;

export interface AddFlowDialogProps {
  isOpen: boolean;
  content: FlowContent;
  saving: FlowSaving;
  onClose: () => void;
}

export function AddFlowDialog({ isOpen, ...props }: AddFlowDialogProps): ReactNode {
  const { t } = useTranslation('flows');
  return (
    <Dialog title={t('new.title')} size="wide" isOpen={isOpen} onClose={props.onClose}>
      <AddFlow {...props} />
    </Dialog>
  );
}

type AddFlowProps = Omit<AddFlowDialogProps, 'isOpen'>;

function AddFlow(props: AddFlowProps): ReactNode {
  const { t } = useTranslation('flows');
  const { content } = props;
  const { source } = useContentPlace();
  const [id, setId] = useState('');
  const { add, wrong, isPending, error } = useAddFlow(props, id);
  return (
    <div className="stack in-dialog">
      <ErrorNotice error={error} />
      <TextField
        label={t('new.name')}
        hint={t('new.name_hint')}
        ltr
        autoFocus
        isRequired
        value={id}
        wrong={wrong}
        onChange={(next) => setId(next.toLowerCase().replaceAll(/[\s-]+/g, '_'))}
      />
      <Tabs
        label={t('new.ways')}
        tabs={[
          {
            id: 'template',
            label: t('new.template'),
            content: () => (
              <TemplateForm
                hotline={content.hotline}
                flows={content.flows}
                language={content.hotline.sourceLanguage}
                submit={t('new.submit')}
                isPending={isPending}
                onMake={(template) => add(() => Promise.resolve(planFromTemplate(id, template)))}
              />
            ),
          },
          {
            id: 'copy',
            label: t('new.copy'),
            content: () => (
              <CopyFlow content={content} isPending={isPending} onCopy={(from) => add(() => planCopy(source, content, from, id))} />
            ),
          },
        ]}
      />
    </div>
  );
}

interface Adding {
  /** Saves what is planned, once there is a name for it, and goes there. */
  add: (plan: () => Promise<PlannedEdit[]>) => void;
  /** Of the name; null until somebody tried with it. */
  wrong: string | null;
  isPending: boolean;
  error: ApiError | null;
}

function useAddFlow({ content, saving, onClose }: AddFlowProps, id: string): Adding {
  const { t } = useTranslation('flows');
  const { source } = useContentPlace();
  const [, go] = useLocation();
  const [isTried, setTried] = useState(false);
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const wrong = FLOW_ID.test(id) ? (content.flows.has(id) ? t('new.taken') : null) : t('fault.bad_id');
  const onSaved = (): void => {
    onClose();
    go(`/content/${source}/flows/${id}`);
  };
  return {
    wrong: isTried ? wrong : null,
    isPending,
    error: error ?? saving.edits.error,
    add(plan) {
      setTried(true);
      if (wrong !== null) return;
      setPending(true);
      setError(null);
      void plan()
        .then((planned) => saving.save(planned, { onSaved }))
        .catch((thrown: unknown) => {
          if (!(thrown instanceof ApiError)) throw thrown;
          setError(thrown);
        })
        .finally(() => setPending(false));
    },
  };
}

function planFromTemplate(id: string, { flow, texts }: Template): PlannedEdit[] {
  const into = { id, head: {}, steps: [], isNew: true };
  const copied = copySteps({ from: flow, steps: flow.steps.map((step) => step.id), into, texts, takenKeys: new Set() });
  return planAddFlow(id, {}, copied.steps, copied.texts);
}

async function planCopy(source: string, content: FlowContent, from: string, id: string): Promise<PlannedEdit[]> {
  const flow = content.flows.get(from);
  if (flow === undefined) return [];
  const found = await readAllTexts(
    source,
    from,
    content.hotline.knownLanguages.map(({ tag }) => tag),
  );
  return planCopyFlow(flow, id, new Map([...found].map(([address, { value }]) => [address, value])));
}

function CopyFlow({ content, isPending, onCopy }: { content: FlowContent; isPending: boolean; onCopy: (from: string) => void }): ReactNode {
  const { t } = useTranslation('flows');
  const [from, setFrom] = useState('');
  return (
    <div className="stack">
      <Select
        label={t('new.from')}
        value={from}
        options={[{ value: '', label: t('field_choose') }, ...[...content.flows.keys()].map((value) => ({ value, label: value }))]}
        onChange={setFrom}
      />
      <p className="quiet small">{t('new.copy_help')}</p>
      <div className="row">
        <Button tone="primary" icon="copy" isPending={isPending} isDisabled={from === ''} onPress={() => onCopy(from)}>
          {t('new.copy_submit')}
        </Button>
      </div>
    </div>
  );
}
