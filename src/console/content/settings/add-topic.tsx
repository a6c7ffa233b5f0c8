// Adds a topic: in which area, its code, its name in the source language, and whether it belongs to the private lane.
// Opened from topics-part.tsx, in a dialog.
import { useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components/Form';
import { useTranslation } from 'react-i18next';
import { TopicCode } from '../../../domain/content.ts';
import { addressOf } from '../../../release/entry.ts';
import { useFormat } from '../../format.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Select, TextField } from '../../ui/field.tsx';
import { useToasts } from '../../ui/toast.tsx';
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
      {isOpen && <AddForm {...props} />}
    </Dialog>
  );
}

function AddForm({ onClose, place, hotline }: Omit<AddNamedProps, 'isOpen'>): ReactNode {
  const { t } = useTranslation('answers');
  const { t: shell } = useTranslation();
  const { tell } = useToasts();
  const format = useFormat();
  const areas = hotline.topics.filter(({ code }) => !code.includes('.'));
  const [area, setArea] = useState(areas[0]?.code ?? '');
  const [part, setPart] = useState('');
  const [name, setName] = useState('');
  const parent = areas.find(({ code }) => code === area);
  const [isPrivate, setPrivate] = useState(parent?.private ?? false);
  const [isTried, setTried] = useState(false);
  const edits = useEdits(place.draftId);
  const code = area === '' ? part : `${area}.${part}`;
  const wrong = wrongCode(code, hotline);
  const add = async (): Promise<void> => {
    setTried(true);
    if (wrong !== null || name.trim() === '') return;
    // What the area counts for counts for its branches.
    const topic = { code, gcm: parent?.gcm ?? [], r4v: parent?.r4v ?? [], private: isPrivate ? true : undefined };
    const isDone = await edits.save([
      { address: addressOf(TOPICS_FILE, code), value: toJson(topic), expects: 0 },
      { address: addressOf(`locales/${hotline.sourceLanguage}/topics.json`, code), value: name.trim(), expects: 0 },
    ]);
    if (!isDone) return;
    tell(t('names.added', { name: name.trim() }));
    onClose();
  };
  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <ErrorNotice error={edits.error} />
      <Select
        label={t('topics.area')}
        value={area}
        options={[
          ...areas.map((one) => ({ value: one.code, label: hotline.nameOfTopic(one.code) })),
          { value: '', label: t('topics.new_area') },
        ]}
        onChange={(next) => {
          setArea(next);
          setPrivate(areas.find((one) => one.code === next)?.private ?? false);
        }}
      />
      <TextField
        label={t('names.code')}
        hint={t(area === '' ? 'topics.area_code_hint' : 'topics.code_hint', { start: `${area}.` })}
        ltr
        maxLength={4}
        wrong={isTried && wrong !== null ? t(`topics.code_${wrong}`) : null}
        value={part}
        onChange={(typed) => setPart(typed.toUpperCase())}
      />
      <SpokenField
        language={hotline.sourceLanguage}
        label={t('names.in', { label: t('names.name'), language: format.language(hotline.sourceLanguage) })}
        wrong={isTried && name.trim() === '' ? t('add.missing') : null}
        value={name}
        onChange={setName}
      />
      <Checkbox label={t('topics.private')} explained={t('topics.private_help')} isSelected={isPrivate} onChange={setPrivate} />
      <p className="quiet small">{t('names.other_languages')}</p>
      <div className="actions row">
        <Button onPress={onClose}>{shell('ui.cancel')}</Button>
        <Button type="submit" tone="primary" icon="plus" isPending={edits.isPending}>
          {t('topics.add')}
        </Button>
      </div>
      <ConflictDialog edits={edits} />
    </Form>
  );
}

function wrongCode(code: string, hotline: Hotline): 'shape' | 'taken' | null {
  if (!TopicCode.safeParse(code).success) return 'shape';
  return hotline.topicEntry(code) === undefined ? null : 'taken';
}
