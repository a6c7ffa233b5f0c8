// What the answer search found: the outcome in words, then each answer with its score as a bar, on which the two bars are marked.
// Rendered by try-question.tsx and by the page of questions.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AskView } from '../../../api/content-shapes.ts';
import { tagDirection } from '../tag-direction.ts';
import { useFormat } from '../../format.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/pieces.tsx';
import { ProblemList } from '../problem-list.tsx';
import { isolated } from '../isolated.ts';

export interface AskResultProps {
  view: AskView;
  source: string;
  language: string;
  open: (id: string) => void;
  /** What pressing an answer does; opening it where it is left out. */
  openLabel?: string;
}

const TONES = { answer: 'good', choose: 'plain', none: 'warn', danger: 'bad' } as const;

export function AskResult({ view, source, language, open, openLabel }: AskResultProps): ReactNode {
  const { t } = useTranslation('answers');
  if (view.problems.length > 0)
    return (
      <Notice tone="warn" title={t('try.problems')}>
        <ProblemList problems={view.problems} source={source} />
      </Notice>
    );
  return (
    <div className="stack">
      <Notice tone={TONES[view.outcome]} title={t(`try.outcome_${view.outcome}`, { title: isolated(view.ranked[0]?.title ?? '') })}>
        <p>{t(`try.why_${view.outcome}`)}</p>
      </Notice>
      {view.ranked.length > 0 && (
        <>
          <Bars view={view} />
          <ol className="score-list" aria-label={t('try.ranking')}>
            {view.ranked.map((found) => (
              <li key={found.id}>
                <Score found={found} view={view} language={language} onOpen={() => open(found.id)} openLabel={openLabel ?? t('try.open')} />
              </li>
            ))}
          </ol>
        </>
      )}
    </div>
  );
}

/** What the two marks mean, with their figures. */
function Bars({ view: { high, low } }: { view: AskView }): ReactNode {
  const { t } = useTranslation('answers');
  const format = useFormat();
  return <p className="quiet small">{t('try.bars', { high: format.number(inHundred(high)), low: format.number(inHundred(low)) })}</p>;
}

interface ScoreProps {
  found: AskView['ranked'][number];
  view: AskView;
  language: string;
  onOpen: () => void;
  openLabel: string;
}

function Score({ found, view: { high, low }, language, onOpen, openLabel }: ScoreProps): ReactNode {
  const { t } = useTranslation('answers');
  const format = useFormat();
  const level = found.score >= high ? 'high' : found.score >= low ? 'middle' : 'low';
  const spoken = { lang: language, dir: tagDirection(language) };
  return (
    <div className="score">
      <div className="first">
        <strong {...spoken}>{found.title}</strong>
        <span>{t(`try.level_${level}`, { score: format.number(inHundred(found.score)) })}</span>
      </div>
      <ScoreBar score={found.score} high={high} low={low} level={level} />
      <div className="first">
        {found.phrasing === null ? (
          <span className="quiet small">{t('try.no_phrasing')}</span>
        ) : (
          <span className="quiet small">
            {t('try.phrasing')} <q {...spoken}>{found.phrasing}</q>
          </span>
        )}
        <Button tone="plain" icon="next" aria-label={`${openLabel}: ${found.title}`} onPress={onOpen}>
          {openLabel}
        </Button>
      </div>
    </div>
  );
}

function ScoreBar({ score, high, low, level }: { score: number; high: number; low: number; level: string }): ReactNode {
  const place = (value: number): number => Math.min(100, Math.max(0, value * 100));
  return (
    <svg className="score-bar" viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true">
      <rect className={`reached ${level}`} x="0" y="0" width={place(score)} height="14" />
      {/* Light below dark: seen on every ground. */}
      <line className="mark below" x1={place(low)} x2={place(low)} y1="0" y2="14" />
      <line className="mark low" x1={place(low)} x2={place(low)} y1="0" y2="14" />
      <line className="mark below" x1={place(high)} x2={place(high)} y1="0" y2="14" />
      <line className="mark high" x1={place(high)} x2={place(high)} y1="0" y2="14" />
    </svg>
  );
}

function inHundred(score: number): number {
  return Math.round(score * 100);
}
