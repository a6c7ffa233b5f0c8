// All texts, key by key, the source language beside others; edited where they stand. Opened by /content/<source>/texts.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { GlossaryTerm } from '../../../domain/content.ts';
import { useMay } from '../../session.tsx';
import { useShortcut } from '../../shortcuts.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { EmptyState, Skeleton } from '../../ui/pieces.tsx';
import { ConflictDialog } from '../conflict-dialog.tsx';
import { ContentFrame } from '../content-frame.tsx';
import { useContentPlace } from '../source.ts';
import { FilterBar } from './filter-bar.tsx';
import { GlossaryDialog } from './glossary-dialog.tsx';
import { focusNextText } from './next-text.ts';
import { SignBar } from './sign-bar.tsx';
import { StateCounts } from './state-counts.tsx';
import { TextRow } from './text-row.tsx';
import { isFiltered, useTextsFilter } from './texts-filter.ts';
import { useGlossary } from './use-glossary.ts';
import { useNarrow } from './use-narrow.ts';
import { useTextSaver, type TextSaver } from './use-text-saver.ts';
import { MOST_BESIDE, useTexts, type Texts } from './use-texts.ts';
import { WordLookUp } from './word-look-up.tsx';
import './texts.css';

export function TextsPage(): ReactNode {
  const { t } = useTranslation('content');
  const { source, draftId, draft } = useContentPlace();
  const may = useMay();
  const isNarrow = useNarrow();
  const inUse = useTextsFilter();
  const texts = useTexts(source, inUse.filter, isNarrow ? 1 : MOST_BESIDE);
  const saver = useTextSaver(draftId, texts);
  const glossary = useGlossary(source);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const canSign = draft?.state === 'open' && may('content.review');
  const isEmpty = !texts.isPending && texts.rows.length === 0;
  return (
    <ContentFrame
      tab="texts"
      title={t('texts.title')}
      intro={t('texts.intro')}
      actions={
        <div className="row">
          <WordLookUp place={source} texts={texts} />
          <GlossaryDialog glossary={glossary} texts={texts} />
        </div>
      }
    >
      <FilterBar texts={texts} inUse={inUse} isNarrow={isNarrow} isDraft={draftId !== null} />
      <StateCounts texts={texts} inUse={inUse} />
      <ErrorNotice error={texts.error} retry={texts.retry} />
      {texts.isPending && !texts.error && <Skeleton />}
      {isEmpty && !texts.error && (
        <EmptyState icon="search" title={t('texts.none')}>
          <p>{t(isFiltered(inUse.filter) ? 'texts.none_filtered' : 'texts.none_help')}</p>
          {isFiltered(inUse.filter) && <Button onPress={inUse.clear}>{t('texts.all')}</Button>}
        </EmptyState>
      )}
      {texts.rows.length > 0 && (
        <Grid
          texts={texts}
          saver={saver}
          isNarrow={isNarrow}
          terms={glossary.terms}
          selected={canSign ? selected : null}
          onSelect={setSelected}
        />
      )}
      {canSign && draftId !== null && <SignBar draftId={draftId} texts={texts} selected={selected} onDone={() => setSelected(new Set())} />}
    </ContentFrame>
  );
}

interface GridProps {
  texts: Texts;
  saver: TextSaver;
  isNarrow: boolean;
  terms: readonly GlossaryTerm[];
  /** Keys; null where nothing can be selected. */
  selected: ReadonlySet<string> | null;
  onSelect: (keys: ReadonlySet<string>) => void;
}

function Grid({ texts, saver, isNarrow, terms, selected, onSelect }: GridProps): ReactNode {
  const { t } = useTranslation('content');
  const { source, canEdit } = useContentPlace();
  // After theirs was taken, fields show it in place of what was typed.
  const [round, setRound] = useState(0);
  const takeTheirs = (): void => {
    saver.edits.takeTheirs();
    setRound((count) => count + 1);
  };
  useShortcut(
    canEdit ? { keys: 'mod+Enter', label: t('texts.next'), group: t('texts.title'), run: focusNextText, whileTyping: true } : null,
  );
  const languages = [...(texts.source ? [texts.source] : []), ...texts.beside];
  return (
    <>
      <ul className="texts-grid" data-columns={languages.length}>
        {texts.rows.map((row) => (
          <TextRow
            key={`${row.key} ${String(round)}`}
            row={row}
            languages={languages}
            place={source}
            canEdit={canEdit}
            isNarrow={isNarrow}
            terms={terms}
            save={saver.save}
            isSelected={selected?.has(row.key) ?? false}
            {...(selected && { onSelect: (isSelected: boolean) => onSelect(withKey(selected, row.key, isSelected)) })}
          />
        ))}
      </ul>
      <div className="row">
        <span className="quiet small">
          {t('texts.shown', { shown: texts.rows.length, count: Math.max(texts.total, texts.rows.length) })}
        </span>
        {texts.hasMore && (
          <Button isPending={texts.isLoadingMore} onPress={texts.more}>
            {t('texts.more')}
          </Button>
        )}
      </div>
      <div className="texts-fault">
        <ErrorNotice error={saver.edits.error} />
      </div>
      <ConflictDialog edits={{ ...saver.edits, takeTheirs }} />
    </>
  );
}

function withKey(keys: ReadonlySet<string>, key: string, isIn: boolean): ReadonlySet<string> {
  const next = new Set(keys);
  if (isIn) next.add(key);
  else next.delete(key);
  return next;
}
