// The live preview: one talks to the hotline as a person would, with the content that the address names; beside it stands what happens
// behind. Opened by /content/:source/preview?flow&step&language&channel, and with ?transcript=school.en for a recorded test.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice, Skeleton } from '../../ui/pieces.tsx';
import { ContentFrame } from '../content-frame.tsx';
import { useHotline, type Hotline } from '../settings/use-hotline.ts';
import { useContentPlace } from '../source.ts';
import { PreviewStage } from './preview-stage.tsx';
import { SetupForm } from './setup-form.tsx';
import { useSetup } from './use-setup.ts';
import { useTests, type Tests } from './use-tests.ts';
import './preview.css';

export function PreviewPage(): ReactNode {
  const { t } = useTranslation('preview');
  const { source } = useContentPlace();
  const { hotline, error, retry } = useHotline(source);
  const tests = useTests(source);
  return (
    <ContentFrame tab="preview" title={t('title')} intro={t('intro')}>
      <ErrorNotice error={error ?? tests.error} retry={error === null ? tests.retry : retry} />
      {hotline === null || tests.names === null ? (
        error === null && tests.error === null && <Skeleton />
      ) : (
        <Preview hotline={hotline} tests={tests} />
      )}
    </ContentFrame>
  );
}

function Preview({ hotline, tests }: { hotline: Hotline; tests: Tests }): ReactNode {
  const { t } = useTranslation('preview');
  const choice = useSetup();
  const recorded = choice.test === null ? null : tests.read(choice.test);
  const setup = recorded?.test?.setup ?? choice.setup;
  // Another beginning, or another test, is another conversation.
  const conversation = recorded?.test ? `test ${choice.test}` : `${choice.setup.flow} ${choice.setup.step}`;
  return (
    <>
      <SetupForm hotline={hotline} tests={tests} choice={choice} setup={setup} isFixed={recorded?.test != null} />
      {choice.test !== null && recorded === null && <Notice tone="warn" title={t('test.gone', { name: choice.test })} />}
      {recorded !== null && recorded.test === null && <Notice tone="bad" title={t('test.unreadable')} />}
      <PreviewStage key={conversation} hotline={hotline} tests={tests} setup={setup} recorded={recorded} onOpenTest={choice.openTest} />
    </>
  );
}
