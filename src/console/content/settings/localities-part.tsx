// The tree of places that the hotline knows: their names and other ways to write them in every language, and new ones.
// A part of the settings page.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Locality } from '../../../domain/content.ts';
import { addressOf } from '../../../release/entry.ts';
import { depth } from '../../../release/locality-tree.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Badge } from '../../ui/pieces.tsx';
import { Table } from '../../ui/table.tsx';
import { useEdits } from '../use-edits.ts';
import { AddLocality } from './add-locality.tsx';
import { KeptForm } from './kept-form.tsx';
import { NameTexts } from './name-texts.tsx';
import { CoordinatesFields } from './coordinates-fields.tsx';
import { LOCALITIES_FILE } from './use-hotline.ts';
import { useKeptValue } from './use-kept-value.ts';
import type { SettingsPartProps } from './use-setting.ts';

export function LocalitiesPart({ place, hotline, isReadOnly }: SettingsPartProps): ReactNode {
  const { t } = useTranslation('answers');
  const [opened, setOpened] = useState<string | null>(null);
  const [isAdding, setAdding] = useState(false);
  const served = new Set(hotline.settings.localities);
  const changing = hotline.localities.find(({ code }) => code === opened);
  return (
    <>
      {!isReadOnly && (
        <div className="row">
          <Button icon="plus" onPress={() => setAdding(true)}>
            {t('localities.add')}
          </Button>
        </div>
      )}
      <Table<Locality>
        label={t('settings.part_localities')}
        rows={[...hotline.localities].sort((a, b) => (a.code < b.code ? -1 : 1))}
        keyOf={({ code }) => code}
        columns={[
          {
            key: 'name',
            label: t('names.name'),
            cell: ({ code }) => (depth(code) <= 1 ? <strong>{hotline.nameOfLocality(code)}</strong> : hotline.pathOfLocality(code)),
          },
          { key: 'code', label: t('names.code'), cell: ({ code }) => <code>{code}</code> },
          {
            key: 'served',
            label: t('localities.served'),
            cell: ({ code }) => served.has(code) && <Badge tone="good">{t('localities.is_served')}</Badge>,
          },
          {
            key: 'actions',
            label: '',
            end: true,
            cell: ({ code }) => (
              <Button
                aria-label={t(isReadOnly ? 'names.show_of' : 'names.change_of', { name: hotline.nameOfLocality(code) })}
                onPress={() => setOpened(code)}
              >
                {t(isReadOnly ? 'names.show' : 'names.change')}
              </Button>
            ),
          },
        ]}
      />
      <Dialog size="wide" title={t('localities.change')} isOpen={changing !== undefined} onClose={() => setOpened(null)}>
        {changing && <ChangeLocality key={changing.code} locality={changing} place={place} hotline={hotline} isReadOnly={isReadOnly} />}
      </Dialog>
      <AddLocality isOpen={isAdding} onClose={() => setAdding(false)} place={place} hotline={hotline} />
    </>
  );
}

function ChangeLocality({ locality, place, hotline, isReadOnly }: SettingsPartProps & { locality: Locality }): ReactNode {
  const { t } = useTranslation('answers');
  const { code } = locality;
  const edits = useEdits(place.draftId);
  const kept = useKeptValue<Locality>({
    address: addressOf(LOCALITIES_FILE, code),
    value: locality,
    revision: hotline.localityEntry(code)?.revision ?? 0,
    schema: Locality,
    edits,
    lostText: t('kept.lost'),
  });
  return (
    <>
      <p>
        <code>{code}</code>
      </p>
      <NameTexts place={place} hotline={hotline} namespace="localities" name={code} label={t('names.name')} />
      <h3>{t('localities.synonyms')}</h3>
      <p className="quiet small">{t('localities.synonyms_hint')}</p>
      <NameTexts place={place} hotline={hotline} namespace="localities" name={`${code}.synonyms`} label={t('localities.synonyms')} isList />
      <KeptForm label={t('localities.coordinates')} kept={kept} isReadOnly={isReadOnly}>
        <CoordinatesFields
          hint={t('localities.coordinates_hint')}
          value={kept.value}
          onChange={(change) => kept.set({ ...kept.value, ...change })}
        />
      </KeptForm>
    </>
  );
}
