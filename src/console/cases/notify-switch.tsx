// The button behind which notifications and the sound are switched on. The browser is asked only from here. Rendered by inbox-head.tsx.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../ui/button.tsx';
import { Switch } from '../ui/choice.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/pieces.tsx';
import { askToNotify, canNotify, mayNotify, setSound, stopNotifying, wantsSound } from './notify-settings.ts';
import { playRing } from './ring-sound.ts';

export function NotifySwitch(): ReactNode {
  const { t } = useTranslation('cases');
  const [open, setOpen] = useState(false);
  const [calls, setCalls] = useState(mayNotify);
  const [sound, setSounds] = useState(wantsSound);
  const [refused, setRefused] = useState(false);
  const switchCalls = async (on: boolean): Promise<void> => {
    if (!on) stopNotifying();
    else setRefused((await askToNotify()) === 'denied');
    setCalls(mayNotify());
  };
  return (
    <>
      <IconButton icon="bell" label={t('notify.open')} onPress={() => setOpen(true)} />
      <Dialog title={t('notify.title')} isOpen={open} onClose={() => setOpen(false)}>
        <p>{t('notify.what')}</p>
        {canNotify() ? (
          <Switch label={t('notify.calls')} explained={t('notify.calls_help')} isSelected={calls} onChange={(on) => void switchCalls(on)} />
        ) : (
          <p className="quiet">{t('notify.impossible')}</p>
        )}
        {refused && <Notice tone="warn">{t('notify.refused')}</Notice>}
        <Switch
          label={t('notify.sound')}
          isSelected={sound}
          onChange={(on) => {
            setSound(on);
            setSounds(on);
            if (on) playRing();
          }}
        />
      </Dialog>
    </>
  );
}
