// Keyboard shortcuts: pages register theirs while they show, the help sheet on `?` lists what works just now.
// `useShortcut({ keys: 'r', label: t('reply'), group: t('conversation'), run })`. Letters do nothing while somebody types.
import { createContext, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';

export interface Shortcut {
  /** One key (`r`, `?`, `Escape`), with `mod+` for Ctrl or Command, or two after each other (`g c`). */
  keys: string;
  /** What it does, in the reader's language. */
  label: string;
  /** Heading under which the help sheet lists it. */
  group: string;
  run: () => void;
  /** Also while a field has the focus; usual for `mod+…`. */
  whileTyping?: boolean;
}

interface Registry {
  add(id: symbol, shortcut: () => Shortcut): void;
  remove(id: symbol): void;
  list(): Shortcut[];
}

const ShortcutContext = createContext<Registry | null>(null);
const SEQUENCE_MS = 1200;

export function ShortcutProvider({ children }: { children: ReactNode }): ReactNode {
  const [registry] = useState(createRegistry);
  const prefix = useRef({ key: '', at: 0 });
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || event.altKey) return;
      const key = nameOf(event);
      const before = event.timeStamp - prefix.current.at < SEQUENCE_MS ? prefix.current.key : '';
      const typing = isTyping(event.target);
      const open = registry.list().filter(({ whileTyping }) => !typing || whileTyping === true);
      const found = open.findLast(({ keys }) => keys === `${before} ${key}`) ?? open.findLast(({ keys }) => keys === key);
      prefix.current = { key: found === undefined && !typing ? key : '', at: event.timeStamp };
      // Behind a dialog nothing answers but what the dialog itself registered last.
      if (found === undefined || (isBehindDialog(event.target) && found.whileTyping !== true)) return;
      event.preventDefault();
      found.run();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [registry]);
  return <ShortcutContext value={registry}>{children}</ShortcutContext>;
}

/** Works while the component shows. `null` where it does not apply now. */
export function useShortcut(shortcut: Shortcut | null): void {
  const registry = useContext(ShortcutContext);
  const latest = useRef(shortcut);
  latest.current = shortcut;
  const present = shortcut !== null;
  const id = useMemo(() => Symbol('shortcut'), []);
  useEffect(() => {
    if (!present || registry === null) return undefined;
    registry.add(id, () => latest.current as Shortcut);
    return () => registry.remove(id);
  }, [registry, id, present]);
}

/** What works just now, for the help sheet. */
export function useShortcutList(): () => Shortcut[] {
  const registry = useContext(ShortcutContext);
  return () => registry?.list() ?? [];
}

function createRegistry(): Registry {
  const shortcuts = new Map<symbol, () => Shortcut>();
  return {
    add: (id, shortcut) => void shortcuts.set(id, shortcut),
    remove: (id) => void shortcuts.delete(id),
    list: () => [...shortcuts.values()].map((shortcut) => shortcut()).filter(Boolean),
  };
}

function nameOf(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return event.ctrlKey || event.metaKey ? `mod+${key}` : key;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio]), textarea, select'))
  );
}

function isBehindDialog(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role=dialog], [role=menu], [role=listbox]') !== null;
}
