// What is wrong with the flow: what the page itself finds, as one edits, each with the way to its step; and, on demand, every check and every
// transcript of the draft as the service runs them. Rendered by flow-editor-page.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/pieces.tsx';
import { CheckReport } from '../changes/check-report.tsx';
import { useCheck } from '../changes/use-check.ts';
import { isDraft, useContentPlace } from '../source.ts';
import type { FlowFault } from './check-flows.ts';
import { useEditor } from './editor.ts';
import { useFaultWords } from './fault-words.ts';

export function FlowFaults(): ReactNode {
  const { t } = useTranslation('flows');
  const { faults, source } = useEditor();
  return (
    <div className="stack">
      <p className="quiet">{t('faults.intro')}</p>
      {faults.length === 0 ? (
        <Notice tone="good" title={t('faults.none')} />
      ) : (
        <ul className="flow-faults">
          {faults.map((fault) => (
            <li key={`${fault.step ?? ''}-${fault.code}-${fault.path.join('.')}-${fault.message}`}>
              <FaultLine fault={fault} />
            </li>
          ))}
        </ul>
      )}
      {isDraft(source) && <WholeCheck draftId={source} />}
    </div>
  );
}

function FaultLine({ fault }: { fault: FlowFault }): ReactNode {
  const { t } = useTranslation('flows');
  const { words, open } = useEditor();
  const { text, detail } = useFaultWords()(fault);
  const { step } = fault;
  return (
    <>
      <Icon name="alert" />
      <div className="stack tight">
        <strong>{text}</strong>
        {detail !== null && (
          <span className="small" lang="en" dir="ltr">
            {detail}
          </span>
        )}
        {step === null ? (
          <span className="small quiet">{t('faults.in_flow')}</span>
        ) : (
          <span className="row">
            <Button icon="edit" onPress={() => open(step)}>
              {words.option(step)}
            </Button>
          </span>
        )}
      </div>
    </>
  );
}

function WholeCheck({ draftId }: { draftId: string }): ReactNode {
  const { t } = useTranslation('flows');
  const { draft } = useContentPlace();
  const { last, run, isPending, error } = useCheck(draftId);
  const isOld = last !== null && draft !== null && last.revision < draft.revision;
  return (
    <section className="section">
      <h2>{t('faults.whole')}</h2>
      <p>{t('faults.whole_help')}</p>
      <div className="row">
        <Button icon="check" isPending={isPending} onPress={run}>
          {t('faults.check')}
        </Button>
        <span role="status">{isPending ? t('faults.checking') : isOld ? t('faults.old') : ''}</span>
      </div>
      <ErrorNotice error={error} retry={run} />
      {last !== null && <CheckReport check={last} source={draftId} />}
    </section>
  );
}
