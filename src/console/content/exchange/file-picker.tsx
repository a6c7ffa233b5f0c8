// Chooses files of this computer and reads them; says so when they are too large or cannot be read. Used by upload-part.tsx.
import { useState, type ReactNode } from 'react';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format.ts';
import { Button } from '../../ui/button.tsx';
import { MAX_BYTES, readFile, type OwnFile } from './files.ts';

export interface FilePickerProps {
  /** Endings that the picker offers: `.po`. */
  endings: readonly string[];
  files: readonly OwnFile[];
  onChoose: (files: readonly OwnFile[]) => void;
}

export function FilePicker({ endings, files, onChoose }: FilePickerProps): ReactNode {
  const { t } = useTranslation('content');
  const format = useFormat();
  const [wrong, setWrong] = useState<string | null>(null);
  const megabytes = format.number(MAX_BYTES / 1_000_000);
  const read = async (list: FileList | null): Promise<void> => {
    const chosen = [...(list ?? [])];
    const size = chosen.reduce((sum, file) => sum + file.size, 0);
    if (size > MAX_BYTES) {
      setWrong(t('import.too_large', { megabytes }));
      onChoose([]);
      return;
    }
    const all = await Promise.all(chosen.map(readFile));
    const good = all.filter((file) => file !== null);
    setWrong(good.length < all.length ? t('import.unreadable') : null);
    onChoose(good.length < all.length ? [] : good);
  };
  return (
    <div className="field" role="group" aria-label={t('import.files')}>
      <span className="label">{t('import.files')}</span>
      <div className="row">
        <FileTrigger acceptedFileTypes={[...endings]} allowsMultiple onSelect={(list) => void read(list)}>
          <Button icon="plus">{t(files.length === 0 ? 'import.choose' : 'import.choose_others')}</Button>
        </FileTrigger>
        <span role="status">
          {files.map(({ name }) => (
            <bdi key={name} className="chosen-file">
              {name}
            </bdi>
          ))}
        </span>
      </div>
      <span className={wrong === null ? 'hint' : 'wrong'} role={wrong === null ? undefined : 'alert'}>
        {wrong ?? t('import.files_hint', { megabytes })}
      </span>
    </div>
  );
}
