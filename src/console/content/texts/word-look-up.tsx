// Shows how other texts say a word: every text with it, the source beside its translation, so that one word is translated one way.
// Rendered by texts-page.tsx.
import { useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components/Form';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { TextField } from '../../ui/field.tsx';
import { Skeleton } from '../../ui/pieces.tsx';
import { TextShown } from '../text-shown.tsx';
import { cellOf } from './held-rows.ts';
import type { Texts } from './use-texts.ts';

const SHOWN = 12;

export function WordLookUp({ place, texts }: { place: string; texts: Texts }): ReactNode {
  const { t } = useTranslation('content');
  const [isOpen, setOpen] = useState(false);
  if (texts.source === null || texts.beside.length === 0) return null;
  return (
    <>
      <Button icon="search" onPress={() => setOpen(true)}>
        {t('look_up.label')}
      </Button>
      <Dialog title={t('look_up.label')} size="wide" isOpen={isOpen} onClose={() => setOpen(false)}>
        <LookUp place={place} texts={texts} />
      </Dialog>
    </>
  );
}

function LookUp({ place, texts }: { place: string; texts: Texts }): ReactNode {
  const { t } = useTranslation('content');
  const [typed, setTyped] = useState('');
  const [word, setWord] = useState('');
  return (
    <>
      <p>{t('look_up.help')}</p>
      <Form
        className="look-up-form"
        onSubmit={(event) => {
          event.preventDefault();
          setWord(typed.trim());
        }}
      >
        <TextField label={t('look_up.word')} isRequired autoFocus value={typed} onChange={setTyped} />
        <Button type="submit" icon="search">
          {t('look_up.do')}
        </Button>
      </Form>
      {word !== '' && <Found key={word} word={word} place={place} texts={texts} />}
    </>
  );
}

function Found({ word, place, texts }: { word: string; place: string; texts: Texts }): ReactNode {
  const { t } = useTranslation('content');
  const format = useFormat();
  const languages = [...(texts.source ? [texts.source] : []), ...texts.beside];
  const query = { q: word, languages: texts.beside.map(({ tag }) => tag).join(',') };
  const read = useRead('readTexts', [{ params: { source: place }, query }]);
  const rows = read.data?.rows.filter(({ cells }) => languages.every(({ tag }) => typeof cells[tag]?.value === 'string')).slice(0, SHOWN);
  return (
    <>
      <ErrorNotice error={read.error} retry={() => void read.refetch()} />
      {read.isPending && <Skeleton lines={3} />}
      {rows?.length === 0 && <p className="quiet">{t('look_up.none')}</p>}
      <ul className="look-up">
        {rows?.map((row) => (
          <li key={row.key}>
            {languages.map(({ tag, rtl }) => (
              <div key={tag}>
                <div className="small quiet">{format.language(tag)}</div>
                <TextShown text={String(cellOf(row, tag).value ?? '')} language={tag} rtl={rtl} />
              </div>
            ))}
          </li>
        ))}
      </ul>
    </>
  );
}
