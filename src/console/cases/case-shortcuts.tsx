// Keys that go through the list: j and k from case to case, o opens. Rendered by cases-page.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcut } from '../shortcuts.tsx';
import type { Place } from './use-place.ts';

export function CaseShortcuts({ place }: { place: Place }): ReactNode {
  const { t } = useTranslation('cases');
  const group = t('keys.list');
  const step = (by: 1 | -1): void => {
    const rows = [...document.querySelectorAll<HTMLElement>('[data-case]')];
    const active = rows.indexOf(document.activeElement as HTMLElement);
    const at = active >= 0 ? active : rows.findIndex((row) => row.dataset['case'] === place.caseId);
    rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))]?.focus();
  };
  useShortcut({ keys: 'j', label: t('keys.next'), group, run: () => step(1) });
  useShortcut({ keys: 'k', label: t('keys.previous'), group, run: () => step(-1) });
  useShortcut({
    keys: 'o',
    label: t('keys.open'),
    group,
    run: () => {
      const id = (document.activeElement as HTMLElement | null)?.dataset['case'];
      if (id !== undefined) place.go({ caseId: id });
    },
  });
  return null;
}
