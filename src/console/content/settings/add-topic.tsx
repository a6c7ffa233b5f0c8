// Adds a topic: in which area, its code, its name in the source language, and whether it belongs to the private lane.
// Opened from topics-part.tsx, in a dialog.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { TopicCode, type Topic } from '../../../domain/content.ts';
import { addressOf } from '../../../release/entry.ts';
import { useFormat } from '../../format.ts';
import { Checkbox } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Select, TextField } from '../../ui/field.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { AddForm } from '../add-form.tsx';
import { ConflictDialog } from '../conflict-dialog.tsx';
import type { ContentPlace } from '../source.ts';
import { useEdits } from '../use-edits.ts';
import { SpokenField } from './spoken-field.tsx';
import { toJson } from './to-json.ts';
import { TOPICS_FILE, type Hotline } from './use-hotline.ts';

export interface AddNamedProps {
  isOpen: boolean;
  onClose: () => void;
  place: ContentPlace;
  hotline: Hotline;
}

export function AddTopic({ isOpen, ...props }: AddNamedProps): ReactNode {
  const { t } = useTranslation('answers');
  return (
    <Dialog title={t('topics.add')} isOpen={isOpen} onClose={props.onClose}>
      {isOpen && <TopicForm {...props} />}
    </Dialog>
  );
}

interface Fields {
  /** Empty for a new area. */
  area: string;
  /** What stands behind the area in the code. */
  part: string;
  name: string;
  isPrivate: boolean;
}

function TopicForm({ onClose, place, hotline }: Omit<AddNamedProps, 'isOpen'>): ReactNode {
  const { t } = useTranslation('answers');
  const { tell } = useToasts();
  const first = areasOf(hotline)[0];
  const [fields, setFields] = useState<Fields>({ area: first?.code ?? '', part: '', name: '', isPrivate: first?.private ?? false });
  const set = (change: Partial<Fields>): void => setFields((now) => ({ ...now, ...change }));
  const [isTried, setTried] = useState(false);
  const edits = useEdits(place.draftId);
  const { area, name } = fields;
  const code = area === '' ? fields.part : `${area}.${fields.part}`;
  const wrong = wrongCode(code, hotline);
  const add = async (): Promise<void> => {
    setTried(true);
    if (wrong !== null || name.trim() === '') return;
    // What the area counts for counts for its branches.
    const parent = areasOf(hotline).find((one) => one.code === area);
    const topic = { code, gcm: parent?.gcm ?? [], r4v: parent?.r4v ?? [], private: fields.isPrivate ? true : undefined };
    const isDone = await edits.save([
      { address: addressOf(TOPICS_FILE, code), value: toJson(topic), expects: 0 },
      { address: addressOf(`locales/${hotline.sourceLanguage}/topics.json`, code), value: name.trim(), expects: 0 },
    ]);
    if (!isDone) return;
    tell(t('names.added', { name: name.trim() }));
    onClose();
  };
  return (
    <AddForm edits={edits} label={t('topics.add')} onAdd={add} onCancel={onClose}>
      <TopicFields fields={fields} set={set} hotline={hotline} wrong={isTried ? wrong : null} isTried={isTried} />
      <p className="quiet small">{t('names.other_languages')}</p>
      <ConflictDialog edits={edits} />
    </AddForm>
  );
}

interface TopicFieldsProps {
  fields: Fields;
  set: (change: Partial<Fields>) => void;
  hotline: Hotline;
  wrong: ReturnType<typeof wrongCode>;
  isTried: boolean;
}

function TopicFields({ fields, set, hotline, wrong, isTried }: TopicFieldsProps): ReactNode {
  const { t } = useTranslation('answers');
  const format = useFormat();
  const areas = areasOf(hotline);
  return (
    <>
      <Select
        label={t('topics.area')}
        value={fields.area}
        options={[
          ...areas.map((one) => ({ value: one.code, label: hotline.nameOfTopic(one.code) })),
          { value: '', label: t('topics.new_area') },
        ]}
        onChange={(area) => set({ area, isPrivate: areas.find(({ code }) => code === area)?.private ?? false })}
      />
      <TextField
        label={t('names.code')}
        hint={t(fields.area === '' ? 'topics.area_code_hint' : 'topics.code_hint', { start: `${fields.area}.` })}
        ltr
        maxLength={4}
        wrong={wrong !== null ? t(`topics.code_${wrong}`) : null}
        value={fields.part}
        onChange={(typed) => set({ part: typed.toUpperCase() })}
      />
      <SpokenField
        language={hotline.sourceLanguage}
        label={t('names.in', { label: t('names.name'), language: format.language(hotline.sourceLanguage) })}
        wrong={isTried && fields.name.trim() === '' ? t('add.missing') : null}
        value={fields.name}
        onChange={(name) => set({ name })}
      />
      <Checkbox
        label={t('topics.private')}
        explained={t('topics.private_help')}
        isSelected={fields.isPrivate}
        onChange={(isPrivate) => set({ isPrivate })}
      />
    </>
  );
}

function areasOf(hotline: Hotline): Topic[] {
  return hotline.topics.filter(({ code }) => !code.includes('.'));
}

function wrongCode(code: string, hotline: Hotline): 'shape' | 'taken' | null {
  if (!TopicCode.safeParse(code).success) return 'shape';
  return hotline.topicEntry(code) === undefined ? null : 'taken';
}
