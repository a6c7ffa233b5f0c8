// The topics of the request log, by areas: their names in every language, and new ones. A part of the settings page.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Topic } from '../../../domain/content.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Badge } from '../../ui/pieces.tsx';
import { Table } from '../../ui/table.tsx';
import { AddTopic } from './add-topic.tsx';
import { NameTexts } from './name-texts.tsx';
import type { SettingsPartProps } from './use-setting.ts';

export function TopicsPart({ place, hotline, isReadOnly }: SettingsPartProps): ReactNode {
  const { t } = useTranslation('answers');
  const [renaming, setRenaming] = useState<Topic | null>(null);
  const [isAdding, setAdding] = useState(false);
  return (
    <>
      {!isReadOnly && (
        <div className="row">
          <Button icon="plus" onPress={() => setAdding(true)}>
            {t('topics.add')}
          </Button>
        </div>
      )}
      <Table<Topic>
        label={t('settings.part_topics')}
        rows={inAreas(hotline.topics)}
        keyOf={({ code }) => code}
        columns={[
          {
            key: 'name',
            label: t('names.name'),
            cell: ({ code }) => (code.includes('.') ? hotline.nameOfTopic(code) : <strong>{hotline.nameOfTopic(code)}</strong>),
          },
          { key: 'code', label: t('names.code'), cell: ({ code }) => <code>{code}</code> },
          {
            key: 'private',
            label: t('topics.lane'),
            cell: (topic) =>
              topic.private && (
                <Badge tone="private" icon="lock">
                  {t('topics.private')}
                </Badge>
              ),
          },
          {
            key: 'actions',
            label: '',
            end: true,
            cell: (topic) => (
              <Button
                aria-label={t(isReadOnly ? 'names.show_of' : 'names.change_of', { name: hotline.nameOfTopic(topic.code) })}
                onPress={() => setRenaming(topic)}
              >
                {t(isReadOnly ? 'names.show' : 'names.change')}
              </Button>
            ),
          },
        ]}
      />
      <Dialog size="wide" title={t('topics.rename')} isOpen={renaming !== null} onClose={() => setRenaming(null)}>
        {renaming && (
          <>
            <p>
              <code>{renaming.code}</code>
            </p>
            <NameTexts place={place} hotline={hotline} namespace="topics" name={renaming.code} label={t('names.name')} />
          </>
        )}
      </Dialog>
      <AddTopic isOpen={isAdding} onClose={() => setAdding(false)} place={place} hotline={hotline} />
    </>
  );
}

/** Each area with its branches behind it. */
function inAreas(topics: readonly Topic[]): Topic[] {
  const areaOf = ({ code }: Topic): string => code.split('.')[0] ?? code;
  return [...new Set(topics.map(areaOf))].flatMap((area) => topics.filter((topic) => areaOf(topic) === area));
}
