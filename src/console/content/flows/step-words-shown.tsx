// What a step is about, in its own language and direction. Used by the outline, the drawn flow and lists of steps.
import type { ReactNode } from 'react';
import { tagDirection } from '../tag-direction.ts';
import type { EditedStep } from './edited-flow.ts';
import { useEditor } from './editor.ts';

export function StepWordsShown({ step }: { step: Pick<EditedStep, 'id' | 'raw' | 'kind'> }): ReactNode {
  const { words } = useEditor();
  const { text, language } = words.about(step);
  if (text === '') return null;
  return language === null ? (
    <span className="step-words">
      <bdi>{text}</bdi>
    </span>
  ) : (
    <span className="step-words" lang={language} dir={tagDirection(language)}>
      {text}
    </span>
  );
}
