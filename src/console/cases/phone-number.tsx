// The number that a person writes from: behind a button, because each look is recorded. It goes again by itself. Rendered by side-panel.tsx.
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../api.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Part } from './side-panel-part.tsx';

const SHOWN_MS = 60_000;

export function PhoneNumber({ caseId }: { caseId: string }): ReactNode {
  const { t } = useTranslation('cases');
  const look = useAct('seeNumber', { gcTime: 0 });
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (!shown) return undefined;
    const timer = setTimeout(() => setShown(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  return (
    <Part title={t('number.title')}>
      {shown && look.data ? (
        <p role="status">{look.data.number === null ? t('number.none') : <bdi className="code">{look.data.number}</bdi>}</p>
      ) : (
        <>
          <p className="quiet small">{t('number.recorded')}</p>
          <Button
            isDisabled={look.isPending}
            onPress={() => look.mutate([{ params: { id: caseId } }], { onSuccess: () => setShown(true) })}
          >
            {t('number.show')}
          </Button>
        </>
      )}
      <ErrorNotice error={look.error} />
    </Part>
  );
}
