// Codes that stand in content as words of the language of the console: days, kinds of sources, yes and no, topics. Used where versions are compared.
import { useTranslation } from 'react-i18next';
import { useTopics } from '../cases/use-topics.ts';

const TOPIC = /^[A-Z]{3}(\.[A-Z]{2,4})?$/;
const CODE = /^[A-Za-z_-]{2,20}$/;

/** Words for a code; what is none stays as it is. */
export function useCodeWord(): (text: string) => string {
  const { t, i18n } = useTranslation('content');
  const topics = useTopics();
  return (text) => {
    if (TOPIC.test(text)) return topics.nameOf(text);
    const key = `code.${text}`;
    return CODE.test(text) && i18n.exists(key, { ns: 'content' }) ? t(key) : text;
  };
}
