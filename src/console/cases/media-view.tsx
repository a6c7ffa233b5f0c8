// A picture or voice note of the person: a button until somebody wants to see it, then fetched through our server, which
// has taken its metadata out. Nothing of it stays in the browser's cache. Rendered by message-bubble.tsx.
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineItem } from '../../api/case-operations.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';

type Media = Extract<TimelineItem, { type: 'message' }>['media'][number];

export function MediaView({ caseId, media }: { caseId: string; media: Media }): ReactNode {
  const { t } = useTranslation('cases');
  const [state, setState] = useState<'shut' | 'loading' | 'failed'>('shut');
  const [url, setUrl] = useState<string | null>(null);
  useEffect(
    () => () => {
      if (url !== null) URL.revokeObjectURL(url);
    },
    [url],
  );
  const open = async (): Promise<void> => {
    setState('loading');
    try {
      const path = `/api/v1/cases/${encodeURIComponent(caseId)}/media/${encodeURIComponent(media.id)}`;
      const response = await fetch(path, { cache: 'no-store' });
      if (!response.ok) return setState('failed');
      setUrl(URL.createObjectURL(await response.blob()));
    } catch {
      setState('failed');
    }
  };
  if (media.gone)
    return (
      <p className="media gone">
        <Icon name="lock" size={18} /> {t('media.gone')}
      </p>
    );
  if (url !== null) return <Shown media={media} url={url} onClose={() => (setUrl(null), setState('shut'))} />;
  return (
    <div className="media">
      <p>{t(`media.${media.kind}`)}</p>
      {state === 'failed' && (
        <p className="failed" role="alert">
          {t('media.failed')}
        </p>
      )}
      <Button isDisabled={state === 'loading'} onPress={() => void open()}>
        {t(`media.open_${media.kind}`)}
      </Button>
    </div>
  );
}

function Shown({ media, url, onClose }: { media: Media; url: string; onClose: () => void }): ReactNode {
  const { t } = useTranslation('cases');
  return (
    <div className="media shown">
      {media.kind === 'image' && <img src={url} alt={t('media.image')} />}
      {media.kind === 'audio' && <audio controls src={url} aria-label={t('media.audio')} />}
      {media.kind === 'video' && <video controls src={url} aria-label={t('media.video')} />}
      {media.kind === 'file' && (
        <a className="button" href={url} download>
          {t('media.save_file')}
        </a>
      )}
      <Button tone="plain" onPress={onClose}>
        {t('media.hide')}
      </Button>
    </div>
  );
}
