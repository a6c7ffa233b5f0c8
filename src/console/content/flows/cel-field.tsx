// A condition or a computed value: a line of code with what may come next offered below it. Arrows choose, Enter or Tab takes, Escape shuts
// the list. Used by the form of a step. What is wrong with it is told by the field around.
import { useId, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { completeCel, type CelCompletion, type CelSuggestion } from './cel-completion.ts';
import { useEditor } from './editor.ts';
import { fullKey } from './step-texts.ts';
import { useStepForm } from './step-form-context.ts';

export interface CelFieldProps {
  label: string;
  quietLabel?: boolean;
  hint?: string | undefined;
  value: string;
  isReadOnly: boolean;
  isWrong: boolean;
  onChange: (source: string) => void;
}

export function CelField({ label, quietLabel = false, hint, value, isReadOnly, isWrong, onChange }: CelFieldProps): ReactNode {
  const { t } = useTranslation('flows');
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const list = useOffers(value, onChange, input);
  const { offers, active } = list;
  return (
    <div className="field cel-field">
      <label htmlFor={id} className={quietLabel ? 'only-heard' : undefined}>
        {label}
      </label>
      <input
        id={id}
        ref={input}
        className="input code"
        dir="ltr"
        role="combobox"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        aria-autocomplete="list"
        aria-expanded={offers.length > 0}
        aria-controls={`${id}-offers`}
        aria-activedescendant={offers.length > 0 ? `${id}-${active}` : undefined}
        aria-invalid={isWrong || undefined}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        disabled={isReadOnly}
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
          list.look(event.target.selectionStart);
        }}
        onFocus={(event) => list.look(event.target.selectionStart)}
        onSelect={(event) => list.look(event.currentTarget.selectionStart)}
        onBlur={() => list.shut()}
        onKeyDown={list.press}
      />
      <ul className="cel-offers" role="listbox" id={`${id}-offers`} aria-label={t('cel.offers')} hidden={offers.length === 0}>
        {offers.map((offer, index) => (
          <Offer key={offer.insert} id={`${id}-${index}`} offer={offer} isActive={index === active} onTake={() => list.take(offer)} />
        ))}
      </ul>
      {hint !== undefined && (
        <span id={`${id}-hint`} className="hint">
          {hint}
        </span>
      )}
    </div>
  );
}

function Offer({ id, offer, isActive, onTake }: { id: string; offer: CelSuggestion; isActive: boolean; onTake: () => void }): ReactNode {
  const words = useOfferWords();
  const { text, language } = words(offer);
  return (
    <li
      id={id}
      role="option"
      aria-selected={isActive}
      // The focus stays in the field.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onTake}
    >
      <code>{offer.insert}</code>
      {text !== '' && (
        <span className="small" dir="auto" {...(language === null ? {} : { lang: language })}>
          {text}
        </span>
      )}
    </li>
  );
}

interface Offers {
  offers: readonly CelSuggestion[];
  active: number;
  look(caret: number | null): void;
  take(offer: CelSuggestion): void;
  shut(): void;
  press(event: KeyboardEvent): void;
}

function useOffers(value: string, onChange: (source: string) => void, input: RefObject<HTMLInputElement | null>): Offers {
  const { compiled } = useStepForm();
  const [caret, setCaret] = useState<number | null>(null);
  const [at, setAt] = useState(0);
  const completion: CelCompletion | null =
    caret === null ? null : completeCel(value, Math.min(caret, value.length), compiled?.answers ?? new Map());
  const offers = completion?.options ?? [];
  const active = Math.min(at, Math.max(0, offers.length - 1));
  const take = (offer: CelSuggestion): void => {
    if (completion === null) return;
    const place = completion.from + offer.insert.length;
    onChange(value.slice(0, completion.from) + offer.insert + value.slice(completion.to));
    setCaret(place);
    setAt(0);
    requestAnimationFrame(() => input.current?.setSelectionRange(place, place));
  };
  return {
    offers,
    active,
    take,
    look(next) {
      setCaret(next);
      // Walking through the offers moves no caret, though the browser says that something was selected.
      if (next !== caret) setAt(0);
    },
    shut: () => setCaret(null),
    press(event) {
      const offer = offers[active];
      if (offer === undefined || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return;
      if (event.key === 'Escape') setCaret(null);
      else if (event.key === 'ArrowDown') setAt((active + 1) % offers.length);
      else if (event.key === 'ArrowUp') setAt((active + offers.length - 1) % offers.length);
      else if (event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey && value !== '')) take(offer);
      else return;
      event.preventDefault();
    },
  };
}

/** What an offer stands for: the question that an answer belongs to, the label of a choice. */
function useOfferWords(): (offer: CelSuggestion) => { text: string; language: string | null } {
  const { t } = useTranslation('flows');
  const { flow, shown } = useEditor();
  const { compiled } = useStepForm();
  return ({ about }) => {
    if (about.type === 'name') return { text: t(`cel.name.${about.name.replace('.', '_')}`, { defaultValue: '' }), language: null };
    const kind = compiled?.answers.get(about.answer);
    const key = kind?.type === 'choice' ? `${kind.textKey}${about.choice === undefined ? '' : `.${about.choice}`}` : about.answer;
    return { text: shown.get(fullKey(flow.id, key)) ?? '', language: shown.language };
  };
}
