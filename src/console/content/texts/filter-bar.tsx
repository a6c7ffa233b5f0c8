// Chooses which texts show: languages, part, state, words, only what changed. Rendered by texts-page.tsx.
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { TEXT_STATES, type TextState } from '../../../api/content-shapes.ts';
import { useFormat } from '../../format.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choice.tsx';
import { Select, TextField } from '../../ui/field.tsx';
import { isFiltered, type FilterInUse } from './texts-filter.ts';
import type { Texts } from './use-texts.ts';

export interface FilterBarProps {
  texts: Texts;
  inUse: FilterInUse;
  isNarrow: boolean;
  isDraft: boolean;
}

export function FilterBar({ texts, inUse, isNarrow, isDraft }: FilterBarProps): ReactNode {
  const { t } = useTranslation('content');
  return (
    <div className="texts-filter" role="search" aria-label={t('texts.filter')}>
      <LanguagePickers texts={texts} inUse={inUse} isNarrow={isNarrow} />
      {isNarrow ? (
        <details>
          <summary>{t('texts.filter')}</summary>
          <div className="texts-filter">
            <Limits texts={texts} inUse={inUse} isDraft={isDraft} />
          </div>
        </details>
      ) : (
        <Limits texts={texts} inUse={inUse} isDraft={isDraft} />
      )}
      {isFiltered(inUse.filter) && (
        <Button tone="plain" icon="close" onPress={inUse.clear}>
          {t('texts.all')}
        </Button>
      )}
    </div>
  );
}

function Limits({ texts, inUse: { filter, set }, isDraft }: Omit<FilterBarProps, 'isNarrow'>): ReactNode {
  const { t } = useTranslation('content');
  return (
    <>
      <Select
        label={t('texts.namespace')}
        value={filter.namespace}
        options={[
          { value: '', label: t('texts.every_namespace') },
          ...[...new Set([...texts.namespaces, ...(filter.namespace ? [filter.namespace] : [])])].map((value) => ({ value, label: value })),
        ]}
        onChange={(namespace) => set({ namespace })}
      />
      <Select<TextState | ''>
        label={t('texts.state')}
        value={filter.state}
        options={[
          { value: '' as const, label: t('texts.every_state') },
          ...TEXT_STATES.map((value) => ({ value, label: t(`state.${value}`) })),
        ]}
        onChange={(state) => set({ state })}
      />
      <Words value={filter.q} onChange={(q) => set({ q })} />
      {isDraft && <Checkbox label={t('texts.changed')} isSelected={filter.changed} onChange={(changed) => set({ changed })} />}
    </>
  );
}

function LanguagePickers({ texts, inUse, isNarrow }: Omit<FilterBarProps, 'isDraft'>): ReactNode {
  const { t } = useTranslation('content');
  const format = useFormat();
  const others = texts.languages?.filter(({ tag }) => tag !== texts.source?.tag) ?? [];
  if (others.length === 0) return null;
  const [first = '', second = ''] = texts.beside.map(({ tag }) => tag);
  const choose = (one: string, two: string): void => inUse.set({ languages: [...new Set([one, two])].filter((tag) => tag !== '') });
  const options = others.map(({ tag, mine }) => ({
    value: tag,
    label: mine ? t('texts.mine', { language: format.language(tag) }) : format.language(tag),
  }));
  return (
    <>
      <Select
        label={t('texts.language')}
        value={first}
        options={first === '' ? [{ value: '', label: '—' }, ...options] : options}
        onChange={(tag) => choose(tag, isNarrow ? '' : second)}
      />
      {!isNarrow && others.length > 1 && (
        <Select
          label={t('texts.second_language')}
          value={second}
          options={[{ value: '', label: t('texts.no_second') }, ...options.filter(({ value }) => value !== first)]}
          onChange={(tag) => choose(first, tag)}
        />
      )}
    </>
  );
}

const TYPING_MS = 350;

/** Looks a moment after the last letter. */
function Words({ value, onChange }: { value: string; onChange: (q: string) => void }): ReactNode {
  const { t } = useTranslation('content');
  const [text, setText] = useState(value);
  const [before, setBefore] = useState(value);
  if (before !== value) {
    setBefore(value);
    setText(value);
  }
  useEffect(() => {
    if (text.trim() === value) return undefined;
    const timer = setTimeout(() => onChange(text.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return <TextField label={t('texts.words')} type="search" value={text} onChange={setText} />;
}
