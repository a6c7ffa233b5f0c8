// Where something is said: texts, steps and answers that hold some words or an id, each with the flow and step that uses it.
// Rendered by flows-page.tsx while somebody looks for something.
import { keepPreviousData } from '@tanstack/react-query';
import { useDeferredValue, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useRead, type Answer } from '../../api.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { EmptyState, Skeleton } from '../../ui/pieces.tsx';
import { useEntryName } from '../entry-name.ts';
import { linkTo, linkToStep } from '../link-to.ts';
import { useContentPlace } from '../source.ts';

type Hit = Answer<'searchContent'>['hits'][number];

export function FlowSearch({ q }: { q: string }): ReactNode {
  const { t } = useTranslation('flows');
  const { source } = useContentPlace();
  const asked = useDeferredValue(q);
  const read = useRead('searchContent', [{ params: { source }, query: { q: asked } }], { placeholderData: keepPreviousData });
  const hits = read.data?.hits ?? [];
  if (read.isPending) return <Skeleton lines={4} />;
  return (
    <section className="stack" aria-label={t('search.results')}>
      <ErrorNotice error={read.error} retry={() => void read.refetch()} />
      <p role="status">{t('search.found', { count: hits.length })}</p>
      {hits.length === 0 && read.error === null && (
        <EmptyState icon="search" title={t('search.none')}>
          <p>{t('search.none_help')}</p>
        </EmptyState>
      )}
      <ul className="hits">
        {hits.map((hit) => (
          <li key={hit.address}>
            <HitLine hit={hit} source={source} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function HitLine({ hit, source }: { hit: Hit; source: string }): ReactNode {
  const { t } = useTranslation('flows');
  const nameOf = useEntryName();
  return (
    <>
      <Link href={linkTo(hit.address, source)}>{nameOf(hit.address)}</Link>
      <p className="excerpt" dir="auto" {...(hit.language === null ? {} : { lang: hit.language })}>
        {hit.excerpt}
      </p>
      {hit.usedBy.length > 0 && (
        <ul className="used-by small">
          {hit.usedBy.map(({ flow, step }) => (
            <li key={`${flow ?? ''}/${step ?? ''}`}>
              {flow === null ? (
                <span className="quiet">{t('search.everywhere')}</span>
              ) : (
                <Link href={linkToStep(flow, step, source)}>
                  {step === null ? t('search.in_flow', { flow }) : t('search.in_step', { flow, step })}
                </Link>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
