// The message of a crisis, pinned before everything else: its words in every language, and the hour at which it ends by itself.
// A part of the settings page.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/pieces.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { ConflictDialog } from '../conflict-dialog.tsx';
import { useEdits, type Edits } from '../use-edits.ts';
import { AlertForm } from './alert-form.tsx';
import { NameTexts } from './name-texts.tsx';
import type { Hotline } from './use-hotline.ts';
import type { SettingsPartProps } from './use-setting.ts';

export function AlertPart({ place, hotline, isReadOnly }: SettingsPartProps): ReactNode {
  const { t } = useTranslation('answers');
  const edits = useEdits(place.draftId);
  const until = hotline.settings.alert?.until ?? null;
  return (
    <>
      <AlertState until={until} hotline={hotline} isDraft={place.draftId !== null} edits={edits} isReadOnly={isReadOnly} />
      <ErrorNotice error={edits.error} />
      <h3>{t('alert.words')}</h3>
      <p className="quiet small">{t('alert.words_help')}</p>
      <NameTexts place={place} hotline={hotline} namespace="system" name="alert" label={t('alert.text')} channelMeter />
      {!isReadOnly && (
        <>
          <h3>{t(until === null ? 'alert.switch_on' : 'alert.change_end')}</h3>
          <AlertForm
            // What others changed shows at once.
            key={until}
            until={until}
            hotline={hotline}
            isPending={edits.isPending}
            save={(next) => {
              const entry = hotline.entryOf('alert');
              return edits.save([{ address: ALERT, value: { until: next }, expects: entry?.revision ?? 0 }]);
            }}
          />
        </>
      )}
      <ConflictDialog edits={edits} />
    </>
  );
}

const ALERT = 'flows/settings/hotline.yaml#alert';

interface AlertStateProps {
  until: string | null;
  hotline: Hotline;
  isDraft: boolean;
  edits: Edits;
  isReadOnly: boolean;
}

function AlertState({ until, hotline, isDraft, edits, isReadOnly }: AlertStateProps): ReactNode {
  const { t } = useTranslation('answers');
  const { tell } = useToasts();
  const format = useFormat();
  if (until === null) return <Notice title={t('alert.off')}>{isDraft && <p>{t('alert.publish_to_show')}</p>}</Notice>;
  const isOver = Date.parse(until) <= Date.now();
  const entry = hotline.entryOf('alert');
  const switchOff = async (): Promise<void> => {
    if (await edits.save([{ address: ALERT, value: undefined, expects: entry?.revision ?? 0 }])) tell(t('alert.switched_off'));
  };
  return (
    <Notice
      tone={isOver ? 'plain' : 'warn'}
      title={t(isOver ? 'alert.over' : 'alert.on', {
        when: format.dateTime(Date.parse(until)),
        relative: format.relative(Date.parse(until)),
      })}
    >
      {isDraft && <p>{t('alert.publish_to_show')}</p>}
      {!isReadOnly && (
        <Button tone="danger" icon="close" isPending={edits.isPending} onPress={() => void switchOff()}>
          {t('alert.switch_off')}
        </Button>
      )}
    </Notice>
  );
}
