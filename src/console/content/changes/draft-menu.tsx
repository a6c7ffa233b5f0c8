// What can be done with a draft as a whole: another title, giving it up. Rendered by draft-changes.tsx.
import { useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components/Form';
import { useTranslation } from 'react-i18next';
import type { DraftView } from '../../../api/content-shapes.ts';
import { useAct } from '../../api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { TextField } from '../../ui/field.tsx';
import { Menu } from '../../ui/menu.tsx';
import { CONTENT_READS } from '../use-edits.ts';
import { isolated } from '../isolated.ts';

export function DraftMenu({ draft }: { draft: DraftView }): ReactNode {
  const { t } = useTranslation('content');
  const [open, setOpen] = useState<'rename' | 'discard' | null>(null);
  const close = (): void => setOpen(null);
  return (
    <>
      <Menu
        label={t('draft.menu')}
        entries={[
          { id: 'rename', label: t('draft.rename'), icon: 'edit', run: () => setOpen('rename') },
          { id: 'discard', label: t('draft.discard'), icon: 'close', tone: 'danger', run: () => setOpen('discard') },
        ]}
      />
      <Dialog title={t('draft.rename')} isOpen={open === 'rename'} onClose={close}>
        <Rename draft={draft} onDone={close} />
      </Dialog>
      <Dialog title={t('draft.discard_title', { title: isolated(draft.title) })} isOpen={open === 'discard'} onClose={close}>
        <Discard draft={draft} onDone={close} />
      </Dialog>
    </>
  );
}

interface PartProps {
  draft: DraftView;
  onDone: () => void;
}

function Rename({ draft, onDone }: PartProps): ReactNode {
  const { t } = useTranslation(['content', 'shell']);
  const [title, setTitle] = useState(draft.title);
  const rename = useAct('renameDraft', { changes: CONTENT_READS, onSuccess: onDone });
  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        rename.mutate([{ params: { id: draft.id }, body: { title } }]);
      }}
    >
      <ErrorNotice error={rename.error} />
      <TextField label={t('begin.title')} isRequired maxLength={120} autoFocus value={title} onChange={setTitle} />
      <div className="actions">
        <Button type="submit" tone="primary" isPending={rename.isPending}>
          {t('shell:ui.save')}
        </Button>
      </div>
    </Form>
  );
}

function Discard({ draft, onDone }: PartProps): ReactNode {
  const { t } = useTranslation('content');
  const discard = useAct('discardDraft', { changes: CONTENT_READS, onSuccess: onDone });
  return (
    <>
      <p>{t('draft.discard_what', { count: draft.changes })}</p>
      <ErrorNotice error={discard.error} />
      <div className="actions">
        <Button onPress={onDone}>{t('draft.keep')}</Button>
        <Button tone="danger" isPending={discard.isPending} onPress={() => discard.mutate([{ params: { id: draft.id } }])}>
          {t('draft.discard')}
        </Button>
      </div>
    </>
  );
}
