// Chooses a ready piece of a flow and what it needs. Its words are written in the source language of the hotline, where the console knows it.
// Used where a flow is added, and where steps are.
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components/Form';
import { useTranslation } from 'react-i18next';
import { isConsoleLanguage } from '../../i18n.ts';
import { Button } from '../../ui/button.tsx';
import { OneOf } from '../../ui/choice.tsx';
import { Select } from '../../ui/field.tsx';
import { topicOptions } from '../settings/code-options.ts';
import type { Hotline } from '../settings/use-hotline.ts';
import type { EditedFlow } from './edited-flow.ts';
import { HELPED_FLOW, makeTemplate, TEMPLATES, type Template, type TemplateName, type TemplateWords } from './templates.ts';

export interface TemplateFormProps {
  hotline: Hotline;
  flows: ReadonlyMap<string, EditedFlow>;
  /** In which the words are written. */
  language: string;
  submit: string;
  isPending: boolean;
  onMake: (template: Template) => void;
}

export function TemplateForm({ hotline, flows, language, submit, isPending, onMake }: TemplateFormProps): ReactNode {
  const { t } = useTranslation('flows');
  const [name, setName] = useState<TemplateName>('question');
  const [topic, setTopic] = useState('');
  const words = useTemplateWords(language);
  const isReady = words !== null && (name !== 'place' || topic !== '');
  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) onMake(makeTemplate(name, { words, language, topic, hasHelpedFlow: flows.has(HELPED_FLOW) }));
      }}
    >
      <OneOf
        label={t('template.which')}
        value={name}
        options={TEMPLATES.map((value) => ({ value, label: t(`template.${value}`), explained: t(`template.${value}_help`) }))}
        onChange={setName}
      />
      {name === 'place' && (
        <Select
          label={t('template.topic')}
          hint={t('template.topic_hint')}
          value={topic}
          options={[{ value: '', label: t('field_choose') }, ...topicOptions(hotline)]}
          onChange={setTopic}
        />
      )}
      <p className="quiet small">{t('template.examples')}</p>
      <div className="row">
        <Button type="submit" tone="primary" isPending={isPending} isDisabled={!isReady}>
          {submit}
        </Button>
      </div>
    </Form>
  );
}

/** The words of templates in a language; in English where the console does not speak it. Null until they are loaded. */
function useTemplateWords(language: string): TemplateWords | null {
  const { i18n } = useTranslation('flows');
  const tag = isConsoleLanguage(language) ? language : 'en';
  const { data } = useQuery({
    queryKey: ['template words', tag],
    queryFn: async (): Promise<TemplateWords> => {
      await i18n.loadLanguages(tag);
      await i18n.loadNamespaces('flows');
      const wordsT = i18n.getFixedT(tag, 'flows');
      return {
        question: wordsT('template_words.question'),
        choice_one: wordsT('template_words.choice_one'),
        choice_two: wordsT('template_words.choice_two'),
        answer_one: wordsT('template_words.answer_one'),
        answer_two: wordsT('template_words.answer_two'),
        place: wordsT('template_words.place'),
        person: wordsT('template_words.person'),
        person_after: wordsT('template_words.person_after'),
        words: wordsT('template_words.words'),
      };
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data ?? null;
}
