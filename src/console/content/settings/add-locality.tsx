// Adds a place to the tree: in what it lies, its code, and its name in the source language. Opened from localities-part.tsx, in a dialog.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LocalityCode } from '../../../domain/content.ts';
import { addressOf } from '../../../release/entry.ts';
import { depth, EVERYWHERE } from '../../../release/locality-tree.ts';
import { useFormat } from '../../format.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Select, TextField } from '../../ui/field.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { AddForm } from '../add-form.tsx';
import { ConflictDialog } from '../conflict-dialog.tsx';
import { useEdits } from '../use-edits.ts';
import { SpokenField } from './spoken-field.tsx';
import type { AddNamedProps } from './add-topic.tsx';
import { localityOptions } from './code-options.ts';
import { LOCALITIES_FILE, type Hotline } from './use-hotline.ts';

/** Country, region, city, and one below. */
const DEEPEST = 4;

export function AddLocality({ isOpen, ...props }: AddNamedProps): ReactNode {
  const { t } = useTranslation('answers');
  return (
    <Dialog title={t('localities.add')} isOpen={isOpen} onClose={props.onClose}>
      {isOpen && <LocalityForm {...props} />}
    </Dialog>
  );
}

function LocalityForm({ onClose, place, hotline }: Omit<AddNamedProps, 'isOpen'>): ReactNode {
  const { t } = useTranslation('answers');
  const { tell } = useToasts();
  const format = useFormat();
  const [parent, setParent] = useState<string>(EVERYWHERE);
  const [part, setPart] = useState('');
  const [name, setName] = useState('');
  const [isTried, setTried] = useState(false);
  const edits = useEdits(place.draftId);
  const parents = hotline.localities.map(({ code }) => code).filter((code) => depth(code) < DEEPEST);
  const code = parent === EVERYWHERE ? part : `${parent}-${part}`;
  const wrong = wrongCode(code, hotline);
  const add = async (): Promise<void> => {
    setTried(true);
    if (wrong !== null || name.trim() === '') return;
    const isDone = await edits.save([
      { address: addressOf(LOCALITIES_FILE, code), value: { code }, expects: 0 },
      { address: addressOf(`locales/${hotline.sourceLanguage}/localities.json`, code), value: name.trim(), expects: 0 },
    ]);
    if (!isDone) return;
    tell(t('names.added', { name: name.trim() }));
    onClose();
  };
  return (
    <AddForm edits={edits} label={t('localities.add')} onAdd={add} onCancel={onClose}>
      <Select label={t('localities.inside')} value={parent} options={localityOptions(hotline, parents)} onChange={setParent} />
      <TextField
        label={t('names.code')}
        hint={t(parent === EVERYWHERE ? 'localities.country_hint' : 'localities.code_hint', { start: `${parent}-` })}
        ltr
        maxLength={6}
        wrong={isTried && wrong !== null ? t(`localities.code_${wrong}`) : null}
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
      <p className="quiet small">{t('names.other_languages')}</p>
      <ConflictDialog edits={edits} />
    </AddForm>
  );
}

function wrongCode(code: string, hotline: Hotline): 'shape' | 'taken' | null {
  if (!LocalityCode.safeParse(code).success || code === EVERYWHERE) return 'shape';
  return hotline.localityEntry(code) === undefined ? null : 'taken';
}
