// What the keyboard can do just now, by heading. Opened by `?`; made of what pages registered (shortcuts.tsx).
import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcutList } from '../shortcuts.tsx';
import { Dialog } from '../ui/dialog.tsx';
import './layout.css';

export function HelpSheet({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const list = useShortcutList();
  const shortcuts = isOpen ? list() : [];
  const groups = [...new Set(shortcuts.map(({ group }) => group))];
  return (
    <Dialog title={t('help.title')} isOpen={isOpen} onClose={onClose}>
      {groups.map((group) => (
        <div key={group} className="stack tight">
          <h3>{group}</h3>
          <dl className="keys">
            {shortcuts
              .filter((shortcut) => shortcut.group === group)
              .map(({ keys, label }) => (
                <div key={keys + label}>
                  <dt>{label}</dt>
                  <dd>
                    <Keys keys={keys} />
                  </dd>
                </div>
              ))}
          </dl>
        </div>
      ))}
    </Dialog>
  );
}

function Keys({ keys }: { keys: string }): ReactNode {
  return (
    <span className="row code">
      {keys
        .replace('mod+', /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘ ' : 'Ctrl ')
        .split(' ')
        .map((key, index) => (
          <Fragment key={`${key}-${String(index)}`}>
            <kbd>{key}</kbd>
          </Fragment>
        ))}
    </span>
  );
}
