// What an answer's source is called in one language. Rendered by answer-texts.tsx. Editors note a source in their shorthand ("CRC 28");
// people read its name in their own language, the same under every answer of that source.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Skeleton } from '../../ui/pieces.tsx';
import { isolated } from '../isolated.ts';
import { useTextsOf } from '../settings/texts-of.ts';
import { AnswerText, type AnswerTextProps } from './answer-text.tsx';

export interface AnswerSourceProps extends Omit<AnswerTextProps, 'label' | 'textKey' | 'addLabel' | 'channelMeter'> {
  /** Of the content, as in its address: a release or a draft. */
  place: string;
  /** The answer's source as its editors noted it. */
  noted: string;
}

export function AnswerSource({ place, noted, ...shared }: AnswerSourceProps): ReactNode {
  const { t } = useTranslation('answers');
  const read = useTextsOf(place, {
    namespace: 'sources',
    q: noted,
    languages: shared.texts.languages.map(({ tag }) => tag),
  });
  if (read.error !== null) return <ErrorNotice error={read.error} retry={() => void read.refetch()} />;
  if (read.data === undefined) return <Skeleton lines={1} />;
  const name = { ...shared, texts: read.data };
  return (
    <>
      <p className="small quiet">{t('texts.source_help', { source: isolated(noted) })}</p>
      <AnswerText {...name} label={t('texts.source')} textKey={`sources:${noted}`} addLabel={t('texts.add_source')} />
      <AnswerText
        {...name}
        label={t('texts.source_sms')}
        textKey={`sources:${noted}_sms`}
        addLabel={t('texts.add_source_sms')}
        channelMeter
      />
    </>
  );
}
