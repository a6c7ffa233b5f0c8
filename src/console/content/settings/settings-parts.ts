// The parts of the settings page, in their order, and in which of them an entry stands. Used by the settings page. Pure.
import { kindOf, partsOf } from '../../../release/entry.ts';

export const SETTINGS_PARTS = [
  'alert',
  'languages',
  'area',
  'desk',
  'emergency',
  'private',
  'keeping',
  'limits',
  'prices',
  'publishing',
  'ways',
  'channels',
  'topics',
  'localities',
] as const;
export type SettingsPartName = (typeof SETTINGS_PARTS)[number];

const BY_SETTING: Record<string, SettingsPartName> = {
  alert: 'alert',
  languages: 'languages',
  required_languages: 'languages',
  source_language: 'languages',
  default_language: 'languages',
  localities: 'area',
  timezone: 'area',
  desk: 'desk',
  emergency_numbers: 'emergency',
  private_lane_signed: 'private',
  retention: 'keeping',
  complaint_answer_days: 'limits',
  sensitive_complaint_hours: 'limits',
  limits: 'limits',
  prices: 'prices',
  publishing: 'publishing',
  whatsapp_templates: 'ways',
  public_numbers: 'ways',
  entry_flow: 'ways',
  menu_flow: 'ways',
  demonstration: 'ways',
};

/** The part that shows an entry; null where none does. */
export function partOfEntry(address: string | null): SettingsPartName | null {
  if (address === null) return null;
  const kind = kindOf(address);
  if (kind === 'topic') return 'topics';
  if (kind === 'locality') return 'localities';
  if (kind === 'language') return 'languages';
  return kind === 'setting' ? (BY_SETTING[partsOf(address).key] ?? null) : null;
}
