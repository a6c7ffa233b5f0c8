// Things to tick: one box, several boxes under a heading, one of several, and a switch that acts at once. Used by forms and settings.
import type { ReactNode } from 'react';
import { Checkbox as AriaCheckbox } from 'react-aria-components/Checkbox';
import { CheckboxGroup } from 'react-aria-components/CheckboxGroup';
import { Label } from 'react-aria-components/Label';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import { Switch as AriaSwitch } from 'react-aria-components/Switch';
import { Text } from 'react-aria-components/Text';
import './field.css';
import { Icon } from './icon.tsx';

export interface Choice<T extends string> {
  value: T;
  label: string;
  /** What it means, in plain words. */
  explained?: string | undefined;
  isDisabled?: boolean;
}

interface GroupProps<T extends string> {
  label: string;
  options: readonly Choice<T>[];
  hint?: string;
  wrong?: string | null;
}

/** Several of some; `beside` for short words, which need no line of their own. */
export function Choices<T extends string>({
  label,
  options,
  hint,
  wrong,
  beside = false,
  value,
  onChange,
}: GroupProps<T> & { beside?: boolean; value: readonly T[]; onChange: (value: T[]) => void }): ReactNode {
  return (
    <CheckboxGroup className={beside ? 'choices beside' : 'choices'} value={[...value]} onChange={(chosen) => onChange(chosen as T[])}>
      <Label className="label">{label}</Label>
      {hint !== undefined && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      {options.map((option) => (
        <AriaCheckbox key={option.value} value={option.value} className="choice" isDisabled={option.isDisabled ?? false}>
          <span className="box">
            <Icon name="check" size={18} />
          </span>
          <span>{option.label}</span>
          {option.explained !== undefined && <span className="explained">{option.explained}</span>}
        </AriaCheckbox>
      ))}
      {wrong != null && <span className="wrong">{wrong}</span>}
    </CheckboxGroup>
  );
}

export function OneOf<T extends string>({
  label,
  options,
  hint,
  value,
  onChange,
}: GroupProps<T> & { value: T | null; onChange: (value: T) => void }): ReactNode {
  return (
    <RadioGroup className="choices" value={value} onChange={(chosen) => onChange(chosen as T)}>
      <Label className="label">{label}</Label>
      {hint !== undefined && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      {options.map((option) => (
        <Radio key={option.value} value={option.value} className="choice" isDisabled={option.isDisabled ?? false}>
          <span className="box round">
            <Icon name="check" size={16} />
          </span>
          <span>{option.label}</span>
          {option.explained !== undefined && <span className="explained">{option.explained}</span>}
        </Radio>
      ))}
    </RadioGroup>
  );
}

interface TickProps {
  label: string;
  explained?: string;
  isSelected: boolean;
  isDisabled?: boolean;
  onChange: (selected: boolean) => void;
}

export function Checkbox({ label, explained, isDisabled = false, ...props }: TickProps): ReactNode {
  return (
    <AriaCheckbox {...props} isDisabled={isDisabled} className="choice">
      <span className="box">
        <Icon name="check" size={18} />
      </span>
      <span>{label}</span>
      {explained !== undefined && <span className="explained">{explained}</span>}
    </AriaCheckbox>
  );
}

/** Acts at once, without a button to save. */
export function Switch({ label, explained, isDisabled = false, ...props }: TickProps): ReactNode {
  return (
    <AriaSwitch {...props} isDisabled={isDisabled} className="choice switch">
      <span className="rail">
        <span />
      </span>
      <span>{label}</span>
      {explained !== undefined && <span className="explained">{explained}</span>}
    </AriaSwitch>
  );
}
