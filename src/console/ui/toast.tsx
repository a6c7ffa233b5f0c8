// Short words about what was just done, with a way to undo it. Used by pages through `useToasts()`.
// They are read aloud, stay while somebody points at them or is in them, and never take the focus.
import { createContext, useCallback, useContext, useMemo, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from './button.tsx';
import './overlay.css';

interface Toast {
  id: number;
  text: string;
  undo: (() => void) | undefined;
}

export interface Toasts {
  /** Says it for some seconds. `undo` puts a button beside it. */
  tell(text: string, undo?: () => void): void;
}

const ToastContext = createContext<Toasts>({ tell: () => undefined });
const SHOWN_MS = 6000;
const SHOWN_WITH_UNDO_MS = 12_000;

export function ToastProvider({ children }: { children: ReactNode }): ReactNode {
  const { t } = useTranslation();
  const [toasts, setToasts] = useState<Toast[]>([]);
  const last = useRef(0);
  const timers = useRef(new Map<number, ReturnType<typeof setTimeout>>());
  const drop = useCallback((id: number) => {
    clearTimeout(timers.current.get(id));
    timers.current.delete(id);
    setToasts((current) => current.filter((toast) => toast.id !== id));
  }, []);
  const schedule = useCallback(
    (toast: Toast) => {
      clearTimeout(timers.current.get(toast.id));
      const ms = toast.undo === undefined ? SHOWN_MS : SHOWN_WITH_UNDO_MS;
      timers.current.set(
        toast.id,
        setTimeout(() => drop(toast.id), ms),
      );
    },
    [drop],
  );
  const api = useMemo<Toasts>(
    () => ({
      tell(text, undo) {
        const toast = { id: ++last.current, text, undo };
        setToasts((current) => [...current.slice(-2), toast]);
        schedule(toast);
      },
    }),
    [schedule],
  );
  const hold = (toast: Toast): void => clearTimeout(timers.current.get(toast.id));
  return (
    <ToastContext value={api}>
      {children}
      <div className="toasts" role="status" aria-live="polite">
        {toasts.map((toast) => (
          <div
            key={toast.id}
            className="toast"
            onPointerEnter={() => hold(toast)}
            onPointerLeave={() => schedule(toast)}
            onFocus={() => hold(toast)}
            onBlur={() => schedule(toast)}
          >
            <span>{toast.text}</span>
            {toast.undo && (
              <Button
                tone="plain"
                icon="undo"
                onPress={() => {
                  toast.undo?.();
                  drop(toast.id);
                }}
              >
                {t('ui.undo')}
              </Button>
            )}
            <IconButton icon="close" label={t('ui.close')} onPress={() => drop(toast.id)} />
          </div>
        ))}
      </div>
    </ToastContext>
  );
}

export function useToasts(): Toasts {
  return useContext(ToastContext);
}
