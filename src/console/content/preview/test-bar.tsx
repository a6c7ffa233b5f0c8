// A recorded test that is opened: whether it holds, and what can be done with it. Rendered by preview-stage.tsx above the conversation.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/pieces.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { ConflictDialog } from '../conflict-dialog.tsx';
import { useContentPlace } from '../source.ts';
import { holds, type PlaySetup, type RecordedTest } from './recording.ts';
import type { Play } from './use-play.ts';
import { useRecorder } from './use-recorder.ts';
import type { OpenedTest, Tests } from './use-tests.ts';

export interface TestBarProps {
  tests: Tests;
  recorded: OpenedTest;
  test: RecordedTest;
  play: Play;
  setup: PlaySetup;
  onOpenTest: (name: string | null) => void;
}

export function TestBar({ tests, recorded, test, play, setup, onOpenTest }: TestBarProps): ReactNode {
  const { t } = useTranslation('preview');
  const { canEdit } = useContentPlace();
  const { tell } = useToasts();
  const recorder = useRecorder(tests);
  const turns = play.view?.turns ?? [];
  const failed = turns.flatMap((turn, index) => (test.expected[index] ?? []).filter((entry) => !holds(entry, turn))).length;
  const isPlayed = turns.length >= test.inputs.length && !play.isPlaying;
  const isLonger = play.inputs.length !== test.inputs.length;
  const { name } = recorded;

  async function save(): Promise<void> {
    if (await recorder.record(name, setup, play.inputs)) tell(t('test.saved', { name }));
  }
  async function remove(): Promise<void> {
    if (!(await recorder.remove(name))) return;
    tell(t('test.removed', { name }));
    onOpenTest(null);
  }

  return (
    <>
      <Notice tone={!isPlayed ? 'plain' : failed === 0 ? 'good' : 'bad'} title={t('test.title', { name: `\u2068${name}\u2069` })}>
        <p>{!isPlayed ? t('playing') : failed === 0 ? t('test.all_hold') : t('test.some_fail', { count: failed })}</p>
        <p className="small">{t(setup.at === null ? 'test.when' : 'test.when_own')}</p>
        <ErrorNotice error={recorder.error} />
        <div className="row">
          {canEdit && (failed > 0 || isLonger) && (
            <Button isPending={recorder.isPending} onPress={() => void save()}>
              {t(isLonger ? 'test.save_longer' : 'test.save_now')}
            </Button>
          )}
          {canEdit && (
            <Button tone="danger" isDisabled={recorder.isPending} onPress={() => void remove()}>
              {t('test.remove')}
            </Button>
          )}
          <Button tone="plain" onPress={() => onOpenTest(null)}>
            {t('test.leave')}
          </Button>
        </div>
      </Notice>
      <ConflictDialog edits={recorder.edits} />
    </>
  );
}
