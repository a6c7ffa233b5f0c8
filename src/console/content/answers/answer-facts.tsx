// What is known about an answer, to read: where one only looks. Rendered by answer-detail.tsx; who may change it sees answer-form.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Answer } from '../../../domain/content.ts';
import { useFormat } from '../../format.ts';
import { FactList } from '../../referrals/fact-list.tsx';
import { noonOf } from '../settings/noon-of.ts';
import type { Hotline } from '../settings/use-hotline.ts';

export function AnswerFacts({ hotline, answer, source }: { hotline: Hotline; answer: Answer; source: string }): ReactNode {
  const { t } = useTranslation('answers');
  const format = useFormat();
  const rows: [string, ReactNode][] = [
    [t('answers.topic'), hotline.pathOfTopic(answer.topic)],
    [t('answers.place'), hotline.pathOfLocality(answer.locality)],
    [t('answers.kind'), t(`answers.kind_${answer.kind}`)],
    [t('facts.source'), <span dir="auto">{answer.source}</span>],
    [t('answers.review'), t('answers.until', { day: format.day(noonOf(answer.review_by)) })],
    ...(answer.flow === undefined
      ? []
      : ([[t('facts.flow'), <Link href={`/content/${source}/flows/${answer.flow}`}>{answer.flow}</Link>]] as [string, ReactNode][])),
    [t('facts.id'), <code>{answer.id}</code>],
  ];
  return <FactList rows={rows} />;
}
