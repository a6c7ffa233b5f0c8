// Something secret that is shown once: a link, a token, recovery codes. To copy, and where it is a list, to keep as a file.
// Used where invitations, tokens and codes are made. Nothing of it is kept anywhere in the page.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import './shown-once.css';

export interface ShownOnceProps {
  /** What it is: `Invitation link`. */
  label: string;
  lines: readonly string[];
  /** Name of the file to download; none for what should not lie in a folder. */
  file?: string;
}

export function ShownOnce({ label, lines, file }: ShownOnceProps): ReactNode {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(lines.join('\n'));
    setCopied(true);
  };
  return (
    <div className="stack tight">
      <strong>{label}</strong>
      <div className={lines.length > 1 ? 'secret many' : 'secret'} role="group" aria-label={label}>
        {lines.map((line) => (
          <code key={line}>{line}</code>
        ))}
      </div>
      <div className="row">
        <Button icon={copied ? 'check' : 'copy'} onPress={() => void copy()}>
          {t('ui.copy')}
        </Button>
        {file !== undefined && (
          <Button icon="download" onPress={() => download(file, lines)}>
            {t('ui.download')}
          </Button>
        )}
        <span role="status">{copied ? t('ui.copied') : ''}</span>
      </div>
    </div>
  );
}

function download(name: string, lines: readonly string[]): void {
  const url = URL.createObjectURL(new Blob([`${lines.join('\n')}\n`], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
