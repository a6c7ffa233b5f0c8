// One text of the hotline in one language: edited in its own direction, its values (`{{name}}`) kept whole, what it costs as a message below.
// Used by every editor of texts. What was typed stays until it is saved; who saves, and where, is the page's.
import { useId, useState, type ReactNode } from 'react';
import { TextFoot } from './text-foot.tsx';
import { TextShown } from './text-shown.tsx';
import { TextValues } from './text-values.tsx';
import { useAfterAWhile } from './use-after-a-while.ts';
import { useEditedText } from './use-edited-text.ts';
import { partsWithValues } from './whole-values.ts';
import './text-field.css';

export interface TextFieldProps {
  label: string;
  /** The label is heard, not seen: in grids, where the column says it. */
  quietLabel?: boolean;
  /** As it is saved. */
  value: string;
  /** The text in the source language: its values are expected here as well. */
  source?: string | undefined;
  language: string;
  rtl: boolean;
  /** Shows how many text messages it takes. */
  channelMeter?: boolean;
  isReadOnly?: boolean;
  /** Called when somebody leaves the field, or presses Ctrl and Enter, with what differs from `value`. */
  onCommit: (value: string) => void;
  /** What belongs to the field: going there from the field does not save it yet. */
  beside?: ReactNode;
}

export function TextField({ isReadOnly = false, ...props }: TextFieldProps): ReactNode {
  return isReadOnly ? <ReadOnlyField {...props} /> : <EditedField {...props} />;
}

function ReadOnlyField({ label, quietLabel, value, language, rtl, beside }: TextFieldProps): ReactNode {
  return (
    <div className="text-field" role="group" aria-label={label}>
      {!quietLabel && <span className="label">{label}</span>}
      <TextShown text={value} language={language} rtl={rtl} />
      {beside}
    </div>
  );
}

function EditedField(props: TextFieldProps): ReactNode {
  const { label, quietLabel = false, source, language, rtl, channelMeter = false, beside } = props;
  const id = useId();
  const { area, text, change, insert, commit, putBack, wrapper } = useEditedText(props.value, props.onCommit);
  const [isTyping, setTyping] = useState(false);
  const isUnsaved = useAfterAWhile(text !== props.value && !isTyping);
  return (
    <div className={quietLabel ? 'text-field in-grid' : 'text-field'} {...wrapper}>
      <label htmlFor={id} className={quietLabel ? 'only-heard' : 'label'}>
        {label}
      </label>
      <div className="text-edit">
        <div className="mirror" aria-hidden="true" lang={language} dir={rtl ? 'rtl' : 'ltr'}>
          {partsWithValues(text).map((part, index) => (part.isValue ? <mark key={index}>{part.text}</mark> : part.text))}
          {'\u200b'}
        </div>
        <textarea
          id={id}
          ref={area}
          className="input"
          rows={1}
          lang={language}
          dir={rtl ? 'rtl' : 'ltr'}
          spellCheck
          value={text}
          aria-describedby={`${id}-values`}
          onFocus={() => setTyping(true)}
          onBlur={() => setTyping(false)}
          onChange={(event) => change(event.target.value, event.target.selectionStart)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) commit(true);
          }}
        />
      </div>
      <TextValues id={`${id}-values`} text={text} source={source} onInsert={insert} />
      <TextFoot meter={channelMeter ? text : null} isUnsaved={isUnsaved} onSave={() => commit(true)} onPutBack={putBack} />
      {beside}
    </div>
  );
}
