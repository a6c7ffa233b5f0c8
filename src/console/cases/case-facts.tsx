// What is known of a case at a glance, and what may be changed: priority, topic, the time agreed for a call-back. Rendered by side-panel.tsx.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../api/case-operations.ts';
import { useFormat } from '../format.ts';
import { Button } from '../ui/button.tsx';
import { Select, TextField } from '../ui/field.tsx';
import { nativeName } from './languages.ts';
import { Part } from './side-panel-part.tsx';
import { useCaseActions } from './use-case-actions.ts';
import { useTopics } from './use-topics.ts';

const PRIORITIES = ['emergency', 'urgent', 'normal'] as const;

export function CaseFacts({ view }: { view: CaseView }): ReactNode {
  const { t } = useTranslation('cases');
  const format = useFormat();
  const topics = useTopics();
  const { item, locality, reason } = view;
  const actions = useCaseActions(item);
  const changes = item.status !== 'closed' && (view.may.includes('reply') || view.may.includes('assign'));
  const topicOptions = [...new Set([...(item.topic === null ? [] : [item.topic]), ...topics.areas])];
  return (
    <Part title={t('panel.facts')}>
      <dl className="case-facts">
        <Fact name={t('fact.language')}>
          {item.language === null ? '–' : <span lang={item.language}>{nativeName(item.language)}</span>}
        </Fact>
        <Fact name={t('fact.opened')}>{format.dateTime(item.openedAt)}</Fact>
        {item.dueAt !== null && <Fact name={t('fact.due')}>{format.dateTime(item.dueAt)}</Fact>}
        {locality !== null && <Fact name={t('fact.locality')}>{locality}</Fact>}
        <Fact name={t('fact.reason')}>{t(`reason.${reason}`, { defaultValue: reason })}</Fact>
        {!changes && <Fact name={t('fact.priority')}>{t(`priority.${item.priority}`)}</Fact>}
        {!changes && item.topic !== null && <Fact name={t('fact.topic')}>{topics.nameOf(item.topic)}</Fact>}
        {item.callbackAt !== null && <Fact name={t('fact.callback')}>{format.dateTime(item.callbackAt)}</Fact>}
      </dl>
      {changes && (
        <div className="stack tight">
          <Select
            label={t('fact.priority')}
            value={item.priority}
            options={PRIORITIES.map((value) => ({ value, label: t(`priority.${value}`) }))}
            onChange={(priority) => void actions.change({ priority })}
          />
          {!item.private && (
            <Select
              label={t('fact.topic')}
              value={item.topic ?? ''}
              options={[
                ...(item.topic === null ? [{ value: '', label: t('row.no_topic') }] : []),
                ...topicOptions.map((code) => ({ value: code, label: topics.nameOf(code) })),
              ]}
              onChange={(topic) => void (topic !== '' && actions.change({ topic }))}
            />
          )}
          <CallBack view={view} set={(callbackAt) => void actions.change({ callbackAt })} />
        </div>
      )}
    </Part>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function CallBack({ view, set }: { view: CaseView; set: (at: number | null) => void }): ReactNode {
  const { t } = useTranslation('cases');
  const [at, setAt] = useState<string | null>(null);
  const time = at === null ? Number.NaN : Date.parse(at);
  if (at === null)
    return (
      <div className="row">
        <Button icon="calendar" onPress={() => setAt('')}>
          {t(view.item.callbackAt === null ? 'callback.agree' : 'callback.change')}
        </Button>
        {view.item.callbackAt !== null && (
          <Button tone="plain" onPress={() => set(null)}>
            {t('callback.remove')}
          </Button>
        )}
      </div>
    );
  return (
    <div className="stack tight">
      <TextField label={t('callback.when')} type="datetime-local" ltr value={at} onChange={setAt} autoFocus />
      <div className="row">
        <Button
          tone="primary"
          isDisabled={Number.isNaN(time)}
          onPress={() => {
            set(time);
            setAt(null);
          }}
        >
          {t('callback.save')}
        </Button>
        <Button onPress={() => setAt(null)}>{t('dialog.cancel')}</Button>
      </div>
    </div>
  );
}
