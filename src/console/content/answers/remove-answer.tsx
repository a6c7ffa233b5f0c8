// Takes an answer away with all its words, after saying what depends on it. Opened from answer-detail.tsx, in a dialog.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice, Skeleton } from '../../ui/pieces.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { ConflictDialog } from '../conflict-dialog.tsx';
import { useTextsOf } from '../settings/texts-of.ts';
import type { Hotline } from '../settings/use-hotline.ts';
import type { ContentPlace } from '../source.ts';
import { useEdits, type Edit } from '../use-edits.ts';
import { belongsTo } from './answer-keys.ts';
import type { AnswerEntry } from './use-answers.ts';
import { isolated } from '../isolated.ts';

export interface RemoveAnswerProps {
  isOpen: boolean;
  onClose: () => void;
  onRemoved: () => void;
  place: ContentPlace;
  hotline: Hotline;
  shown: AnswerEntry;
  answers: readonly AnswerEntry[];
}

export function RemoveAnswer({ isOpen, ...props }: RemoveAnswerProps): ReactNode {
  const { t } = useTranslation('answers');
  return (
    <Dialog title={t('remove.title')} isOpen={isOpen} onClose={props.onClose}>
      {isOpen && <Confirm {...props} />}
    </Dialog>
  );
}

function Confirm({ onClose, onRemoved, place, hotline, shown, answers }: Omit<RemoveAnswerProps, 'isOpen'>): ReactNode {
  const { t } = useTranslation('answers');
  const { t: shell } = useTranslation();
  const { tell } = useToasts();
  const edits = useEdits(place.draftId);
  const { id } = shown.answer;
  const languages = hotline.knownLanguages.map(({ tag }) => tag);
  const read = useTextsOf(place.source, { namespace: 'answers', q: id, languages });
  const own = (read.data?.rows ?? []).filter(({ key }) => belongsTo(key, id));
  const flows = [...new Set(own.flatMap(({ usedBy }) => usedBy.flatMap(({ flow }) => flow ?? [])))];
  const versions = answers.filter(({ answer }) => answer.replaces === id);
  const remove = async (): Promise<void> => {
    const words = own.flatMap(({ cells }) =>
      Object.values(cells).flatMap(({ address, value, revision }): Edit[] =>
        value === null ? [] : [{ address, value: undefined, expects: revision }],
      ),
    );
    const isDone = await edits.save([{ address: shown.entry.address, value: undefined, expects: shown.entry.revision }, ...words]);
    if (!isDone) return;
    tell(t('remove.done', { title: shown.title }));
    onRemoved();
  };
  return (
    <div className="stack">
      <p>{t('remove.intro', { title: isolated(shown.title) })}</p>
      {flows.length > 0 && (
        <Notice tone="warn" title={t('remove.flows', { count: flows.length })}>
          <p>{flows.join(', ')}</p>
        </Notice>
      )}
      {versions.length > 0 && (
        <Notice tone="warn" title={t('remove.versions', { count: versions.length })}>
          <ul>
            {versions.map(({ answer, title }) => (
              <li key={answer.id}>
                <bdi>{title}</bdi>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <ErrorNotice error={read.error ?? edits.error} />
      {read.isPending && <Skeleton lines={2} />}
      <div className="actions row">
        <Button onPress={onClose}>{shell('ui.cancel')}</Button>
        <Button tone="danger" isDisabled={read.data === undefined} isPending={edits.isPending} onPress={() => void remove()}>
          {t('remove.confirm')}
        </Button>
      </div>
      <ConflictDialog edits={edits} />
    </div>
  );
}
