// Says something about a draft or one of its changes. Used by difference-item.tsx and comments-part.tsx.
import { useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components/Form';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../api.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { TextField } from '../../ui/field.tsx';

export interface CommentFormProps {
  draftId: string;
  /** Of the entry that is meant; null for the draft as a whole. */
  address: string | null;
  onDone?: () => void;
}

export function CommentForm({ draftId, address, onDone }: CommentFormProps): ReactNode {
  const { t } = useTranslation('content');
  const [text, setText] = useState('');
  // The same words, sent twice by a weak connection, are one comment.
  const [id, setId] = useState(() => crypto.randomUUID());
  const comment = useAct('commentDraft', {
    changes: ['readDraft'],
    onSuccess() {
      setText('');
      setId(crypto.randomUUID());
      onDone?.();
    },
  });
  return (
    <Form
      className="stack tight"
      onSubmit={(event) => {
        event.preventDefault();
        comment.mutate([{ params: { id: draftId }, body: { id, address, text } }]);
      }}
    >
      <ErrorNotice error={comment.error} />
      <TextField
        label={t('comment.label')}
        hint={t('comment.hint')}
        rows={2}
        maxLength={2000}
        isRequired
        autoFocus={address !== null}
        value={text}
        onChange={setText}
      />
      <div className="row">
        <Button type="submit" isPending={comment.isPending}>
          {t('comment.send')}
        </Button>
      </div>
    </Form>
  );
}
