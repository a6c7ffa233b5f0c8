// The language of a question in words; nothing is known where the person wrote too little. Used by the list and the work on a question.
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format.ts';

export function useQuestionLanguage(): (tag: string) => string {
  const { t } = useTranslation('answers');
  const format = useFormat();
  return (tag) => (tag === '' ? t('questions.unknown_language') : format.language(tag));
}
