// How far a text is in a language, as a word: missing, drafted, written by a machine, reviewed, or older than its source. Used by every list of texts.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TextState } from '../../api/content-shapes.ts';
import type { IconName } from '../ui/icon.tsx';
import { Badge, type Tone } from '../ui/pieces.tsx';

const LOOKS: Record<TextState, { tone: Tone; icon?: IconName }> = {
  missing: { tone: 'bad', icon: 'alert' },
  drafted: { tone: 'plain', icon: 'edit' },
  'machine-drafted': { tone: 'warn', icon: 'settings' },
  reviewed: { tone: 'good', icon: 'check' },
  stale: { tone: 'warn', icon: 'clock' },
};

export function StateBadge({ state }: { state: TextState }): ReactNode {
  const { t } = useTranslation('content');
  return <Badge {...LOOKS[state]}>{t(`state.${state}`)}</Badge>;
}
