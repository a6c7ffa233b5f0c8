// A dialog over the page, in the middle or from the side. Escape and a press beside it close it, unless it must be answered. Used by pages.
import type { ReactNode } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useTranslation } from 'react-i18next';
import { IconButton } from './button.tsx';
import './overlay.css';

export interface DialogProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  size?: 'normal' | 'wide' | 'side';
  /** Stays until it is answered. */
  mustAnswer?: boolean;
}

export function Dialog({ title, isOpen, onClose, children, size = 'normal', mustAnswer = false }: DialogProps): ReactNode {
  const { t } = useTranslation();
  const place = size === 'side' ? 'drawer' : size;
  return (
    <ModalOverlay
      className={`overlay ${place}`}
      isOpen={isOpen}
      isDismissable={!mustAnswer}
      isKeyboardDismissDisabled={mustAnswer}
      onOpenChange={(open) => (open ? undefined : onClose())}
    >
      <Modal className={`modal ${place}`}>
        <AriaDialog className="dialog">
          <header>
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            {!mustAnswer && <IconButton icon="close" label={t('ui.close')} onPress={onClose} />}
          </header>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
