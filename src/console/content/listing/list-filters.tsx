// The fields by which a list of answers or places is filtered: words, topic, place, state. Offers only what the list has.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Select, TextField } from '../../ui/field.tsx';
import { localityOptions } from '../settings/code-options.ts';
import type { Hotline } from '../settings/use-hotline.ts';
import type { ListFiltering } from './use-list-filter.ts';

export interface ListFiltersProps<State extends string> extends Pick<ListFiltering<State>, 'filter' | 'set' | 'setWords'> {
  hotline: Hotline;
  /** Of the entries of the list. */
  topics: readonly string[];
  localities: readonly string[];
  wordsLabel: string;
  states: readonly { value: State; label: string }[];
}

export function ListFilters<State extends string>(props: ListFiltersProps<State>): ReactNode {
  const { hotline, topics, localities, filter, set, setWords, wordsLabel, states } = props;
  const { t } = useTranslation('answers');
  const had = new Set(topics.flatMap((topic) => [topic.split('.')[0] ?? topic, topic]));
  return (
    <div className="content-filters" role="search" aria-label={t('answers.filter')}>
      <TextField label={wordsLabel} type="search" value={filter.words} onChange={setWords} />
      <Select
        label={t('answers.topic')}
        value={filter.topic}
        options={[
          { value: '', label: t('answers.all_topics') },
          ...hotline.topics.filter(({ code }) => had.has(code)).map(({ code }) => ({ value: code, label: hotline.pathOfTopic(code) })),
        ]}
        onChange={(topic) => set('topic', topic)}
      />
      <Select
        label={t('answers.place')}
        value={filter.locality}
        options={[{ value: '', label: t('answers.all_places') }, ...localityOptions(hotline, [...new Set(localities)])]}
        onChange={(locality) => set('place', locality)}
      />
      <Select<State | ''>
        label={t('answers.state')}
        value={filter.state}
        options={[{ value: '', label: t('answers.all_states') }, ...states]}
        onChange={(state) => set('state', state)}
      />
    </div>
  );
}
