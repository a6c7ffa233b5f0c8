// What a draft still needs before it can be published, in words. Used by the overview and by the draft's own page.
// What the checks say is not known here: they run when somebody asks for them, and when it is published.
import { useTranslation } from 'react-i18next';
import type { DraftView } from '../../api/content-shapes.ts';
import { useFormat } from '../format.ts';

/** Says what is missing; nothing where it may be published as far as people are concerned. */
export function useDraftNeeds(): (draft: Pick<DraftView, 'changes' | 'needs'>) => string[] {
  const { t } = useTranslation('content');
  const format = useFormat();
  return ({ changes, needs }) => [
    ...(changes === 0 ? [t('needs.change')] : []),
    ...(needs.approval ? [t('needs.approval')] : []),
    ...needs.languages.map((tag) => t('needs.language', { language: format.language(tag) })),
  ];
}
