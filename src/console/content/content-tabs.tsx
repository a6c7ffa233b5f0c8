// The pages of the editor as links beside each other. Rendered by content-frame.tsx.
// A link that was followed has the keyboard again on the page that it opened.
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useRead } from '../api.ts';
import { useFormat } from '../format.ts';
import { foldReviews } from './changes/fold-reviews.ts';
import { useContentPlace } from './source.ts';

export const CONTENT_TABS = ['changes', 'texts', 'answers', 'places', 'flows', 'settings', 'preview', 'exchange'] as const;
export type ContentTab = (typeof CONTENT_TABS)[number];

let followed: ContentTab | null = null;

export function ContentTabs({ tab }: { tab: ContentTab }): ReactNode {
  const { t } = useTranslation('content');
  const format = useFormat();
  const { source, draftId } = useContentPlace();
  const read = useRead('readDraft', [{ params: { id: draftId ?? '' } }], { enabled: draftId !== null });
  const changes = draftId === null ? 0 : foldReviews(read.data?.differences ?? []).length;
  const current = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    const show = (): void => current.current?.scrollIntoView({ block: 'nearest', inline: 'center' });
    show();
    // Letters that the device lacks come a moment later and are of another width.
    void document.fonts.ready.then(show);
    if (followed === tab) current.current?.focus({ preventScroll: true });
    followed = null;
  }, [tab]);
  return (
    <nav className="content-tabs" aria-label={t('tab.label')}>
      {CONTENT_TABS.map((one) => (
        <Link
          key={one}
          ref={one === tab ? current : undefined}
          href={`/content/${source}/${one}`}
          aria-current={one === tab ? 'page' : undefined}
          onClick={() => (followed = one)}
        >
          {t(`tab.${one}`)}
          {one === 'changes' && changes > 0 && (
            <span className="count">
              {format.number(changes)}
              <span className="only-heard"> {t('tab.changes_count', { count: changes })}</span>
            </span>
          )}
        </Link>
      ))}
    </nav>
  );
}
