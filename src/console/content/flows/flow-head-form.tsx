// What a flow is as a whole: its topic, the objectives it serves, whether it is private, and what begins it. One of the tabs of
// flow-editor-page.tsx. What is typed stays until it is saved.
import { useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components/Form';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useFormat } from '../../format.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox, Choices } from '../../ui/choice.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Select, TextField } from '../../ui/field.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { linkTo } from '../link-to.ts';
import { topicOptions, withValue } from '../settings/code-options.ts';
import { useEditor, useEditorWork } from './editor.ts';
import { headEdits, readHead, type FlowHead } from './flow-head.ts';
import { KEYWORDS } from './plan-flow-edits.ts';
import { addressOfText, fullKey } from './step-texts.ts';

/** Objectives of the Global Compact are known by their numbers. */
const OBJECTIVES = Array.from({ length: 23 }, (_, index) => String(index + 1));

export function FlowHeadForm(): ReactNode {
  const { t } = useTranslation('flows');
  const { canEdit, saving } = useEditorWork();
  const { head, set, save, putBack, isChanged } = useHeadForm();
  return (
    <Form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <HeadFields head={head} set={set} isReadOnly={!canEdit} />
      {canEdit && (
        <>
          <ErrorNotice error={saving.edits.error} />
          <div className="row">
            <Button type="submit" tone="primary" isPending={saving.edits.isPending} isDisabled={!isChanged}>
              {t('form.save')}
            </Button>
            {isChanged && (
              <Button tone="plain" icon="undo" onPress={putBack}>
                {t('form.put_back')}
              </Button>
            )}
          </div>
        </>
      )}
    </Form>
  );
}

interface HeadForm {
  head: FlowHead;
  set: (change: Partial<FlowHead>) => void;
  save: () => void;
  putBack: () => void;
  isChanged: boolean;
}

function useHeadForm(): HeadForm {
  const { t } = useTranslation('flows');
  const { tell } = useToasts();
  const { flow, texts, saving, content } = useEditorWork();
  const stands = readHead(flow, texts);
  const [changed, setChanged] = useState<{ head: FlowHead; opened: FlowHead; expects: ReadonlyMap<string, number> } | null>(null);
  const revisionsNow = (): ReadonlyMap<string, number> =>
    new Map(
      headEdits(flow.id, texts.language, null, stands).map(({ address }) => [
        address,
        address.startsWith('flows/') ? content.revisionAt(address) : texts.revisionAt(address),
      ]),
    );
  const putBack = (): void => setChanged(null);
  return {
    head: changed?.head ?? stands,
    isChanged: changed !== null,
    putBack,
    set: (change) =>
      setChanged((before) => ({
        head: { ...(before?.head ?? stands), ...change },
        opened: before?.opened ?? stands,
        expects: before?.expects ?? revisionsNow(),
      })),
    save() {
      if (changed === null) return;
      void saving.save(headEdits(flow.id, texts.language, changed.opened, changed.head), {
        expects: changed.expects,
        onGivenUp() {
          putBack();
          tell(t('form.put_back_done'), () => setChanged(changed));
        },
        onSaved() {
          putBack();
          tell(t('head.saved'));
        },
      });
    },
  };
}

interface HeadFieldsProps {
  head: FlowHead;
  set: (change: Partial<FlowHead>) => void;
  isReadOnly: boolean;
}

function HeadFields({ head, set, isReadOnly }: HeadFieldsProps): ReactNode {
  const { t } = useTranslation('flows');
  const { content, flow } = useEditor();
  const flows = [...content.flows.keys()].filter((id) => id !== flow.id).map((value) => ({ value, label: value }));
  return (
    <>
      <Select
        label={t('head.topic')}
        hint={t('head.topic_hint')}
        value={head.topic}
        isDisabled={isReadOnly}
        options={withValue([{ value: '', label: t('head.no_topic') }, ...topicOptions(content.hotline)], head.topic)}
        onChange={(topic) => set({ topic })}
      />
      <Checkbox
        label={t('head.private')}
        explained={t('head.private_help')}
        isSelected={head.isPrivate}
        isDisabled={isReadOnly}
        onChange={(isPrivate) => set({ isPrivate })}
      />
      <Select
        label={t('head.menu')}
        hint={t('head.menu_hint')}
        value={head.menu}
        isDisabled={isReadOnly}
        options={withValue([{ value: '', label: t('head.no_menu') }, ...flows], head.menu)}
        onChange={(menu) => set({ menu })}
      />
      <Checkbox
        label={t('head.keywords')}
        explained={t('head.keywords_help')}
        isSelected={head.keywords}
        isDisabled={isReadOnly}
        onChange={(keywords) => set({ keywords })}
      />
      {head.keywords && <Keywords words={head.words} isReadOnly={isReadOnly} onChange={(words) => set({ words })} />}
      <Choices
        label={t('head.objectives')}
        hint={t('head.objectives_hint')}
        beside
        value={head.objectives.map(String)}
        options={OBJECTIVES.map((value) => ({ value, label: value, isDisabled: isReadOnly }))}
        onChange={(chosen) => set({ objectives: chosen.map(Number).sort((one, other) => one - other) })}
      />
    </>
  );
}

function Keywords({ words, isReadOnly, onChange }: { words: string; isReadOnly: boolean; onChange: (words: string) => void }): ReactNode {
  const { t } = useTranslation('flows');
  const format = useFormat();
  const { content, flow, source, sourceLanguage } = useEditor();
  const others = content.hotline.languages.filter(({ tag }) => tag !== sourceLanguage.tag);
  return (
    <div className="stack tight">
      <TextField
        label={t('head.words', { language: format.language(sourceLanguage.tag) })}
        hint={t('head.words_hint')}
        rows={4}
        value={words}
        isDisabled={isReadOnly}
        onChange={onChange}
      />
      {others.length > 0 && (
        <p className="small translations">
          {t('text.translations')}{' '}
          {others.map(({ tag }) => (
            <Link key={tag} href={linkTo(addressOfText(fullKey(flow.id, KEYWORDS), tag), source)}>
              {format.language(tag)}
            </Link>
          ))}
        </p>
      )}
    </div>
  );
}
