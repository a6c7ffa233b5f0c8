// Buttons with words, buttons with a picture (whose words show on hover and focus), and links that look like buttons. Used everywhere.
import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import { Tooltip, TooltipTrigger } from 'react-aria-components/Tooltip';
import './button.css';
import { Icon, type IconName } from './icon.tsx';

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  children: ReactNode;
  /** `primary`: the main thing to do here, once a view. `plain`: no border. `danger`: takes something away. */
  tone?: 'normal' | 'primary' | 'plain' | 'danger';
  icon?: IconName;
}

export function Button({ tone = 'normal', icon, children, ...props }: ButtonProps): ReactNode {
  return (
    <AriaButton {...props} className={`button ${tone}`}>
      {({ isPending }) => (
        <>
          {isPending ? <span className="turning" aria-hidden="true" /> : icon && <Icon name={icon} />}
          {children}
        </>
      )}
    </AriaButton>
  );
}

export interface IconButtonProps extends Omit<ButtonProps, 'children' | 'icon'> {
  icon: IconName;
  /** What it does, in words. */
  label: string;
}

export function IconButton({ icon, label, tone = 'plain', ...props }: IconButtonProps): ReactNode {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      <AriaButton {...props} aria-label={label} className={`button only-icon ${tone}`}>
        <Icon name={icon} />
      </AriaButton>
      <Tooltip className="tip" offset={6}>
        {label}
      </Tooltip>
    </TooltipTrigger>
  );
}
