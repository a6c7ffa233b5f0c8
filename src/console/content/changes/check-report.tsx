// What checking a draft found: problems with ways to mend them, and rehearsed conversations that went otherwise than they should. Used by way-out.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { CheckView } from '../../../api/content-shapes.ts';
import { addressOf } from '../../../release/entry.ts';
import { linkTo } from '../link-to.ts';
import { ProblemList } from '../problem-list.tsx';
import { isolated } from '../isolated.ts';

export function CheckReport({ check, source }: { check: CheckView; source: string }): ReactNode {
  const { t } = useTranslation('content');
  const { passed, failed } = check.transcripts;
  return (
    <>
      {check.problems.length === 0 ? <p>{t('check.no_problems')}</p> : <ProblemList problems={check.problems} source={source} />}
      <div className="transcripts">
        <h3>{t('check.transcripts')}</h3>
        <p>
          {passed + failed.length === 0 ? t('check.no_transcripts') : t('check.passed', { count: passed })}
          {failed.length > 0 && <> · {t('check.failed', { count: failed.length })}</>}
        </p>
        {failed.length > 0 && (
          <ul>
            {failed.map((one) => (
              <li key={`${one.file} ${String(one.entry)}`}>
                <Link href={linkTo(addressOf(one.file, 'transcript'), source)}>
                  {t('check.where', { file: isolated(one.file.split('/').at(-1) ?? one.file), entry: one.entry })}
                </Link>
                <div>
                  <div className="small quiet">{t('check.expected')}</div>
                  <code>{one.expected}</code>
                </div>
                <div>
                  <div className="small quiet">{t('check.said')}</div>
                  <p className="text-shown" dir="auto">
                    {one.said}
                  </p>
                </div>
              </li>
            ))}
          </ul>
        )}
      </div>
    </>
  );
}
