// What is wrong with a draft, worst first, each with a way to the entry to mend. Used wherever content was checked.
// The sentences come from the checks and are written in English.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ProblemView } from '../../api/content-shapes.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { useEntryName } from './entry-name.ts';
import { linkTo } from './link-to.ts';
import './problem-list.css';

const SEVERITIES = ['error', 'warning', 'info'] as const;
/** So many of each show at first. */
const SHOWN = { error: 20, warning: 6, info: 6 } as const;

export function ProblemList({ problems, source }: { problems: readonly ProblemView[]; source: string }): ReactNode {
  const { t } = useTranslation('content');
  const groups = SEVERITIES.map((severity) => ({ severity, found: problems.filter((problem) => problem.severity === severity) }));
  return (
    <div className="problems">
      {groups.map(
        ({ severity, found }) =>
          found.length > 0 && (
            <section key={severity} className={severity}>
              <h3>
                <Icon name={severity === 'info' ? 'help' : 'alert'} />
                {t(`problem.${severity}`, { count: found.length })}
              </h3>
              <p className="quiet small">{t(`problem.${severity}_help`)}</p>
              <Problems problems={found} source={source} most={SHOWN[severity]} />
            </section>
          ),
      )}
    </div>
  );
}

function Problems({ problems, source, most }: { problems: readonly ProblemView[]; source: string; most: number }): ReactNode {
  const { t } = useTranslation('content');
  const [all, setAll] = useState(false);
  const shown = all ? problems : problems.slice(0, most);
  return (
    <>
      <ul>
        {shown.map((problem, index) => (
          <li key={`${problem.file}:${String(problem.line)}:${problem.code}:${String(index)}`}>
            <ProblemLine problem={problem} source={source} />
          </li>
        ))}
      </ul>
      {shown.length < problems.length && (
        <div className="row">
          <Button onPress={() => setAll(true)}>{t('problem.show_all', { count: problems.length })}</Button>
        </div>
      )}
    </>
  );
}

function ProblemLine({ problem, source }: { problem: ProblemView; source: string }): ReactNode {
  const nameOf = useEntryName();
  return (
    <>
      <span lang="en" dir="ltr">
        {problem.message}
      </span>
      {problem.address === null ? (
        <code className="quiet small">
          {problem.file}:{problem.line}
        </code>
      ) : (
        <Link href={linkTo(problem.address, source)} className="small">
          {nameOf(problem.address)}
        </Link>
      )}
    </>
  );
}
