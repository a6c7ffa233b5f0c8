// Adds a place: what must be known of it before it can be listed; all else is filled in afterwards on its page. Opened from places-page.tsx.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { addressOf } from '../../../release/entry.ts';
import { EVERYWHERE } from '../../../release/locality-tree.ts';
import { addDays } from '../../../util/local-time.ts';
import { useMay, useMe } from '../../session.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Select, TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/pieces.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { AddForm } from '../add-form.tsx';
import { linkTo } from '../link-to.ts';
import { localityOptions, topicOptions } from '../settings/code-options.ts';
import { CodesField } from '../settings/codes-field.tsx';
import { toJson } from '../settings/to-json.ts';
import type { Hotline } from '../settings/use-hotline.ts';
import type { ContentPlace } from '../source.ts';
import { useEdits } from '../use-edits.ts';
import type { PlaceFields } from './place-fields.ts';
import { fileOfNewPlace, newPlaceId } from './place-id.ts';

/** Whoever adds a place knows it now; habits of offices change within months. */
const KNOWN_FOR_DAYS = 90;

export interface AddPlaceProps {
  isOpen: boolean;
  onClose: () => void;
  source: ContentPlace;
  hotline: Hotline;
  taken: ReadonlySet<string>;
  files: readonly string[];
}

type Begun = Pick<PlaceFields, 'name' | 'topics' | 'locality' | 'source'> & { organization: string };

export function AddPlace({ isOpen, ...props }: AddPlaceProps): ReactNode {
  const { t } = useTranslation('answers');
  const me = useMe();
  const isPartner = !useMay()('content.edit');
  // What was typed is there again when the dialog was closed by mistake.
  const [typed, setTyped] = useState<Begun | null>(null);
  const begun = typed ?? { name: '', topics: [], locality: EVERYWHERE, source: '', organization: isPartner ? me.organisation : '' };
  return (
    <Dialog title={t('places.add_title')} isOpen={isOpen} onClose={props.onClose}>
      {isOpen && <PlaceForm {...props} fields={begun} setFields={setTyped} isPartner={isPartner} />}
    </Dialog>
  );
}

interface PlaceFormProps extends Omit<AddPlaceProps, 'isOpen'> {
  fields: Begun;
  setFields: (fields: Begun | null) => void;
  isPartner: boolean;
}

function PlaceForm({ onClose, source, hotline, taken, files, fields, setFields, isPartner }: PlaceFormProps): ReactNode {
  const { t } = useTranslation('answers');
  const { tell } = useToasts();
  const [, go] = useLocation();
  const [isTried, setTried] = useState(false);
  const edits = useEdits(source.draftId);
  const set = (change: Partial<Begun>): void => setFields({ ...fields, ...change });
  const isIncomplete = fields.name.trim().length < 2 || fields.topics.length === 0 || fields.source.trim().length < 3;
  const add = async (): Promise<void> => {
    setTried(true);
    if (isIncomplete) return;
    const id = newPlaceId(fields.name, taken);
    const address = addressOf(fileOfNewPlace(files), id);
    if (!(await edits.save([{ address, value: toJson(newPlace(id, fields, hotline.today)), expects: 0 }]))) return;
    setFields(null);
    tell(t('places.added'));
    onClose();
    go(linkTo(address, source.source));
  };
  return (
    <AddForm
      edits={edits}
      label={t('places.add_confirm')}
      onAdd={add}
      onCancel={() => {
        setFields(null);
        onClose();
      }}
      intro={<p>{t('places.add_intro')}</p>}
    >
      {edits.conflicts.length > 0 && <Notice tone="bad" title={t('add.taken')} />}
      <BegunFields fields={fields} set={set} hotline={hotline} isPartner={isPartner} isTried={isTried} />
    </AddForm>
  );
}

interface BegunFieldsProps extends Pick<PlaceFormProps, 'fields' | 'hotline' | 'isPartner'> {
  set: (change: Partial<Begun>) => void;
  isTried: boolean;
}

function BegunFields({ fields, set, hotline, isPartner, isTried }: BegunFieldsProps): ReactNode {
  const { t } = useTranslation('answers');
  return (
    <>
      <TextField
        label={t('places.name')}
        hint={t('places.name_hint')}
        wrong={isTried && fields.name.trim().length < 2 ? t('places.name_missing') : null}
        value={fields.name}
        onChange={(name) => set({ name })}
      />
      <TextField
        label={t('places.organization')}
        hint={t(isPartner ? 'places.organization_own' : 'places.organization_hint')}
        isReadOnly={isPartner}
        value={fields.organization}
        onChange={(organization) => set({ organization })}
      />
      <CodesField
        label={t('places.topics')}
        hint={t('places.topics_hint')}
        addLabel={t('places.add_topic')}
        value={fields.topics}
        options={topicOptions(hotline)}
        onChange={(topics) => set({ topics })}
        wrong={isTried && fields.topics.length === 0 ? t('places.topics_missing') : null}
      />
      <Select
        label={t('answers.place')}
        hint={t('places.locality_hint')}
        value={fields.locality}
        options={localityOptions(hotline)}
        onChange={(locality) => set({ locality })}
      />
      <TextField
        label={t('places.source')}
        hint={t('places.source_hint')}
        wrong={isTried && fields.source.trim().length < 3 ? t('facts.source_missing') : null}
        value={fields.source}
        onChange={(text) => set({ source: text })}
      />
    </>
  );
}

/** Nothing is claimed that nobody has said: papers and authorities are unknown, and people are told to confirm. */
function newPlace(id: string, fields: Begun, today: string): PlaceFields {
  return {
    id,
    name: fields.name.trim(),
    organization: fields.organization.trim() === '' ? undefined : fields.organization.trim(),
    topics: fields.topics,
    locality: fields.locality,
    asks_for_papers: 'unknown',
    shares_with_authorities: 'unknown',
    confirm_locally: true,
    source: fields.source.trim(),
    verify_by: addDays(today, KNOWN_FOR_DAYS),
  };
}
