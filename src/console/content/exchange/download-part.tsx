// Writes texts of a language for translators, or the directory of places, as files. Rendered by exchange-page.tsx.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../api.ts';
import { Button } from '../../ui/button.tsx';
import { OneOf } from '../../ui/choice.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { saveFile } from './files.ts';
import { LanguageSelect } from './language-select.tsx';
import { useLanguages } from './use-languages.ts';

const FORMATS = ['po', 'xliff', 'i18next', 'hsds_json', 'hsds_csv'] as const;
type Format = (typeof FORMATS)[number];

export function DownloadPart({ source }: { source: string }): ReactNode {
  const { t } = useTranslation('content');
  const { tell } = useToasts();
  const languages = useLanguages(source);
  const [format, setFormat] = useState<Format>('po');
  const [chosen, setChosen] = useState<string | null>(null);
  const isTexts = format !== 'hsds_json' && format !== 'hsds_csv';
  const first =
    languages.all.find(({ tag, mine }) => mine && tag !== languages.source) ?? languages.all.find(({ tag }) => tag !== languages.source);
  const language = chosen ?? first?.tag ?? languages.source;
  const write = useAct('exportContent', {
    onSuccess({ files }) {
      for (const { name, type, base64 } of files) saveFile(name, type, base64);
      tell(t('exchange.saved', { count: files.length }));
    },
  });
  return (
    <div className="form">
      <ErrorNotice error={write.error ?? languages.error} />
      <OneOf
        label={t('exchange.format')}
        value={format}
        options={FORMATS.map((value) => ({ value, label: t(`format.${value}`), explained: t(`format.${value}_help`) }))}
        onChange={setFormat}
      />
      {isTexts && languages.all.length > 0 && (
        <LanguageSelect
          label={t('exchange.language')}
          value={language ?? ''}
          tags={languages.all.map(({ tag }) => tag)}
          onChange={setChosen}
        />
      )}
      <div className="row">
        <Button
          tone="primary"
          icon="download"
          isPending={write.isPending}
          isDisabled={isTexts && language === null}
          onPress={() => write.mutate([{ params: { source }, body: { format, language: isTexts ? language : null } }])}
        >
          {t('exchange.download')}
        </Button>
      </div>
    </div>
  );
}
