// The flows in a table: name and first words, what begins each, its steps, topic and lane. Rendered by flows-page.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useFormat } from '../../format.ts';
import { Menu } from '../../ui/menu.tsx';
import { Badge } from '../../ui/pieces.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { useContentPlace } from '../source.ts';
import { tagDirection } from '../tag-direction.ts';
import { subjectOf } from './about-step.ts';
import type { EditedFlow } from './edited-flow.ts';
import { getIn } from './json-path.ts';
import { fullKey } from './step-texts.ts';
import type { FlowContent } from './use-flow-content.ts';
import { useLoadedTexts } from './use-loaded-texts.ts';

export interface FlowListProps {
  content: FlowContent;
  /** Null where nothing may be changed. */
  onRemove: ((flow: string) => void) | null;
}

export function FlowList({ content, onRemove }: FlowListProps): ReactNode {
  const { t } = useTranslation('flows');
  const format = useFormat();
  const columns: Column<EditedFlow>[] = [
    { key: 'name', label: t('list.name'), cell: (flow) => <FlowName flow={flow} content={content} /> },
    { key: 'begins', label: t('list.begins'), cell: (flow) => <Begins flow={flow} content={content} /> },
    { key: 'topic', label: t('list.topic'), cell: ({ head }) => topicName(content, head['topic']) },
    { key: 'steps', label: t('list.steps'), cell: ({ steps }) => format.number(steps.length), end: true },
  ];
  const menu: Column<EditedFlow> = {
    key: 'menu',
    label: '',
    end: true,
    cell: ({ id }) => (
      <Menu
        label={t('list.menu', { flow: id })}
        entries={[{ id: 'remove', label: t('list.remove'), icon: 'close', tone: 'danger', run: () => onRemove?.(id) }]}
      />
    ),
  };
  return (
    <Table
      label={t('list.title')}
      rows={[...content.flows.values()]}
      keyOf={({ id }) => id}
      columns={onRemove === null ? columns : [...columns, menu]}
    />
  );
}

function FlowName({ flow, content }: { flow: EditedFlow; content: FlowContent }): ReactNode {
  const { t, i18n } = useTranslation('flows');
  const { source } = useContentPlace();
  const { hotline } = content;
  const language = hotline.languages.some(({ tag }) => tag === i18n.language) ? i18n.language : hotline.sourceLanguage;
  const texts = useLoadedTexts(source, language, [flow.id, 'system']);
  const words = firstWords(flow, texts.get);
  const isChanged = flow.steps.some(({ change }) => change !== null);
  return (
    <div className="flow-name">
      <span className="row">
        <Link href={`/content/${source}/flows/${flow.id}`}>
          <code>{flow.id}</code>
        </Link>
        {flow.head['private'] === true && (
          <Badge tone="private" icon="lock">
            {t('list.private')}
          </Badge>
        )}
        {flow.isNew ? <Badge>{t('badge.added')}</Badge> : isChanged && <Badge>{t('badge.changed')}</Badge>}
      </span>
      {words !== undefined && (
        <span className="first-words quiet small" lang={language} dir={tagDirection(language)}>
          {words}
        </span>
      )}
    </div>
  );
}

/** What the flow says first. */
function firstWords(flow: EditedFlow, get: (full: string) => string | undefined): string | undefined {
  for (const step of flow.steps) {
    const subject = subjectOf(step);
    const text = subject.type === 'text' ? get(fullKey(flow.id, subject.key)) : undefined;
    if (text !== undefined) return text;
  }
  return undefined;
}

function Begins({ flow, content }: { flow: EditedFlow; content: FlowContent }): ReactNode {
  const { t } = useTranslation('flows');
  const { entryFlow, menuFlow } = content.known;
  const menu = getIn(flow.head, ['triggers', 'menu']);
  const ways = [
    ...(flow.id === entryFlow ? [t('list.first_message')] : []),
    ...(flow.id === menuFlow ? [t('list.main_menu')] : []),
    ...(getIn(flow.head, ['triggers', 'keywords']) === true ? [t('list.keywords')] : []),
    ...(typeof menu === 'string' ? [t('list.in_menu', { menu })] : []),
  ];
  return ways.length === 0 ? (
    <span className="quiet">{t('list.called')}</span>
  ) : (
    <span className="row">
      {ways.map((way) => (
        <Badge key={way}>{way}</Badge>
      ))}
    </span>
  );
}

function topicName({ hotline }: FlowContent, code: unknown): ReactNode {
  return typeof code === 'string' ? hotline.pathOfTopic(code) : '';
}
