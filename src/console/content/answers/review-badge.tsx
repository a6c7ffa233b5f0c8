// Whether an answer counts, in a word: overdue and given to nobody, due soon, never checked, or checked. Used by lists and the detail.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../domain/content.ts';
import { isOverdue } from '../../../release/local-answer.ts';
import { addDays } from '../../../util/local-time.ts';
import { useFormat } from '../../format.ts';
import { Badge } from '../../ui/pieces.tsx';
import { noonOf } from '../settings/noon-of.ts';
import { isDueSoon } from './answer-filter.ts';

export function ReviewBadge({ answer, today }: { answer: Answer; today: string }): ReactNode {
  const { t } = useTranslation('answers');
  const format = useFormat();
  const nameOf = (day: string): string => format.day(noonOf(day));
  if (isOverdue(answer, today))
    return <span className="badge bad many-words">{t('answers.not_given_since', { day: nameOf(addDays(answer.review_by, 1)) })}</span>;
  if (answer.reviewed_by === null) return <Badge tone="warn">{t('answers.never_reviewed')}</Badge>;
  if (isDueSoon(answer, today)) return <Badge tone="warn">{t('answers.due_soon')}</Badge>;
  return (
    <Badge tone="good" icon="check">
      {t('answers.reviewed')}
    </Badge>
  );
}
