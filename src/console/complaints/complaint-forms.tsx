// A private note on a complaint, and its answer: what was done, in words that the person gets. Rendered by complaint-detail.tsx.
import { useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components/Form';
import { useTranslation } from 'react-i18next';
import { COMPLAINT_ACTIONS, type ComplaintView } from '../../api/complaint-operations.ts';
import { useAct } from '../api.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Select, TextField } from '../ui/field.tsx';

const CHANGES: ('readComplaint' | 'listComplaints')[] = ['readComplaint', 'listComplaints'];

export function NoteForm({ number }: { number: string }): ReactNode {
  const { t } = useTranslation('referrals');
  const [text, setText] = useState('');
  // The same note, sent twice by a weak connection, is one note.
  const [id, setId] = useState(() => crypto.randomUUID());
  const note = useAct('noteComplaint', {
    changes: CHANGES,
    onSuccess() {
      setText('');
      setId(crypto.randomUUID());
    },
  });
  return (
    <Form
      className="stack tight"
      onSubmit={(event) => {
        event.preventDefault();
        note.mutate([{ params: { number }, body: { id, text } }]);
      }}
    >
      <ErrorNotice error={note.error} />
      <TextField
        label={t('complaint.note')}
        hint={t('complaint.note_hint')}
        rows={2}
        maxLength={4000}
        isRequired
        value={text}
        onChange={setText}
      />
      <div className="row">
        <Button type="submit" isPending={note.isPending}>
          {t('complaint.save_note')}
        </Button>
      </div>
    </Form>
  );
}

export function AnswerForm({ complaint }: { complaint: ComplaintView }): ReactNode {
  const { t } = useTranslation('referrals');
  const [action, setAction] = useState<(typeof COMPLAINT_ACTIONS)[number]>('corrected');
  const [text, setText] = useState('');
  const answer = useAct('answerComplaint', { changes: CHANGES });
  return (
    <section className="part">
      <h2>{t('complaint.answer')}</h2>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          answer.mutate([{ params: { number: complaint.number }, body: { action, text } }]);
        }}
      >
        <ErrorNotice error={answer.error} />
        <Select
          label={t('complaint.action_label')}
          value={action}
          options={COMPLAINT_ACTIONS.map((value) => ({ value, label: t(`complaint.action.${value}`) }))}
          onChange={setAction}
        />
        <TextField
          label={t('complaint.answer_text')}
          hint={t(complaint.wantsContact ? 'complaint.answer_hint' : 'complaint.answer_hint_silent')}
          rows={4}
          maxLength={1000}
          isRequired
          value={text}
          onChange={setText}
        />
        <div className="row">
          <Button type="submit" tone="primary" icon="send" isPending={answer.isPending}>
            {t('complaint.send_answer')}
          </Button>
        </div>
      </Form>
    </section>
  );
}
