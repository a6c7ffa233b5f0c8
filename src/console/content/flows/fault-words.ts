// What is wrong with a flow in plain words of the console's language: what kind of fault it is, and, where it is known, what exactly.
// Used by the form at its fields and by the list of problems.
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { FlowFault } from './check-flows.ts';

export interface FaultWords {
  text: string;
  /** The check's own words, in English; null where they say nothing more. */
  detail: string | null;
}

export function useFaultWords(): (fault: FlowFault) => FaultWords {
  const { t, i18n } = useTranslation('flows');
  return (fault) => {
    if (fault.code === 'schema') return schemaWords(fault, t);
    const key = `fault.${fault.code}`;
    return i18n.exists(key, { ns: 'flows' }) ? { text: t(key), detail: fault.message } : { text: fault.message, detail: null };
  };
}

/** Rules that can be told without knowing the field. */
function schemaWords({ rule, limit, message, path }: FlowFault, t: TFunction<'flows'>): FaultWords {
  const last = path.at(-1);
  switch (rule) {
    case 'missing':
      return { text: t('fault.missing'), detail: null };
    case 'too_small':
      if (limit === 1) return { text: t('fault.empty'), detail: null };
      return { text: t('fault.too_small', { limit: limit ?? 0 }), detail: null };
    case 'too_big':
      return { text: t('fault.too_big', { limit: limit ?? 0 }), detail: null };
    case 'invalid_format':
      return { text: t(last === 'id' || last === 'save' ? 'fault.bad_id' : 'fault.bad_form'), detail: message };
    case 'unrecognized_keys':
      return { text: t('fault.unknown_key'), detail: message };
    case 'invalid_union':
    case 'invalid_value':
    case 'invalid_type':
      return { text: t('fault.bad_value'), detail: message };
    default:
      return { text: t('fault.schema'), detail: message };
  }
}
