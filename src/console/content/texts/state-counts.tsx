// How many texts of each language shown are in which state; each number filters. Rendered by texts-page.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { TEXT_STATES } from '../../../api/content-shapes.ts';
import { useFormat } from '../../format.ts';
import { StateBadge } from '../state-badge.tsx';
import type { FilterInUse } from './texts-filter.ts';
import type { Texts } from './use-texts.ts';

export function StateCounts({ texts, inUse }: { texts: Texts; inUse: FilterInUse }): ReactNode {
  const { t } = useTranslation('content');
  const format = useFormat();
  const shown = [...texts.beside, ...(texts.source ? [texts.source] : [])];
  if (Object.keys(texts.counts).length === 0) return null;
  return (
    <dl className="state-counts">
      {shown.map(({ tag }) => (
        <div key={tag}>
          <dt>{format.language(tag)}</dt>
          <dd>
            {TEXT_STATES.map((state) => {
              const count = texts.counts[tag]?.[state] ?? 0;
              const isOn = inUse.filter.state === state;
              if (count === 0 && !isOn) return null;
              return (
                <button
                  key={state}
                  type="button"
                  className="state-count"
                  aria-pressed={isOn}
                  title={t(`state_help.${state}`)}
                  onClick={() => inUse.set({ state: isOn ? '' : state })}
                >
                  <strong>{format.number(count)}</strong>
                  <StateBadge state={state} />
                </button>
              );
            })}
          </dd>
        </div>
      ))}
    </dl>
  );
}
