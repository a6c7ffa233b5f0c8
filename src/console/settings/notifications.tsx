// Whether this browser may show notifications. They say that something came, never from whom or what. Used in the settings.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { Badge } from '../ui/pieces.tsx';

export function Notifications(): ReactNode {
  const { t } = useTranslation();
  const [state, setState] = useState<NotificationPermission | 'missing'>(
    typeof Notification === 'undefined' ? 'missing' : Notification.permission,
  );
  return (
    <>
      <p>{t('notifications.intro')}</p>
      <div className="row">
        {state === 'default' && (
          <Button onPress={() => void Notification.requestPermission().then(setState)}>{t('notifications.allow')}</Button>
        )}
        {state === 'granted' && (
          <Badge tone="good" icon="check">
            {t('notifications.on')}
          </Badge>
        )}
        {state === 'denied' && <p>{t('notifications.denied')}</p>}
        {state === 'missing' && <p>{t('notifications.missing')}</p>}
      </div>
    </>
  );
}
