// Signs the texts that were selected as reviewed by oneself, language by language, or takes that back. Rendered by texts-page.tsx for reviewers.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useMe } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { CONTENT_READS } from '../use-edits.ts';
import type { Texts } from './use-texts.ts';

export interface SignBarProps {
  draftId: string;
  texts: Texts;
  /** Keys of the rows. */
  selected: ReadonlySet<string>;
  onDone: () => void;
}

export function SignBar({ draftId, texts, selected, onDone }: SignBarProps): ReactNode {
  const { t } = useTranslation('content');
  const format = useFormat();
  const { tell } = useToasts();
  const me = useMe();
  const sign = useAct('signTexts', { changes: CONTENT_READS });
  if (selected.size === 0) return null;
  const send = (tag: string, addresses: string[], reviewed: boolean): void =>
    sign.mutate([{ params: { id: draftId }, body: { addresses, reviewed } }], {
      onSuccess() {
        tell(t(reviewed ? 'sign.done' : 'sign.taken_back', { count: addresses.length, language: format.language(tag) }));
        onDone();
      },
    });
  // Who signs a text can read it: the service asks for the same.
  const shown = [...texts.beside, ...(texts.source ? [texts.source] : [])].filter(({ tag }) => me.languages.includes(tag));
  return (
    <div className="sign-bar" role="group" aria-label={t('sign.title')}>
      <strong>{t('sign.selected', { count: selected.size })}</strong>
      {shown.map(({ tag }) => {
        const cells = cellsIn(tag, texts, selected);
        const unsigned = cells.filter(({ isReviewed }) => !isReviewed).map(({ address }) => address);
        const signed = cells.filter(({ isReviewed }) => isReviewed).map(({ address }) => address);
        return (
          <span key={tag} className="row">
            {unsigned.length > 0 && (
              <Button tone="primary" icon="check" isPending={sign.isPending} onPress={() => send(tag, unsigned, true)}>
                {t('sign.do', { count: unsigned.length, language: format.language(tag) })}
              </Button>
            )}
            {signed.length > 0 && (
              <Button icon="undo" isPending={sign.isPending} onPress={() => send(tag, signed, false)}>
                {t('sign.take_back', { count: signed.length, language: format.language(tag) })}
              </Button>
            )}
          </span>
        );
      })}
      {shown.length === 0 && <span className="small">{t('sign.not_spoken')}</span>}
      <Button tone="plain" onPress={onDone}>
        {t('sign.clear')}
      </Button>
      <ErrorNotice error={sign.error} />
    </div>
  );
}

/** What of the selected rows is written in a language. */
function cellsIn(tag: string, texts: Texts, selected: ReadonlySet<string>): { address: string; isReviewed: boolean }[] {
  return texts.rows
    .filter(({ key }) => selected.has(key))
    .flatMap(({ cells }) => cells[tag] ?? [])
    .filter(({ value }) => value !== null)
    .map(({ address, state }) => ({ address, isReviewed: state === 'reviewed' }));
}
