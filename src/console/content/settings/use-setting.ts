// One setting of the hotline under a form: as it is written, or what usually stands there. Used by the parts of the settings page.
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { HotlineSettings } from '../../../domain/content.ts';
import { addressOf } from '../../../release/entry.ts';
import type { ContentPlace } from '../source.ts';
import { useEdits } from '../use-edits.ts';
import { useKeptValue, type Kept } from './use-kept-value.ts';
import { SETTINGS_FILE, type Hotline } from './use-hotline.ts';

type Shape = (typeof HotlineSettings)['shape'];
export type SettingKey = keyof Shape;
/** As it is written: what is usual is left out. */
export type Written<K extends SettingKey> = z.input<Shape[K]>;

/** What each part of the settings is given. */
export interface SettingsPartProps {
  place: ContentPlace;
  hotline: Hotline;
  isReadOnly: boolean;
}

/** @param usual what stands in the form where the setting is absent or wrong */
export function useSetting<K extends SettingKey>(
  key: K,
  { place, hotline }: Pick<SettingsPartProps, 'place' | 'hotline'>,
  usual: NonNullable<Written<K>>,
): Kept<NonNullable<Written<K>>> {
  const { t } = useTranslation('answers');
  const edits = useEdits(place.draftId);
  const entry = hotline.entryOf(key);
  const schema: z.ZodType = HotlineSettings.shape[key];
  const isSound = entry?.value !== undefined && schema.safeParse(entry.value).success;
  return useKeptValue<NonNullable<Written<K>>>({
    address: addressOf(SETTINGS_FILE, key),
    // What could be parsed has the shape of what is written.
    value: isSound ? (entry.value as NonNullable<Written<K>>) : usual,
    revision: entry?.revision ?? 0,
    schema,
    edits,
    lostText: t('kept.lost'),
  });
}
