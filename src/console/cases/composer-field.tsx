// The field of the composer: it grows with its text, takes either direction, and completes canned replies after `/` and colleagues
// after `@`. The list is worked with arrows and Enter and read out as one goes. Rendered by composer.tsx.
import { useId, useImperativeHandle, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { begunAt, complete, matching, type Begun } from './completing.ts';

export interface ComposerHandle {
  /** Puts the caret into the field; `begin` is written there first where it is empty. */
  focus(begin?: string): void;
}

interface Canned {
  shortcut: string;
  text: string;
  reviewed: boolean;
}
interface Offer {
  key: string;
  name: string;
  explained: string;
  whole: string;
  reviewed: boolean;
}

interface ComposerFieldProps {
  ref: Ref<ComposerHandle>;
  label: string;
  hint: string;
  value: string;
  onChange: (value: string) => void;
  canned: readonly Canned[];
  colleagues: readonly { id: string; alias: string }[];
  /** A reply was put in that nobody has reviewed. */
  onUnreviewed: () => void;
  onEnter: () => void;
  onLeave: () => void;
}

const MOST_CHARACTERS = 4000;

export function ComposerField({ ref, label, hint, value, onChange, canned, colleagues, ...props }: ComposerFieldProps): ReactNode {
  const { t } = useTranslation('cases');
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState(0);
  const [at, setAt] = useState(0);
  const [shut, setShut] = useState<string | null>(null);
  const begun = begunAt(value, caret);
  const offers = begun === null || shut === value ? [] : offersFor(begun, canned, colleagues);
  const active = Math.min(at, offers.length - 1);
  useGrowing(area, value);
  useImperativeHandle(ref, () => ({
    focus(begin) {
      const field = area.current;
      if (!field) return;
      field.focus();
      if (begin !== undefined && field.value === '') {
        onChange(begin);
        setCaret(begin.length);
      }
    },
  }));
  const take = (offer: Offer): void => {
    if (begun === null) return;
    const done = complete(value, caret, begun, offer.whole);
    onChange(done.text);
    setCaret(done.caret);
    if (!offer.reviewed) props.onUnreviewed();
    requestAnimationFrame(() => area.current?.setSelectionRange(done.caret, done.caret));
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      if (offers.length > 0) setShut(value);
      else area.current?.blur();
      return;
    }
    if (offers.length === 0 || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return;
    const offer = offers[active];
    if (event.key === 'ArrowDown') setAt((active + 1) % offers.length);
    else if (event.key === 'ArrowUp') setAt((active + offers.length - 1) % offers.length);
    else if ((event.key === 'Enter' || event.key === 'Tab') && offer) take(offer);
    else return;
    event.preventDefault();
  };
  return (
    <div className="composer-field">
      {offers.length > 0 && (
        <ul
          className="offers"
          role="listbox"
          id={`${id}-offers`}
          aria-label={t(begun?.sign === '@' ? 'offers.colleagues' : 'offers.canned')}
        >
          {offers.map((offer, index) => (
            <li
              key={offer.key}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === active}
              // The focus stays in the field.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(offer)}
            >
              <strong className="code">{offer.name}</strong> <span dir="auto">{offer.explained}</span>
            </li>
          ))}
        </ul>
      )}
      <textarea
        ref={area}
        className="input"
        rows={2}
        // Without a text of its own it follows the page, and so do the words that explain it.
        {...(value === '' ? {} : { dir: 'auto' })}
        maxLength={MOST_CHARACTERS}
        aria-label={label}
        aria-autocomplete="list"
        {...(offers.length > 0 ? { 'aria-controls': `${id}-offers`, 'aria-activedescendant': `${id}-${active}` } : {})}
        placeholder={hint}
        value={value}
        onChange={(event) => {
          setCaret(event.target.selectionStart);
          setAt(0);
          onChange(event.target.value);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={press}
        onFocus={props.onEnter}
        onBlur={props.onLeave}
      />
    </div>
  );
}

function offersFor({ sign, word }: Begun, canned: readonly Canned[], colleagues: readonly { id: string; alias: string }[]): Offer[] {
  if (sign === '@')
    return matching(colleagues, word, ({ alias }) => alias).map(({ id, alias }) => ({
      key: id,
      name: `@${alias}`,
      explained: '',
      whole: `@${alias}`,
      reviewed: true,
    }));
  return matching(canned, word, ({ shortcut }) => shortcut.replace(/^\//, '')).map(({ shortcut, text, reviewed }) => ({
    key: shortcut,
    name: `/${shortcut.replace(/^\//, '')}`,
    explained: text,
    whole: text,
    reviewed,
  }));
}

/** As high as its text, up to what the style sheet allows. */
function useGrowing(area: { current: HTMLTextAreaElement | null }, value: string): void {
  useLayoutEffect(() => {
    const field = area.current;
    if (!field) return;
    field.style.blockSize = 'auto';
    field.style.blockSize = `${field.scrollHeight + 2}px`;
  }, [area, value]);
}
