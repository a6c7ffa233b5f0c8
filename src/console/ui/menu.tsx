// A menu behind a button. Items act, or lead to a page of the console. Used by lists and headers.
import type { ReactNode } from 'react';
import { Menu as AriaMenu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { IconButton } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';
import './overlay.css';

export interface MenuEntry {
  id: string;
  label: string;
  icon?: IconName;
  tone?: 'danger';
  isDisabled?: boolean;
  run: () => void;
}

export interface MenuProps {
  /** Of the button, and of the menu. */
  label: string;
  icon?: IconName;
  entries: readonly MenuEntry[];
}

export function Menu({ label, icon = 'more', entries }: MenuProps): ReactNode {
  return (
    <MenuTrigger>
      <IconButton icon={icon} label={label} />
      <Popover className="menu-popover" placement="bottom end">
        <AriaMenu className="menu" aria-label={label}>
          {entries.map((entry) => (
            <MenuItem
              key={entry.id}
              id={entry.id}
              className={`menu-item ${entry.tone ?? ''}`}
              isDisabled={entry.isDisabled ?? false}
              textValue={entry.label}
              onAction={entry.run}
            >
              {entry.icon && <Icon name={entry.icon} />}
              {entry.label}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
