// The glossary in a dialog over the texts: looked up, and in a draft added to and changed. Opened from texts-page.tsx;
// `?term=<id>` in the address opens it at that term.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'wouter';
import type { GlossaryTerm } from '../../../domain/content.ts';
import { useMay } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { TextField } from '../../ui/field.tsx';
import { EmptyState, Skeleton } from '../../ui/pieces.tsx';
import { useContentPlace } from '../source.ts';
import { TermForm } from './term-form.tsx';
import { TermItem } from './term-item.tsx';
import { nameOfTerm, type Glossary } from './use-glossary.ts';
import type { Texts } from './use-texts.ts';

export interface GlossaryDialogProps {
  glossary: Glossary;
  texts: Texts;
}

export function GlossaryDialog({ glossary, texts }: GlossaryDialogProps): ReactNode {
  const { t } = useTranslation('content');
  const [search, setSearch] = useSearchParams();
  const [isOpen, setOpen] = useState(false);
  const named = search.get('term');
  const close = (): void => {
    setOpen(false);
    if (named === null) return;
    search.delete('term');
    setSearch(search, { replace: true });
  };
  if (texts.source === null) return null;
  return (
    <>
      <Button icon="language" onPress={() => setOpen(true)}>
        {t('glossary.label')}
      </Button>
      <Dialog title={t('glossary.label')} size="wide" isOpen={isOpen || named !== null} onClose={close}>
        <ErrorNotice error={glossary.error} retry={glossary.retry} />
        {glossary.isPending && !glossary.error ? (
          <Skeleton lines={4} />
        ) : (
          <Terms glossary={glossary} texts={texts} source={texts.source} first={glossary.terms.find(({ id }) => id === named) ?? null} />
        )}
      </Dialog>
    </>
  );
}

interface TermsProps extends GlossaryDialogProps {
  source: NonNullable<Texts['source']>;
  /** The term that somebody came for. */
  first: GlossaryTerm | null;
}

function Terms({ glossary, texts, source, first }: TermsProps): ReactNode {
  const { t } = useTranslation('content');
  const { canEdit } = useContentPlace();
  const may = useMay();
  const [words, setWords] = useState(first === null ? '' : nameOfTerm(first, source.tag));
  // Until somebody looks for another.
  const [only, setOnly] = useState(first?.id ?? null);
  const [open, setForm] = useState<GlossaryTerm | 'new' | null>(null);
  const close = (): void => setForm(null);
  if (open !== null)
    return <TermForm glossary={glossary} texts={texts} source={source} term={open === 'new' ? null : open} onClose={close} />;
  const shown = glossary.terms.filter((term) => (only === null ? hasWords(term, words) : term.id === only));
  const languages = [source, ...texts.beside];
  return (
    <>
      <p>{t('glossary.intro')}</p>
      <div className="look-up-form">
        <TextField
          label={t('glossary.find')}
          type="search"
          autoFocus
          value={words}
          onChange={(typed) => {
            setWords(typed);
            setOnly(null);
          }}
        />
        {canEdit && may('content.edit') && (
          <Button icon="plus" onPress={() => setForm('new')}>
            {t('glossary.add')}
          </Button>
        )}
      </div>
      {glossary.terms.length === 0 && (
        <EmptyState icon="language" title={t('glossary.empty')}>
          <p>{t('glossary.empty_help')}</p>
        </EmptyState>
      )}
      {glossary.terms.length > 0 && (
        <p className="quiet small" role="status">
          {t('glossary.shown', { shown: shown.length, count: glossary.terms.length })}
        </p>
      )}
      <ul className="glossary">
        {shown.map((term) => (
          <TermItem key={term.id} term={term} source={source} languages={languages} {...(canEdit && { onChange: () => setForm(term) })} />
        ))}
      </ul>
    </>
  );
}

/** In any of its languages, or in its note. */
function hasWords({ note, words }: GlossaryTerm, wanted: string): boolean {
  const part = wanted.trim().toLocaleLowerCase();
  return [note ?? '', ...Object.values(words).flat()].some((text) => text.toLocaleLowerCase().includes(part));
}
