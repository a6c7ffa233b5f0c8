// Chooses steps of another flow to copy, with their texts in all languages. Used where steps are added.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Choices } from '../../ui/choice.tsx';
import { Select } from '../../ui/field.tsx';
import { Skeleton } from '../../ui/pieces.tsx';
import type { EditedFlow } from './edited-flow.ts';
import { useEditor } from './editor.ts';
import { useStepWords } from './step-words.ts';
import { useLoadedTexts } from './use-loaded-texts.ts';

export interface CopyFromFlowProps {
  flows: readonly EditedFlow[];
  isPending: boolean;
  onCopy: (from: EditedFlow, steps: readonly string[]) => void;
}

export function CopyFromFlow({ flows, isPending, onCopy }: CopyFromFlowProps): ReactNode {
  const { t } = useTranslation('flows');
  const [id, setId] = useState('');
  const [steps, setSteps] = useState<readonly string[]>([]);
  const from = flows.find((flow) => flow.id === id);
  return (
    <div className="stack">
      <Select
        label={t('copy.from')}
        value={id}
        options={[{ value: '', label: t('field_choose') }, ...flows.map((flow) => ({ value: flow.id, label: flow.id }))]}
        onChange={(next) => {
          setId(next);
          setSteps([]);
        }}
      />
      {from && <StepsOf flow={from} chosen={steps} onChoose={setSteps} />}
      <p className="quiet small">{t('copy.help')}</p>
      <div className="row">
        <Button
          tone="primary"
          icon="copy"
          isPending={isPending}
          isDisabled={steps.length === 0}
          onPress={() => from && onCopy(from, steps)}
        >
          {t('copy.submit', { count: steps.length })}
        </Button>
      </div>
    </div>
  );
}

interface StepsOfProps {
  flow: EditedFlow;
  chosen: readonly string[];
  onChoose: (steps: string[]) => void;
}

function StepsOf({ flow, chosen, onChoose }: StepsOfProps): ReactNode {
  const { t } = useTranslation('flows');
  const { source, content, shown } = useEditor();
  const texts = useLoadedTexts(source, shown.language, [flow.id, 'system', 'answers']);
  const words = useStepWords(content, flow, texts);
  if (texts.isPending) return <Skeleton lines={4} />;
  return (
    <Choices
      label={t('copy.steps')}
      value={chosen}
      options={flow.steps.map(({ id }) => ({ value: id, label: words.option(id) }))}
      onChange={onChoose}
    />
  );
}
