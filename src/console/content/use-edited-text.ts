// A text while somebody edits it: its values stay whole, it is handed over when its field is left, and what was typed is never thrown away.
// Used by text-field.tsx.
import { useEffect, useLayoutEffect, useRef, useState, type FocusEvent, type RefObject } from 'react';
import { keepWhole } from './whole-values.ts';

export interface EditedText {
  area: RefObject<HTMLTextAreaElement | null>;
  text: string;
  change(after: string, caret: number): void;
  insert(value: string): void;
  /** `again`: also what was handed over once already, and did not arrive. */
  commit(again?: boolean): void;
  putBack(): void;
  /** Going from the field to what belongs to it does not save yet. */
  wrapper: { onFocus: () => void; onBlur: (event: FocusEvent<HTMLElement>) => void };
}

/**
 * @param value as it is saved
 * @param onCommit called with what differs from it
 */
export function useEditedText(value: string, onCommit: (value: string) => void): EditedText {
  const [text, setText] = useState(value);
  const isOpen = useRef(false);
  const [saved, setSaved] = useState(value);
  const sent = useRef<string | null>(null);
  if (saved !== value) {
    setSaved(value);
    sent.current = null;
    // What somebody types here is not lost when the saved text changes below it.
    if (text === saved) setText(value);
  }
  const area = useRef<HTMLTextAreaElement>(null);
  const placeCaret = useCaret(area);
  const put = (next: string, place: number): void => {
    setText(next);
    placeCaret(place);
  };
  const commit = (again = false): void => {
    if (text === value) return;
    const next = text.trim();
    setText(next);
    if (next === value || (next === sent.current && !again)) return;
    sent.current = next;
    onCommit(next);
  };
  useCommitOnLeaving(isOpen, commit);
  return {
    area,
    text,
    commit,
    change(after, place) {
      const kept = keepWhole(text, after, place);
      if (kept.text === after) setText(after);
      else put(kept.text, kept.caret);
    },
    insert(name) {
      const start = area.current?.selectionStart ?? text.length;
      const end = area.current?.selectionEnd ?? start;
      put(text.slice(0, start) + name + text.slice(end), start + name.length);
      area.current?.focus();
    },
    putBack: () => setText(value),
    wrapper: {
      onFocus: () => (isOpen.current = true),
      onBlur(event) {
        if (event.currentTarget.contains(event.relatedTarget)) return;
        isOpen.current = false;
        commit();
      },
    },
  };
}

/** Puts the caret where it belongs once the text that it belongs to shows. */
function useCaret(area: RefObject<HTMLTextAreaElement | null>): (place: number) => void {
  const caret = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (caret.current === null) return;
    area.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  });
  return (place) => {
    caret.current = place;
  };
}

/** A page that is left by the browser's way back takes the field away without a word: it is saved all the same. */
function useCommitOnLeaving(isOpen: RefObject<boolean>, commit: () => void): void {
  const latest = useRef(commit);
  latest.current = commit;
  useEffect(
    () => () => {
      if (isOpen.current) latest.current();
    },
    [isOpen],
  );
}
