// Takes files into the draft: chosen, looked at without changing anything, and only then taken in. Rendered by exchange-page.tsx.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useAct, type Answer, type CallArguments } from '../../api.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Select } from '../../ui/field.tsx';
import { Notice } from '../../ui/pieces.tsx';
import { CONTENT_READS } from '../use-edits.ts';
import { FilePicker } from './file-picker.tsx';
import type { OwnFile } from './files.ts';
import { ENDINGS, formatOf, IMPORT_FORMATS, type ImportFormat } from './import-format.ts';
import { ImportOptions, type Options } from './import-options.tsx';
import { ImportReport } from './import-report.tsx';

const NO_OPTIONS: Options = { language: null, overwriteReviewed: false, locality: null, topic: null };

export function UploadPart({ draftId }: { draftId: string }): ReactNode {
  const { t } = useTranslation('content');
  const [kind, setKind] = useState<ImportFormat>('po');
  const [files, setFiles] = useState<readonly OwnFile[]>([]);
  const [options, setOptions] = useState(NO_OPTIONS);
  const look = useAct('importContent');
  const take = useAct('importContent', { changes: CONTENT_READS });
  const given = (dryRun: boolean): CallArguments<'importContent'> => [
    { params: { id: draftId }, body: { format: kind, files: [...files], ...options, dryRun } },
  ];
  const forget = (): void => {
    look.reset();
    take.reset();
  };
  const choose = (chosen: readonly OwnFile[]): void => {
    forget();
    setFiles(chosen);
    setKind(formatOf(chosen.map(({ name }) => name)) ?? kind);
  };
  return (
    <div className="form upload">
      <Select
        label={t('exchange.format')}
        hint={t(`format.${kind}_in`)}
        value={kind}
        options={IMPORT_FORMATS.map((value) => ({ value, label: t(`format.${value}`) }))}
        onChange={(next) => {
          forget();
          setKind(next);
        }}
      />
      <FilePicker endings={ENDINGS[kind]} files={files} onChoose={choose} />
      <ImportOptions
        place={draftId}
        kind={kind}
        options={options}
        onChange={(next) => {
          forget();
          setOptions(next);
        }}
      />
      <ErrorNotice error={look.error ?? take.error} />
      <div className="row">
        <Button icon="search" isDisabled={files.length === 0} isPending={look.isPending} onPress={() => look.mutate(given(true))}>
          {t('import.look')}
        </Button>
        {files.length === 0 && <span className="small quiet">{t('import.choose_first')}</span>}
      </div>
      {look.data && take.data?.applied !== true && (
        <ImportReport answer={look.data} source={draftId}>
          <div className="row">
            <Button
              tone="primary"
              icon="check"
              isDisabled={look.data.changes === 0}
              isPending={take.isPending}
              onPress={() => take.mutate(given(false))}
            >
              {t('import.take', { count: look.data.changes })}
            </Button>
          </div>
        </ImportReport>
      )}
      {take.data && <Taken answer={take.data} draftId={draftId} />}
    </div>
  );
}

function Taken({ answer, draftId }: { answer: Answer<'importContent'>; draftId: string }): ReactNode {
  const { t } = useTranslation('content');
  if (!answer.applied) return <ImportReport answer={answer} source={draftId} />;
  return (
    <Notice tone="good" title={t('import.taken', { count: answer.changes })}>
      <p>{t('import.taken_help')}</p>
      <Link href={`/content/${draftId}/changes`}>{t('import.see')}</Link>
    </Notice>
  );
}
