// Records what was played as a test: it is played once more at the time of tests, and what is said then is what the test expects from now on.
// Rendered by preview-stage.tsx, only for a draft that may be changed.
import { useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components/Form';
import { useTranslation } from 'react-i18next';
import type { PlayInput } from '../../../api/content-shapes.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { TextField } from '../../ui/field.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { ConflictDialog } from '../conflict-dialog.tsx';
import type { PlaySetup } from './recording.ts';
import { useRecorder } from './use-recorder.ts';
import type { Tests } from './use-tests.ts';

export interface RecordDialogProps {
  tests: Tests;
  setup: PlaySetup;
  inputs: readonly PlayInput[];
  /** Part of the test's name. */
  language: string;
  onClose: () => void;
  onDone: (name: string) => void;
}

const NAME = /^[a-z][a-z0-9_]{0,40}$/;

export function RecordDialog({ tests, setup, inputs, language, onClose, onDone }: RecordDialogProps): ReactNode {
  const { t } = useTranslation('preview');
  const { tell } = useToasts();
  const recorder = useRecorder(tests);
  const [name, setName] = useState('');
  const [wasTried, setTried] = useState(false);
  const whole = `${name}.${language}`;
  const wrong = !NAME.test(name) ? t('record.bad_name') : tests.read(whole) !== null ? t('record.taken', { name: whole }) : null;

  async function record(): Promise<void> {
    setTried(true);
    if (wrong !== null || !(await recorder.record(whole, setup, inputs))) return;
    tell(t('record.done', { name: whole }));
    onClose();
    onDone(whole);
  }

  return (
    <>
      <Dialog title={t('record.label')} isOpen onClose={onClose}>
        <Form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            void record();
          }}
        >
          <p>{t('record.explained')}</p>
          {setup.at === null && <p className="quiet">{t('record.when')}</p>}
          <ErrorNotice error={recorder.error} />
          <TextField
            label={t('record.name')}
            hint={t('record.name_hint', { file: `\u2068test/flows/${NAME.test(name) ? name : 'name'}.${language}.yaml\u2069` })}
            wrong={wasTried ? wrong : null}
            ltr
            autoFocus
            maxLength={41}
            value={name}
            onChange={setName}
          />
          <div className="actions">
            <Button onPress={onClose}>{t('shell:ui.cancel')}</Button>
            <Button type="submit" tone="primary" isPending={recorder.isPending}>
              {t('record.submit')}
            </Button>
          </div>
        </Form>
      </Dialog>
      <ConflictDialog edits={recorder.edits} />
    </>
  );
}
