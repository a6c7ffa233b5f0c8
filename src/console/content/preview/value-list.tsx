// What is known in the conversation: answers by the names that conditions use, and what outlives a flow in words. Rendered by behind.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlayedTurn } from '../../../api/content-shapes.ts';
import { useFormat } from '../../format.ts';
import type { Hotline } from '../settings/use-hotline.ts';

type Values = PlayedTurn['variables'];

/** Those that have a name of their own; all others are answers, which authors named. */
const NAMED: Record<string, string> = {
  'facts.locality': 'value.locality',
  'facts.topic': 'value.topic',
  'facts.question': 'value.question',
  'facts.private': 'value.private',
  pending: 'value.pending',
  misses: 'value.misses',
};

export function ValueList({ variables, hotline }: { variables: Values; hotline: Hotline }): ReactNode {
  const { t } = useTranslation('preview');
  const say = useValueWords(hotline);
  const entries = Object.entries(variables);
  if (entries.length === 0) return <p className="quiet">{t('value.none')}</p>;
  return (
    <dl className="values">
      {entries.map(([name, value]) => (
        <div key={name}>
          <dt>{NAMED[name] === undefined ? <code>{name}</code> : t(NAMED[name])}</dt>
          <dd>
            <bdi>{say(name, value)}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function useValueWords(hotline: Hotline): (name: string, value: Values[string]) => ReactNode {
  const { t } = useTranslation('preview');
  const format = useFormat();
  return (name, value) => {
    if (value === null) return <span className="quiet">{t('value.empty')}</span>;
    if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no');
    if (typeof value === 'number') return format.number(value);
    if (typeof value !== 'string') return <code>{JSON.stringify(value)}</code>;
    const known = nameOf(hotline, name, value);
    return known === null ? value : t('value.named', { name: known, code: `\u2068${value}\u2069` });
  };
}

/** What a code stands for: places and topics have names. */
function nameOf(hotline: Hotline, name: string, value: string): string | null {
  if (name === 'facts.topic') return hotline.topics.some(({ code }) => code === value) ? hotline.nameOfTopic(value) : null;
  return hotline.localities.some(({ code }) => code === value) ? hotline.nameOfLocality(value) : null;
}
