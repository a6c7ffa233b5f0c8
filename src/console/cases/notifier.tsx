// Calls whoever is signed in when a person waits or writes: the browser's notification without content, a short sound if wanted.
// Only when nobody looks at the console. Rendered by workspace.tsx; switched on by notify-switch.tsx.
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { CaseItem } from '../../api/case-operations.ts';
import { call } from '../api.ts';
import { useLiveEvent } from '../live/live.tsx';
import { useMe } from '../session.tsx';
import { nativeName } from './languages.ts';
import { mayNotify, wantsSound } from './notify-settings.ts';
import { playRing } from './ring-sound.ts';
import { ringFor } from './ringing.ts';

export function Notifier(): ReactNode {
  const { t } = useTranslation('cases');
  const me = useMe();
  const [, go] = useLocation();
  const known = useRef(new Map<string, CaseItem>());
  const hasCases = me.permissions.includes('case.read') || me.permissions.includes('case.interpret');
  const learn = async (): Promise<void> => {
    if (!hasCases) return;
    const page = await call('listCases', { query: { queue: me.permissions.includes('case.read') ? 'mine' : 'interpreting', limit: 100 } });
    for (const item of page.cases) known.current.set(item.id, item);
  };
  useEffect(() => void learn().catch(() => undefined), [me.id]);
  useLiveEvent((event) => {
    if (event.type === 'resync') void learn().catch(() => undefined);
    if (event.type !== 'cases') return;
    for (const item of event.cases) {
      const ring = ringFor(known.current.get(item.id), item, me.id, Date.now());
      known.current.set(item.id, item);
      if (ring === null || !document.hidden) continue;
      if (wantsSound()) playRing();
      // Who, about what and in which words stays in the console: others may see the screen.
      const language = ring.language === null ? '' : nativeName(ring.language);
      if (!mayNotify()) continue;
      const notification = new Notification(t(`ring.${ring.kind}`), { body: language, tag: ring.caseId, silent: true });
      notification.addEventListener('click', () => {
        window.focus();
        go(`/cases/${ring.caseId}`);
      });
    }
    for (const id of event.removed) known.current.delete(id);
  });
  return null;
}
