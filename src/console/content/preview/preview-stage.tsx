// The conversation as on a phone, with what one can do as the person, and beside it what happens behind. Rendered by preview-page.tsx, anew
// for each beginning.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcut } from '../../shortcuts.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { ProblemList } from '../problem-list.tsx';
import type { Hotline } from '../settings/use-hotline.ts';
import { useContentPlace } from '../source.ts';
import { Behind, Part } from './behind.tsx';
import { Composer } from './composer.tsx';
import { Conversation } from './conversation.tsx';
import { RecordDialog } from './record-dialog.tsx';
import type { PlaySetup } from './recording.ts';
import { TestBar } from './test-bar.tsx';
import { usePlay } from './use-play.ts';
import { CurrencyContext } from './use-price.ts';
import type { OpenedTest, Tests } from './use-tests.ts';

export interface PreviewStageProps {
  hotline: Hotline;
  tests: Tests;
  setup: PlaySetup;
  /** The test that is opened, where one is. */
  recorded: OpenedTest | null;
  onOpenTest: (name: string | null) => void;
}

export function PreviewStage({ hotline, tests, setup, recorded, onOpenTest }: PreviewStageProps): ReactNode {
  const { t } = useTranslation('preview');
  const { source, canEdit } = useContentPlace();
  const [isRecording, setRecording] = useState(false);
  const test = recorded?.test ?? null;
  const play = usePlay(setup, test?.inputs ?? null);
  const { view } = play;
  useShortcut({ keys: 'b', label: t('act.back'), group: t('title'), run: play.back });
  useShortcut({ keys: 'r', label: t('act.restart'), group: t('title'), run: play.restart });
  if (view !== null && view.problems.length > 0)
    return (
      <section className="stack">
        <h2>{t('problems.title')}</h2>
        <p>{t('problems.help')}</p>
        <ProblemList problems={view.problems} source={source} />
        <div className="row">
          <Button icon="undo" onPress={play.retry} isPending={play.isPlaying}>
            {t('problems.again')}
          </Button>
        </div>
      </section>
    );
  return (
    <CurrencyContext value={view?.currency ?? null}>
      <ErrorNotice error={play.error} retry={play.retry} />
      {recorded?.test && (
        <TestBar
          key={recorded.name}
          tests={tests}
          recorded={recorded}
          test={recorded.test}
          play={play}
          setup={setup}
          onOpenTest={onOpenTest}
        />
      )}
      <div className="preview-stage">
        <div className="phone">
          <Conversation play={play} setup={setup} test={test} />
          <Composer play={play} channel={setup.channel} />
        </div>
        <Behind hotline={hotline} play={play} channel={setup.channel}>
          {test === null && (
            <Part title={t('record.title')}>
              <p className="quiet small">{t('record.help')}</p>
              {canEdit ? (
                <div className="row">
                  <Button icon="plus" isDisabled={play.inputs.length === 0} onPress={() => setRecording(true)}>
                    {t('record.label')}
                  </Button>
                </div>
              ) : (
                <p className="quiet small">{t('record.needs_draft')}</p>
              )}
            </Part>
          )}
        </Behind>
      </div>
      {isRecording && (
        <RecordDialog
          tests={tests}
          setup={setup}
          inputs={play.inputs}
          language={view?.turns.at(-1)?.language ?? setup.language ?? hotline.sourceLanguage}
          onClose={() => setRecording(false)}
          onDone={onOpenTest}
        />
      )}
    </CurrencyContext>
  );
}
