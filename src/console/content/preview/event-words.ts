// What the engine's events mean, in words. Used by event-list.tsx. One that is not known here is shown by its code, so that nothing is hidden.
import { useTranslation } from 'react-i18next';
import type { PlayedTurn } from '../../../api/content-shapes.ts';
import { useFormat } from '../../format.ts';
import type { Hotline } from '../settings/use-hotline.ts';

type PlayedEvent = PlayedTurn['events'][number];

/** Fields of the request log whose values are codes with a word of their own. */
const CODED = new Set(['callerType', 'outcome', 'gender', 'ageBand']);

export function useEventWords(hotline: Hotline): (event: PlayedEvent) => string {
  const { t, i18n } = useTranslation('preview');
  const format = useFormat();

  function field(name: string, value: unknown): string {
    if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no');
    if (name === 'topic') return hotline.pathOfTopic(String(value));
    if (name === 'locality') return hotline.nameOfLocality(String(value));
    return CODED.has(name) ? t(`code.${String(value)}`, { defaultValue: String(value) }) : String(value);
  }

  /** `topic: School; outcome: answered`. */
  function logged(fields: unknown): string {
    const entries = typeof fields === 'object' && fields !== null ? Object.entries(fields) : [];
    return format.list(
      entries.map(([name, value]) => t('log.field', { name: t(`log.${name}`, { defaultValue: name }), value: field(name, value) })),
    );
  }

  function valuesOf({ type, detail }: PlayedEvent): Record<string, string | number> {
    const text = (name: string): string => {
      const value = detail[name] ?? '';
      return typeof value === 'object' ? JSON.stringify(value) : String(value);
    };
    switch (type) {
      case 'language_set':
        return { language: format.language(text('language')) };
      case 'log':
        return { fields: logged(detail['fields']) };
      case 'answer_shown':
        return { entry: `\u2068${text('entry')}\u2069` };
      case 'places_shown':
        return { count: Array.isArray(detail['places']) ? detail['places'].length : 0 };
      case 'consent_recorded':
        return { purpose: t(`purpose.${text('purpose')}`, { defaultValue: text('purpose') }) };
      case 'handoff':
        return {
          reason: t(`reason.${text('reason')}`, { defaultValue: text('reason') }),
          priority: t(`priority.${text('priority')}`, { defaultValue: text('priority') }),
        };
      case 'complaint_filed':
        return { number: `\u2068${text('number')}\u2069` };
      case 'remind':
        return { when: format.dateTime(Number(detail['atMs'])) };
      case 'timer_set':
        return { span: format.span(Number(detail['seconds']) * 1000) };
      case 'emergency':
        return { kind: t(`danger.${text('kind')}`, { defaultValue: text('kind') }) };
      case 'error':
        return { code: text('code'), step: `\u2068${text('flow')}: ${text('step')}\u2069` };
      default:
        return {};
    }
  }

  /** Some events say one of two things. */
  function keyOf({ type, detail }: PlayedEvent): string {
    if (type === 'consent_recorded') return detail['given'] === true ? 'consent_given' : 'consent_refused';
    if (type === 'language_set') return detail['chosen'] === true ? 'language_chosen' : 'language_guessed';
    if (type === 'keeping_set') return detail['keeping'] === 'session' ? 'keeping_session' : 'keeping_standard';
    return type;
  }

  return (event) => {
    const key = `event.${keyOf(event)}`;
    const isKnown = i18n.exists(`preview:${key}`) || i18n.exists(`preview:${key}_other`);
    return isKnown ? t(key, valuesOf(event)) : t('event.unknown', { type: `\u2068${event.type}\u2069` });
  };
}
