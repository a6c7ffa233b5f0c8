// Begins a draft on top of what people read now: asks for a title and opens it. Used on the overview and on every page that only shows.
import { useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components/Form';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useAct } from '../api.ts';
import { useMe } from '../session.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { TextField } from '../ui/field.tsx';
import type { ContentTab } from './content-tabs.tsx';
import { CONTENT_READS } from './use-edits.ts';

const MAY = ['content.edit', 'content.translate', 'place.propose', 'settings.manage'] as const;

/** `tab`: the page on which one goes on. */
export function BeginDraft({ tab = 'changes' }: { tab?: ContentTab }): ReactNode {
  const { t } = useTranslation('content');
  const { permissions } = useMe();
  const [isOpen, setOpen] = useState(false);
  if (!MAY.some((one) => permissions.includes(one))) return null;
  return (
    <>
      <Button tone="primary" icon="plus" onPress={() => setOpen(true)}>
        {t('begin.label')}
      </Button>
      <Dialog title={t('begin.label')} isOpen={isOpen} onClose={() => setOpen(false)}>
        <BeginForm tab={tab} />
      </Dialog>
    </>
  );
}

function BeginForm({ tab }: { tab: ContentTab }): ReactNode {
  const { t } = useTranslation('content');
  const [title, setTitle] = useState('');
  const [, go] = useLocation();
  const begin = useAct('createDraft', { changes: CONTENT_READS, onSuccess: ({ id }) => go(`/content/${id}/${tab}`) });
  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        begin.mutate([{ body: { title } }]);
      }}
    >
      <p>{t('begin.help')}</p>
      <ErrorNotice error={begin.error} />
      <TextField
        label={t('begin.title')}
        hint={t('begin.title_hint')}
        isRequired
        maxLength={120}
        autoFocus
        value={title}
        onChange={setTitle}
      />
      <div className="actions">
        <Button type="submit" tone="primary" isPending={begin.isPending}>
          {t('begin.submit')}
        </Button>
      </div>
    </Form>
  );
}
